"""`Story`: the data of an event for a letter; `Letter`: what a letter consists of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from notifications.selectors.circles import Circle
from partnerhub.events.models import Event
from partnerhub.roles import Role, can
from partnerhub.tenancy.models import Tenant
from partnerhub.web.formats import moment_text

MOMENT = "_moment"


class Over(Exception):
    """What the letter would be about is over: there is nothing to send."""


WordsOf = Callable[[dict[str, Any]], Mapping[str, str | Promise]]
Answers = Callable[[Event], list[tuple[str, str]]]
_words_of_subjects: dict[str, WordsOf] = {}
_answers: dict[str, Answers] = {}


def register_words(subject: str, words: WordsOf, *, answers: Answers | None = None) -> None:
    """Let a business app say in words what its events hold in codes.

    `words(data)` is asked for each mail about an event `‹subject›.*`, in the reader's language: the words of its
    status, of what happens next. `answers(event)` gives what was submitted, label and answer, in that language too.
    """
    _words_of_subjects[subject] = words
    if answers is not None:
        _answers[subject] = answers


@dataclass(frozen=True)
class Story:
    """One event as those hear it who read alike. `story["status"]` is the event's data, or a word of its app;
    `story["due_at_moment"]` is the moment `due_at` of its data, in words.

    A word that is missing raises KeyError: a mail with a hole in it is not sent.
    """

    event: Event
    circle: str
    side: str
    tenant: Tenant
    partner_name: str
    roles: tuple[str, ...] = ()

    def may(self, permission: str) -> bool:
        """Whether the reader may do this: no letter asks for what its reader may not do."""
        return can(self.roles, permission)

    def __getitem__(self, key: str) -> str:
        value = self._all.get(key)
        if value is None and key.endswith(MOMENT):
            return when(datetime.fromisoformat(self[key.removesuffix(MOMENT)]))
        if value is None:
            raise KeyError(key)
        return str(value)

    def get(self, key: str) -> str:
        """The word, or nothing where the event has none."""
        value = self._all.get(key)
        return "" if value is None else str(value)

    def raw(self, key: str) -> Any:
        """What the event holds under the key, as it is."""
        return self.event.data.get(key)

    def answers(self) -> list[tuple[str, str]]:
        """What was submitted, as the app that owns the event says it."""
        return _answers[self._subject](self.event)

    @property
    def _subject(self) -> str:
        return self.event.kind.partition(".")[0]

    @cached_property
    def _all(self) -> dict[str, Any]:
        data = self.event.data
        words = _words_of_subjects.get(self._subject)
        own = {
            "tenant": self.tenant.name,
            "partner": data.get("partner_name") or self.partner_name,
            "actor": self.event.who,
        }
        told: dict[str, Any] = data | (dict(words(data)) if words else {}) | own
        return told


@dataclass(frozen=True)
class Letter:
    """A mail in words, in the reader's language. `action` is a label and a path below the tenant, `asked` what the
    `quote` answers."""

    subject: str
    heading: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    quote: tuple[str, str] | None = None
    asked: tuple[str, str] | None = None
    action: tuple[str, str] | None = None
    after: str = ""


def when(moment: datetime) -> str:
    """`18 Nov 2026, 10:44 (Oslo time)`: in the reader's zone, which is named."""
    zone = timezone.get_current_timezone()
    name = zone.key if isinstance(zone, ZoneInfo) else str(zone)
    city = name.rpartition("/")[2].replace("_", " ")
    if city in {"UTC", "GMT"}:
        return f"{moment_text(moment)} {city}"
    return _("%(moment)s (%(city)s time)") % {"moment": moment_text(moment), "city": city}


def role_word(role: str) -> str:
    """The label of a role, in the reader's language."""
    return str(Role(role).label)


def reader_is(story: Story, *circles: Circle) -> bool:
    """Whether the letter goes to its reader as one of these circles."""
    return story.circle in {circle.key for circle in circles}
