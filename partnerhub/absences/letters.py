"""What is told about absences: to the deputy when one is planned and begins, to both when it is over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications.selectors.about import LettersAbout, by_reader
from notifications.selectors.circles import Circle, NamedPeople
from notifications.selectors.telling import Rule, Telling
from notifications.states.purposes import HAND_OVER
from partnerhub.accounts.covering import CAME_BACK, came_back_facts
from partnerhub.accounts.services.handover import words_for
from partnerhub.web.formats import day_text

THE_DEPUTY = Circle(
    "deputy",
    _("Covers for a colleague"),
    NamedPeople("deputy_id"),
    _("You get this because you cover for a colleague at %(tenant)s."),
)
THE_ABSENT = Circle(
    "away",
    _("Is or was away"),
    NamedPeople("member_id"),
    _("You get this because you are or were away at %(tenant)s."),
)
TO_THE_DEPUTY = Rule(HAND_OVER, ((THE_DEPUTY,),), unless="begins")
TO_THE_ABSENT = Rule(HAND_OVER, ((THE_ABSENT,),))
ABOUT_ABSENCES = LettersAbout(((_("First day away"), "first_day"), (_("Last day away"), "last_day")), _("See absence"))
OPEN_NOW = (*CAME_BACK, (_("Open now"), "open"))


def absence_words(data: dict[str, Any]) -> Mapping[str, str]:
    """The days as the reader writes them, and what is open, in words."""
    days = {name: day_text(date.fromisoformat(data[name])) for name in ("first_day", "last_day") if name in data}
    return days | {"open": ", ".join(words_for(data.get("open", ())))} | came_back_facts(data)


YOU_WILL_COVER = ABOUT_ABSENCES.letter(
    _("You cover for %(name)s from %(first_day)s on"),
    _("You cover for %(name)s"),
    _("%(name)s is away from %(first_day)s to %(last_day)s. New work of theirs comes to you then."),
)
NOTHING_TO_COVER = ABOUT_ABSENCES.letter(
    _("%(name)s: the absence is cancelled"),
    _("You do not cover for %(name)s"),
    _("%(name)s stays. You have nothing to do."),
)
YOU_COVER = ABOUT_ABSENCES.letter(
    _("%(name)s is away, and you cover"),
    _("You cover for %(name)s from now on"),
    _("%(name)s is away until %(last_day)s. New work of theirs comes to you, and you see what they see."),
)
YOU_COVERED = ABOUT_ABSENCES.letter(
    _("%(name)s is back"),
    _("You no longer cover for %(name)s"),
    _("New work goes to %(name)s again."),
    facts=OPEN_NOW,
)
YOU_ARE_BACK = ABOUT_ABSENCES.letter(
    _("You are back: what is open"),
    _("You are back, and %(deputy)s no longer covers for you"),
    _("New work comes to you again."),
    facts=OPEN_NOW,
)
LETTERS = (
    Telling("absence.planned", YOU_WILL_COVER, (TO_THE_DEPUTY,)),
    Telling("absence.changed", YOU_WILL_COVER, (TO_THE_DEPUTY,)),
    Telling("absence.cancelled", NOTHING_TO_COVER, (TO_THE_DEPUTY,)),
    Telling("absence.started", YOU_COVER, (TO_THE_DEPUTY,)),
    Telling("absence.ended", by_reader(THE_ABSENT, YOU_ARE_BACK, YOU_COVERED), (TO_THE_DEPUTY, TO_THE_ABSENT)),
)
