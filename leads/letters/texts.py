"""Letters about leads. The partner's people and the vendor's hear the same event in different words.

Every subject begins with the company, so that mail programs keep the letters about one lead together.
"""

from django.utils.translation import gettext as _

from leads.letters.circles import FORMER_REPRESENTATIVE, REPRESENTATIVE, SUBMITTER
from notifications.selectors.story import Letter, Story, reader_is, when
from partnerhub.roles import LEADS_SUBMIT, VENDOR


def submitted(story: Story) -> Letter:
    return _confirmation(story) if reader_is(story, SUBMITTER) else _new_lead(story)


def _confirmation(story: Story) -> Letter:
    """The submitter's copy, with everything that was sent (A2)."""
    return Letter(
        subject=_("%(company)s: we received your %(program)s lead") % story,
        heading=_("We received your lead for %(company)s") % story,
        paragraphs=[_("Thank you. Your lead has the number %(number)s.") % story, story["next_words"]],
        facts=[
            *_number_and_status(story),
            (_("Submitted"), when(story.event.occurred_at)),
            *story.answers(),
            *_files(story),
        ],
        action=_see(story),
    )


def _new_lead(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: new %(program)s lead from %(partner)s") % story,
        heading=_("%(partner)s submitted a lead for %(company)s") % story,
        paragraphs=[
            _("It waits for a representative.")
            if story.raw("sales_support")
            else _("The partner did not ask for sales support.")
        ],
        facts=[
            (_("Partner"), story["partner"]),
            *_number_and_status(story),
            (_("Submitted by"), story["submitter_name"]),
            (_("Submitted"), when(story.event.occurred_at)),
            *story.answers(),
            *_files(story),
        ],
        action=_see(story),
    )


def assigned(story: Story) -> Letter:
    if reader_is(story, REPRESENTATIVE):
        return Letter(
            subject=_("%(company)s: the lead is yours now") % story,
            heading=_("You look after the lead for %(company)s") % story,
            paragraphs=[_("%(actor)s assigned the lead from %(partner)s to you.") % story],
            facts=_about(story),
            action=_see(story),
        )
    return Letter(
        subject=_("%(company)s: %(representative_name)s looks after your lead") % story,
        heading=_("%(representative_name)s looks after your lead for %(company)s") % story,
        paragraphs=[_("Ask your representative whatever you need to know about this lead.")],
        facts=[
            *_about(story),
            (_("Representative"), story["representative_name"]),
            (_("Email"), story.get("representative_email")),
        ],
        action=_see(story),
    )


def assignment_undone(story: Story) -> Letter:
    """Only for whoever was told of the assignment."""
    if reader_is(story, FORMER_REPRESENTATIVE):
        return Letter(
            subject=_("%(company)s: the lead is not yours after all") % story,
            heading=_("You do not look after the lead for %(company)s after all") % story,
            paragraphs=[_("%(actor)s undid the assignment. You have nothing to do.") % story],
            facts=_about(story),
            action=(_("See your leads"), "/leads/"),
        )
    return Letter(
        subject=_("%(company)s: %(unassigned_name)s does not look after your lead after all") % story,
        heading=_("%(unassigned_name)s does not look after your lead for %(company)s after all") % story,
        paragraphs=[
            _("The assignment was undone. %(representative_name)s looks after your lead, as before.") % story
            if story.get("representative_name")
            else _("The assignment was undone. You get an email as soon as somebody looks after your lead.")
        ],
        facts=_about(story),
        action=_see(story),
    )


def started(story: Story) -> Letter:
    return _status(
        story,
        _("%(company)s: your lead is in progress") % story,
        _("Your lead for %(company)s is in progress") % story,
    )


def info_asked(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: we have a question about your lead") % story,
        heading=_("More information is needed about %(company)s") % story,
        paragraphs=[_who_answers(story)],
        quote=(_("%(actor)s asks") % story, story["question"]),
        facts=_about(story),
        action=_answer(story),
    )


def info_corrected(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: our question has changed") % story,
        heading=_("The question about %(company)s has changed") % story,
        paragraphs=[_("This question takes the place of the earlier one."), _who_answers(story)],
        quote=(_("%(actor)s asks") % story, story["question"]),
        facts=_about(story),
        action=_answer(story),
    )


def info_taken_back(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: our question is taken back") % story,
        heading=_("The question about %(company)s is taken back") % story,
        paragraphs=[_("No answer is needed any more. The lead goes on where it was: %(status_word)s.") % story],
        asked=(_("The question was"), story["question"]),
        quote=(_("%(actor)s writes") % story, story["reason_text"]),
        facts=_about(story),
        action=_see(story),
    )


def info_given(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s answered") % story,
        heading=_("%(partner)s answered the question about %(company)s") % story,
        paragraphs=[_("The lead goes on where it was: %(status_word)s.") % story],
        asked=(_("The question was"), story["question"]),
        quote=_quoted(_("%(actor)s writes") % story, story.get("answer")),
        facts=[*_about(story), *_files(story)],
        action=_see(story),
    )


