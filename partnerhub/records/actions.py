"""What a member can do with a record on its page: the steps of its machine that are asked in a dialog."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from partnerhub.actors import Seat
from partnerhub.records.kinds import Records
from partnerhub.records.rows import Row
from partnerhub.records.verdicts import verdicts_of
from partnerhub.states import Verdict
from partnerhub.web.actions import Action, Arranged, arranged


def actions_of(
    records: Records[Any],
    record: Row,
    membership: Seat,
    *,
    likely: Sequence[str] = (),
    first: Sequence[str] = (),
    also: Sequence[Action] = (),
) -> Arranged:
    """The steps from here, after those of `also`; each asks in a dialog. One statement at most.

    The `likely` ones come first, in their order; the main one is the first of `first` that is possible.
    """
    own = [_action(record, verdict) for verdict in open_steps(records, record, membership, likely)]
    return arranged([*also, *own], first=first)


def open_steps(records: Records[Any], record: Row, membership: Seat, likely: Sequence[str] = ()) -> list[Verdict]:
    """The steps that this person can take, or could once somebody mends what is missing; the likely ones first."""
    found = [
        verdict
        for verdict in verdicts_of(records.machine, record, membership)
        if verdict.step.dialog and not verdict.step.in_place and not any(reason.final for reason in verdict.missing)
    ]
    place = {name: number for number, name in enumerate(likely)}
    return sorted(found, key=lambda verdict: place.get(verdict.step.name, len(place)))


def is_danger(verdict: Verdict) -> bool:
    return bool(verdict.step.dialog and verdict.step.dialog.danger)


def step_url(record: Row, name: str, **more: str) -> str:
    """Where this step asks, with the version of the record that is on the page; `next` is where it goes on."""
    return f"{getattr(record.urls, name)}?{urlencode({'seen': record.version, **more})}"


def _action(record: Row, verdict: Verdict) -> Action:
    name = verdict.step.name
    return Action(name, verdict.step.label, step_url(record, name), reasons=verdict.reasons, danger=is_danger(verdict))
