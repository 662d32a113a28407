"""Extension point: what apps above add to a lead's page. They register it in `ready()`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.web.actions import Action


@dataclass(frozen=True)
class Beside:
    """`actions` stand before the lead's own; `events` are the ids of records whose events its timeline tells too. The
    `template` draws a card with `context`. `next` takes the place of what happens next with the lead."""

    actions: Sequence[Action] = ()
    events: Sequence[UUID] = ()
    template: str = ""
    next: str = ""
    context: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Lead, Membership], Beside | None]
_sources: list[Source] = []


def register_beside(source: Source) -> None:
    """`source(lead, membership)` is asked whenever the page of a lead is drawn; None: nothing to add."""
    _sources.append(source)


def beside_of(lead: Lead, membership: Membership) -> list[Beside]:
    return [found for source in _sources if (found := source(lead, membership))]


View = Callable[..., HttpResponseBase]
_views: dict[str, View] = {}


def register_view(name: str, view: View) -> None:
    """`/leads/?view=<name>` is drawn by this view for the partner's people; the app is ready."""
    _views[name] = view


def view_named(name: str) -> View | None:
    return _views.get(name)
