"""What is told about exports, to whoever asked: when a file is ready, and when it could not be written."""

from django.utils.translation import gettext_lazy as _

from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Circle, NamedPeople
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from partnerhub.imports.letters import FILE_MAIL
from partnerhub.roles import OWN_VIEW

EXPORT_OVER = Purpose(
    "export-over",
    _("Exports"),
    _("A file that you asked for is ready, or could not be written."),
    BOTH_SIDES,
    FILE_MAIL,
    permission=OWN_VIEW,
    stop=_("Stop mail about exports"),
)
WHO_EXPORTS = Circle(
    "exporter",
    _("Asked for the export"),
    NamedPeople("member_id"),
    _("You get this because you asked for an export at %(tenant)s."),
)
TO_WHO_EXPORTS = Rule(EXPORT_OVER, ((WHO_EXPORTS,),))
ABOUT_EXPORTS = LettersAbout(see=_("See export"))
READY = ABOUT_EXPORTS.letter(
    _("%(file_name)s is ready"),
    _("%(file_name)s is ready"),
    _("You can download it until %(expires_at_moment)s. You need to be signed in; nobody else can open it."),
    facts=((_("Rows"), "total"), (_("Size"), "size_words")),
)
FAILED = ABOUT_EXPORTS.letter(
    _("%(file_name)s could not be written"),
    _("%(file_name)s could not be written"),
    _("You can ask for it again once the reason is mended."),
    facts=((_("Reason"), "reason"),),
)
LETTERS = (
    Telling("exportjob.finished", READY, (TO_WHO_EXPORTS,)),
    Telling("exportjob.failed", FAILED, (TO_WHO_EXPORTS,)),
)
