"""Letters about the people on a lead: representative, team, shared messages."""

from django.utils.translation import gettext as _

from leads.letters.circles import FORMER_REPRESENTATIVE, REPRESENTATIVE
from leads.letters.texts.parts import about, quoted, see
from notifications.selectors.about import by_reader
from notifications.selectors.mentions import MENTIONED, mentions_you
from notifications.selectors.story import Letter, Over, Story, reader_is
from notifications.selectors.written import files_told, written_words


def assigned(story: Story) -> Letter:
    if reader_is(story, REPRESENTATIVE):
        return Letter(
            subject=_("%(company)s: the lead is yours now") % story,
            heading=_("You look after the lead for %(company)s") % story,
            paragraphs=[_("%(actor)s assigned the lead from %(partner)s to you.") % story],
            facts=about(story),
            action=see(story),
        )
    return Letter(
        subject=_("%(company)s: %(representative_name)s looks after your lead") % story,
        heading=_("%(representative_name)s looks after your lead for %(company)s") % story,
        paragraphs=[_("Ask your representative whatever you need to know about this lead.")],
        facts=[
            *about(story),
            (_("Representative"), story["representative_name"]),
            (_("Email"), story.get("representative_email")),
        ],
        action=see(story),
    )


def assignment_undone(story: Story) -> Letter:
    """Only for whoever was told of the assignment."""
    if reader_is(story, FORMER_REPRESENTATIVE):
        return Letter(
            subject=_("%(company)s: the lead is not yours after all") % story,
            heading=_("You do not look after the lead for %(company)s after all") % story,
            paragraphs=[_("%(actor)s undid the assignment. You have nothing to do.") % story],
            facts=about(story),
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
        facts=about(story),
        action=see(story),
    )


def entered_for(story: Story) -> Letter:
    return Letter(
        subject=_("%(company)s: a lead for you from %(actor)s") % story,
        heading=_("%(actor)s entered a lead for you") % story,
        paragraphs=[_("It counts as a lead of yours. You can follow what happens to it, and write about it.")],
        facts=about(story),
        action=see(story),
    )


def team_named(story: Story) -> Letter:
    """Only for whoever is named now."""
    return Letter(
        subject=_("%(company)s: you look after this lead, too") % story,
        heading=_("You look after the lead for %(company)s, too") % story,
        paragraphs=[_("%(actor)s named you for it. You see the lead, and hear of every change by email.") % story],
        facts=[
            *about(story),
            (_("Owner"), story["owner_name"]),
            (_("Team"), ", ".join(map(str, story.raw("team_names") or []))),
        ],
        action=see(story),
    )


def _shared_message(story: Story) -> Letter:
    """Raises Over once the message was deleted."""
    words = written_words(story, "body")
    if words is None:
        raise Over
    return Letter(
        subject=_("%(company)s: %(actor)s wrote to you") % story,
        heading=_("%(actor)s wrote about %(company)s") % story,
        paragraphs=[_("Answer on the lead’s page; the other side reads it there.")],
        quote=quoted(_("%(actor)s writes") % story, words),
        facts=[(_("Lead"), story["number"]), *files_told(story)],
        action=see(story),
    )


shared_message = by_reader(MENTIONED, mentions_you, _shared_message)