def _who_answers(story: Story) -> str:
    """Whoever may not answer is told who may."""
    if story.may(LEADS_SUBMIT):
        return _("The lead waits until you answer.")
    names = story.raw("may_answer")
    if not names:
        return _("The lead waits for an answer. A Referrals admin of %(partner)s can give it.") % story
    return _("The lead waits for an answer. It can come from: %(names)s.") % {"names": ", ".join(map(str, names))}


def _answer(story: Story) -> tuple[str, str]:
    return (_("Answer on the lead’s page"), story["url"]) if story.may(LEADS_SUBMIT) else _see(story)


def awarded(story: Story) -> Letter:
    return _status(
        story,
        _("%(company)s: your lead is awarded") % story,
        _("Your lead for %(company)s is awarded") % story,
    )


def refused(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: your lead is not eligible") % story,
        heading=_("Your lead for %(company)s is not eligible") % story,
        paragraphs=[story["next_words"], *_appeal_words(story)],
        quote=(story["reason_word"], story["reason_text"]),
        facts=_about(story),
        action=_see(story),
    )


def withdrawn(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s withdrew the lead") % story,
        heading=_("%(partner)s withdrew the lead for %(company)s") % story,
        paragraphs=[_("You have nothing to do.")],
        quote=_quoted(_("%(actor)s writes") % story, story.get("reason_text")),
        facts=_about(story),
        action=_see(story),
    )


def team_named(story: Story) -> Letter:
    """Only for whoever is named now."""
    return Letter(
        subject=_("%(company)s: you look after this lead, too") % story,
        heading=_("You look after the lead for %(company)s, too") % story,
        paragraphs=[_("%(actor)s named you for it. You see the lead, and hear of every change by email.") % story],
        facts=[
            *_about(story),
            (_("Owner"), story["owner_name"]),
            (_("Team"), ", ".join(map(str, story.raw("team_names") or []))),
        ],
        action=_see(story),
    )


def appealed(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s appeals") % story,
        heading=_("%(partner)s asks you to look at %(company)s again") % story,
        paragraphs=[_("The lead is back among the submitted ones. A lead can be appealed once.")],
        quote=(_("%(actor)s writes") % story, story["appeal_text"]),
        facts=_about(story),
        action=_see(story),
    )


def reopened(story: Story) -> Letter:
    return _status(
        story,
        _("%(company)s: we look at your lead again") % story,
        _("We look at your lead for %(company)s again") % story,
    )


def support_asked(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s asks for sales support") % story,
        heading=_("%(partner)s asks for sales support with %(company)s") % story,
        paragraphs=[_("The lead was submitted without it. From now on it counts as one with sales support.")],
        facts=_about(story),
        action=_see(story),
    )


def award_questioned(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: decide whether the award is taken back") % story,
        heading=_("A second person has to decide on the award of %(company)s") % story,
        paragraphs=[
            _("%(actor)s asks to take the award back. The lead stays awarded until somebody else decides.") % story
        ],
        quote=(_("%(actor)s writes") % story, story["reason_text"]),
        facts=_about(story),
        action=(_("Decide on the lead’s page"), story["url"]),
    )


def award_taken_back(story: Story) -> Letter:
    return _status(
        story,
        _("%(company)s: the award was taken back") % story,
        _("The award of %(company)s was taken back") % story,
    )


def shared_message(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(actor)s wrote to you") % story,
        heading=_("%(actor)s wrote about %(company)s") % story,
        paragraphs=[_("Answer on the lead’s page; the other side reads it there.")],
        quote=_quoted(_("%(actor)s writes") % story, story.get("body")),
        facts=[(_("Lead"), story["number"]), *_files(story)],
        action=_see(story),
    )


def _appeal_words(story: Story) -> list[str]:
    """Only to whom an appeal is open: a lead can be appealed once, by who may."""
    if story.raw("appealed") or not story.may(LEADS_SUBMIT):
        return []
    return [_("You can appeal once, on the lead’s page.")]


def _status(story: Story, subject: str, heading: str) -> Letter:
    return Letter(
        subject=subject,
        heading=heading,
        paragraphs=[story["next_words"]],
        quote=_quoted(_("%(actor)s writes") % story, story.get("reason_text")),
        facts=_about(story),
        action=_see(story),
    )


def _about(story: Story) -> list[tuple[str, str]]:
    facts = [(_("Business"), story["company"]), *_number_and_status(story)]
    return [(_("Partner"), story["partner"]), *facts] if story.side == VENDOR else facts


def _number_and_status(story: Story) -> list[tuple[str, str]]:
    return [(_("Lead"), _("%(number)s, %(program)s") % story), (_("Status"), story["status_word"])]


def _files(story: Story) -> list[tuple[str, str]]:
    names = story.raw("files") or []
    return [(_("Files"), ", ".join(str(name) for name in names))] if names else []


def _quoted(label: str, text: str) -> tuple[str, str] | None:
    return (label, text) if text else None


def _see(story: Story) -> tuple[str, str]:
    return (_("See the lead"), story["url"])
