"""What several letters have in common: facts, quotes, the link to the lead."""

from django.utils.translation import gettext as _

from notifications.selectors.story import Letter, Story
from partnerhub.roles import VENDOR


def status_letter(story: Story, subject: str, heading: str) -> Letter:
    """A letter that says the new status, what happens next, and the reason where one was written."""
    return Letter(
        subject=subject,
        heading=heading,
        paragraphs=[story["next_words"]],
        quote=quoted(_("%(actor)s writes") % story, story.get("reason_text")),
        facts=about(story),
        action=see(story),
    )


def about(story: Story) -> list[tuple[str, str]]:
    """The facts of every letter: business, lead, status; on the vendor's side the partner first."""
    facts = [(_("Business"), story["company"]), *number_and_status(story)]
    return [(_("Partner"), story["partner"]), *facts] if story.side == VENDOR else facts


def number_and_status(story: Story) -> list[tuple[str, str]]:
    """The facts that name the lead and its status: (label, text)."""
    return [(_("Lead"), _("%(number)s, %(program)s") % story), (_("Status"), story["status_word"])]


def quoted(label: str, text: str) -> tuple[str, str] | None:
    """A quote under its label; None where nothing was written."""
    return (label, text) if text else None


def see(story: Story) -> tuple[str, str]:
    """The letter's one button: (label, address)."""
    return (_("See the lead"), story["url"])


def share_words(story: Story) -> list[str]:
    """How much of the credit is the reader's, where it is split; nothing of whose the rest is."""
    if not story.raw("share"):
        return []
    return [_("The credit for this business is split: your organisation’s share is %(share)s %%.") % story]
