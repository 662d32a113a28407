"""Events about people in words: who gave whom which role, who came and who went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.events.models import Event
from partnerhub.roles import Role

SENTENCES = {
    "member.joined": gettext_lazy("%(actor)s joined with the roles %(after)s."),
    "member.service_added": gettext_lazy("%(actor)s added the service member %(name)s with the roles %(after)s."),
    "member.removed": gettext_lazy("%(actor)s removed the access of %(name)s."),
    "member.restored": gettext_lazy("%(actor)s gave %(name)s access again."),
    "member.renamed": gettext_lazy("%(before)s is now called %(after)s."),
}


@dataclass(frozen=True)
class Change:
    """A sentence, as an entry of a timeline."""

    title: str
    at: datetime
    icon: str = "history"
    tone: str = "info"


def changes(events: Iterable[Event]) -> list[Change]:
    """Each event as a sentence; those that say nothing to a reader are left out."""
    return [Change(text, event.occurred_at) for event in events if (text := _sentence(event))]


def _sentence(event: Event) -> str:
    names = {"actor": event.who, "name": event.data.get("name") or event.subject_label}
    if event.kind == "member.roles_changed":
        return _roles_changed(event, names)
    if event.kind == "member.renamed":
        return SENTENCES[event.kind] % {"before": event.before["name"], "after": event.after["name"]}
    if event.kind in SENTENCES:
        return SENTENCES[event.kind] % {**names, "after": _labels(event.after.get("roles", []))}
    return ""


def _roles_changed(event: Event, names: dict[str, str]) -> str:
    names = names | {"given": _labels(event.data.get("given", [])), "taken": _labels(event.data.get("taken", []))}
    if names["given"] and names["taken"]:
        return _("%(actor)s gave %(name)s %(given)s and took away %(taken)s.") % names
    if names["given"]:
        return _("%(actor)s gave %(name)s %(given)s.") % names
    return _("%(actor)s took %(taken)s from %(name)s.") % names


def _labels(roles: Iterable[str]) -> str:
    """Names of roles; one that no longer exists keeps its word."""
    return ", ".join(str(Role(role).label) if role in Role.values else role for role in roles)
