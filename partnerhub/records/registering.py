"""A kind of record is made known to the rooms below, in one call: who reads it, its words, icon, steps and states."""

from typing import Any

from partnerhub.events.readers import register_readers
from partnerhub.events.watched import watch
from partnerhub.events.words import AMOUNTS, register_events, register_fields, register_steps
from partnerhub.records.kept import Kept
from partnerhub.records.kinds import Records
from partnerhub.web.enums import register_enums
from partnerhub.web.icons import register_icons
from partnerhub.web.money import money_columns


def register_kept(kept: Kept[Any]) -> None:
    """Let the rooms below know of a kind of record: who reads what of it, its words, its icon. Called once when its app
    is ready.
    """
    register_readers(kept.name, permission=kept.permission, is_visible=kept.is_visible)
    if type(kept).seen_by is not Kept.seen_by:
        watch(kept.model, kept.seen_by)
    AMOUNTS.update({(kept.name, minor): currency for minor, currency in money_columns(kept.model).items()})
    if kept.called:
        register_events({}, groups={kept.group: kept.many}, subjects={kept.name: kept.called})
        register_icons({kept.name: kept.icon})


def register_records(records: Records[Any]) -> None:
    """The same of a kind of record with a machine: of its steps, its states and what its columns are called, too."""
    register_steps(records.machine)
    register_kept(records)
    states = records.machine.states
    if records.called and states:
        register_fields(records.name, records.labels, {"status": dict(states.choices)})
        register_enums({f"{records.model.__name__}Status": states})
