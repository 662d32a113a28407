"""Letters about a question to the partner and its answer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leads.letters.texts.parts import about, quoted, see
from leads.states import QUESTIONS, Question
from leads.states.answers import answer_words
from notifications.selectors.about import by_reader
from notifications.selectors.mentions import MENTIONED, mentions_you
from notifications.selectors.story import Letter, Story
from notifications.selectors.written import files_told, written_words
from partnerhub.roles import LEADS_SUBMIT


def info_asked(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: we have a question about your lead") % story,
        heading=_("More information is needed about %(company)s") % story,
        paragraphs=[_who_answers(story)],
        quote=(_("%(actor)s asks") % story, story["question"]),
        facts=about(story),
        action=_answer(story),
    )


def info_corrected(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: our question has changed") % story,
        heading=_("The question about %(company)s has changed") % story,
        paragraphs=[_("This question takes the place of the earlier one."), _who_answers(story)],
        quote=(_("%(actor)s asks") % story, story["question"]),
        facts=about(story),
        action=_answer(story),
    )


def info_taken_back(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: our question is taken back") % story,
        heading=_("The question about %(company)s is taken back") % story,
        paragraphs=[_("No answer is needed any more. The lead goes on where it was: %(status_word)s.") % story],
        asked=(_("The question was"), story["question"]),
        quote=(_("%(actor)s writes") % story, story["reason_text"]),
        facts=about(story),
        action=see(story),
    )


def _info_given(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s answered") % story,
        heading=_("%(partner)s answered the question about %(company)s") % story,
        paragraphs=[_("The lead goes on where it was: %(status_word)s.") % story],
        asked=(_("The question was"), story["question"]),
        quote=quoted(_("%(actor)s writes") % story, written_words(story, "answer") or ""),
        facts=[*about(story), *files_told(story)],
        action=see(story),
    )


info_given = by_reader(MENTIONED, mentions_you, _info_given)


def corrected(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: the lead is corrected") % story,
        heading=_("%(actor)s has corrected the lead for %(company)s") % story,
        paragraphs=[_("What was sent first stays on its receipt.")],
        facts=[*about(story), *_changes(story)],
        action=see(story),
    )


def _changes(story: Story) -> list[tuple[str, str]]:
    """The corrected answers: (question, before → after)."""
    before, after = story.event.before, story.event.after
    asked = [one for one in QUESTIONS if one.name in after]
    return [(str(one.label), f"{_word(one, before)} → {_word(one, after)}") for one in asked]


def _word(question: Question, answers: Mapping[str, Any]) -> str:
    value = answers.get(question.name)
    return "–" if value in (None, "") else answer_words(question, value)


def _who_answers(story: Story) -> str:
    """Whoever may not answer is told who may."""
    if story.may(LEADS_SUBMIT):
        return _("The lead waits until you answer.")
    names = story.raw("may_answer")
    if not names:
        return _("The lead waits for an answer. A Referrals admin of %(partner)s can give it.") % story
    return _("The lead waits for an answer. It can come from: %(names)s.") % {"names": ", ".join(map(str, names))}


def _answer(story: Story) -> tuple[str, str]:
    return (_("Answer on the lead’s page"), story["url"]) if story.may(LEADS_SUBMIT) else see(story)
