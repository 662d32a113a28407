"""Letters about what becomes of a lead: in progress, awarded, refused, withdrawn, appealed."""

from django.utils.translation import gettext as _

from leads.letters.texts.parts import about, quoted, see, share_words, status_letter
from notifications.selectors.story import Letter, Story
from notifications.selectors.written import files_told
from partnerhub.roles import LEADS_SUBMIT


def started(story: Story) -> Letter:
    return status_letter(
        story,
        _("%(company)s: your lead is in progress") % story,
        _("Your lead for %(company)s is in progress") % story,
    )


def let_stand(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: your lead stands") % story,
        heading=_("Your lead for %(company)s stands after its review") % story,
        paragraphs=[
            _("The review is over: from now on it is a lead like any other, and is protected once it is in progress."),
            *share_words(story),
            story["next_words"],
        ],
        quote=quoted(_("%(actor)s writes") % story, story.get("reason_text")),
        facts=about(story),
        action=see(story),
    )


def awarded(story: Story) -> Letter:
    return status_letter(
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
        facts=about(story),
        action=see(story),
    )


def withdrawn(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s withdrew the lead") % story,
        heading=_("%(partner)s withdrew the lead for %(company)s") % story,
        paragraphs=[_("You have nothing to do.")],
        quote=quoted(_("%(actor)s writes") % story, story.get("reason_text")),
        facts=about(story),
        action=see(story),
    )


def appealed(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s appeals") % story,
        heading=_("%(partner)s asks you to look at %(company)s again") % story,
        paragraphs=[_("The lead is back among the submitted ones. A lead can be appealed once.")],
        quote=(_("%(actor)s writes") % story, story["appeal_text"]),
        facts=[*about(story), *files_told(story)],
        action=see(story),
    )


def reopened(story: Story) -> Letter:
    return status_letter(
        story,
        _("%(company)s: we look at your lead again") % story,
        _("We look at your lead for %(company)s again") % story,
    )


def award_questioned(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: decide whether the award is taken back") % story,
        heading=_("A second person has to decide on the award of %(company)s") % story,
        paragraphs=[
            _("%(actor)s asks to take the award back. The lead stays awarded until somebody else decides.") % story
        ],
        quote=(_("%(actor)s writes") % story, story["reason_text"]),
        facts=about(story),
        action=(_("Decide on the lead’s page"), story["url"]),
    )


def award_taken_back(story: Story) -> Letter:
    return status_letter(
        story,
        _("%(company)s: the award was taken back") % story,
        _("The award of %(company)s was taken back") % story,
    )


def _appeal_words(story: Story) -> list[str]:
    """Only to whom an appeal is open: a lead can be appealed once, by who may."""
    if story.raw("appealed"):
        return [_("Your appeal is rejected. A lead can be appealed once.")]
    if not story.may(LEADS_SUBMIT):
        return []
    return [_("You can appeal once, on the lead’s page.")]
