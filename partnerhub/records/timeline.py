"""The timeline of a record: its events in words, for whoever reads them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from partnerhub.events.models import Event
from partnerhub.events.words import TOLD
from partnerhub.roles import VENDOR
from partnerhub.states import Told
from partnerhub.tenancy.scope import current_tenant


def who_did(event: Event, membership: Any) -> str:
    """Who it was, as this member knows them."""
    if event.actor_id == membership.pk and not event.token_id:
        return _("You")
    if event.actor_side == VENDOR:
        return _("%(name)s, %(organisation)s") % {"name": event.who, "organisation": current_tenant().name}
    return event.who


def entries_of(events: Iterable[Event], membership: Any) -> list[dict[str, Any]]:
    """The entries of a record's timeline, newest first: {tone, icon, title, text, at}."""
    told = [(event, TOLD[event.kind]) for event in events if event.kind in TOLD and TOLD[event.kind].title]
    return [_entry(event, how, membership) for event, how in told]


def _entry(event: Event, told: Told, membership: Any) -> dict[str, Any]:
    said = told.said(event.data) if callable(told.said) else str(event.data.get(told.said, ""))
    text = who_did(event, membership) + (f": {said}" if said else "")
    title = str(told.title) % defaultdict(str, event.data)
    return {"tone": told.tone, "icon": told.icon, "title": title, "text": text, "at": event.occurred_at}
