"""Letters about a submission, and about a partner that asks for sales support afterwards."""

from django.utils.translation import gettext as _

from leads.letters.circles import SUBMITTER
from leads.letters.texts.parts import about, number_and_status, see
from notifications.selectors.story import Letter, Story, reader_is, when
from notifications.selectors.written import files_told


def submitted(story: Story) -> Letter:
    return _confirmation(story) if reader_is(story, SUBMITTER) else _new_lead(story)


def _confirmation(story: Story) -> Letter:
    """The submitter's copy, with everything that was sent (A2)."""
    return Letter(
        subject=_("%(company)s: we received your %(program)s lead") % story,
        heading=_("We received your lead for %(company)s") % story,
        paragraphs=[_("Thank you. Your lead has the number %(number)s.") % story, story["next_words"]],
        facts=[
            *number_and_status(story),
            (_("Submitted"), when(story.event.occurred_at)),
            *story.answers(),
            *files_told(story),
        ],
        action=see(story),
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
            *number_and_status(story),
            (_("Submitted by"), story["submitter_name"]),
            (_("Submitted"), when(story.event.occurred_at)),
            *story.answers(),
            *files_told(story),
        ],
        action=see(story),
    )


def made_a_deal(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s goes on with a deal") % story,
        heading=_("%(partner)s goes on with %(company)s as a deal") % story,
        paragraphs=[_("%(actor)s has converted the lead. Its page says what becomes of the deal.") % story],
        facts=[*about(story), (_("Deal"), story["deal_name"])],
        action=see(story),
    )


def support_asked(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: %(partner)s asks for sales support") % story,
        heading=_("%(partner)s asks for sales support with %(company)s") % story,
        paragraphs=[_("The lead was submitted without it. From now on it counts as one with sales support.")],
        facts=about(story),
        action=see(story),
    )
