"""Letters about the leads of an import: one for all of them (E16)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leads.letters.circles import REPRESENTS_IMPORTED
from notifications.selectors.about import LettersAbout, by_reader
from notifications.selectors.story import Letter, Story

ABOUT_IMPORTED = LettersAbout(
    ((_("Partner"), "partner"), (_("Imported by"), "actor"), (_("File"), "file_name")), see=_("See their leads")
)
YOURS = ABOUT_IMPORTED.letter(
    _("%(partner)s imported leads that are yours"),
    _("Leads that %(partner)s imported are yours"),
    _("You are the representative of some of them, or of all. The list of leads shows which are yours."),
    facts=((_("Leads in the import"), "done"),),
)
YOURS_TAKEN_BACK = ABOUT_IMPORTED.letter(
    _("%(partner)s withdrew leads that were yours"),
    _("%(partner)s undid an import with leads of yours"),
    _("What could still be withdrawn is withdrawn. You have nothing to do."),
    facts=((_("Withdrawn"), "undone"), (_("Not withdrawn"), "kept")),
)
LEADS_TAKEN_BACK = ABOUT_IMPORTED.letter(
    _("%(partner)s undid an import of leads"),
    _("%(partner)s undid an import of leads"),
    _("What could still be withdrawn is withdrawn. You have nothing to do."),
    facts=((_("Withdrawn"), "undone"), (_("Not withdrawn"), "kept")),
)
entered_together = LettersAbout(see=_("See your leads")).letter(
    _("%(actor)s entered leads for you"),
    _("%(actor)s entered leads for you"),
    _("They count as leads of yours. You can follow what happens to them, and write about them."),
    facts=((_("Leads"), "done"),),
)


def _imported(story: Story) -> Letter:
    """Each of them has its place in triage; there is no other mail about their submission."""
    done = int(story["done"])
    text = ngettext("%(partner)s imported %(done)s lead", "%(partner)s imported %(done)s leads", done) % story
    plain = ABOUT_IMPORTED.letter(
        text.replace("%", "%%"),
        text.replace("%", "%%"),
        _("They are in your list with their numbers, as if each had been submitted by itself."),
    )
    return plain(story)


brought = by_reader(REPRESENTS_IMPORTED, YOURS, _imported)
brought_back = by_reader(REPRESENTS_IMPORTED, YOURS_TAKEN_BACK, LEADS_TAKEN_BACK)
