"""The timeline of a record: its events in words, for whoever reads them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.events.models import Event, for_words
from partnerhub.events.words import KINDS, TOLD
from partnerhub.roles import VENDOR
from partnerhub.states import Told
from partnerhub.tenancy.scope import current_tenant


def who_did(event: Event, membership: Seat) -> str:
    """Who it was, as this member knows them."""
    if event.actor_id == membership.pk and not event.token_id:
        return for_words(_("You"), event.data)
    if event.actor_side == VENDOR:
        return _("%(name)s, %(organisation)s") % {"name": event.who, "organisation": current_tenant().name}
    return event.who


def entries_of(events: Iterable[Event], membership: Seat, *, every: bool = False) -> list[dict[str, Any]]:
    """The entries of a record's timeline, newest first: {tone, icon, title, text, at}.

    Of `every` event, those too that are no step's and have words for the audit log only.
    """
    told = [(event, _told(event.kind, every=every)) for event in events]
    return [_entry(event, how, membership) for event, how in told if how and how.title]


def _told(kind: str, *, every: bool) -> Told | None:
    """How a kind of event is told in a timeline; None: not at all."""
    if kind in TOLD or not every:
        return TOLD.get(kind)
    words = KINDS.get(kind, kind)
    return Told(kind, words, words, icon="history", said="label")


def _entry(event: Event, told: Told, membership: Seat) -> dict[str, Any]:
    data = {**event.after, **event.data}
    said = told.said(data) if callable(told.said) else str(data.get(told.said) or "")
    text = who_did(event, membership) + (f": {said}" if said else "")
    title = str(told.title) % defaultdict(str, data)
    look = {"tone": told.tone or "mute", "icon": told.icon or "info"}
    return look | {"title": title, "text": text, "at": event.occurred_at}
