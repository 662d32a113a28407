"""What is told about imports, to whoever began them: when one is over."""

from django.utils.translation import gettext_lazy as _

from notifications.selectors.about import LettersAbout
from notifications.selectors.circles import Circle, NamedPeople
from notifications.selectors.telling import Rule, Telling
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import PurposeGroup
from partnerhub.roles import OWN_VIEW

FILE_MAIL = PurposeGroup("files", _("Imports and exports"))
IMPORT_OVER = Purpose(
    "import-over",
    _("Imports"),
    _("A file that you import is done, undone, or could not be done."),
    BOTH_SIDES,
    FILE_MAIL,
    permission=OWN_VIEW,
    stop=_("Stop mail about imports"),
)
WHO_IMPORTS = Circle(
    "importer",
    _("Began the import"),
    NamedPeople("member_id"),
    _("You get this because you began an import at %(tenant)s."),
)
TO_WHO_IMPORTS = Rule(IMPORT_OVER, ((WHO_IMPORTS,),))
ABOUT_IMPORTS = LettersAbout(
    (
        (_("Rows in the file"), "total"),
        (_("Imported"), "done"),
        (_("Imported before"), "repeated"),
        (_("Not imported"), "failed"),
    ),
    see=_("See import"),
)
FINISHED = ABOUT_IMPORTS.letter(
    _("%(file_name)s is imported"),
    _("%(file_name)s is imported"),
    _("Rows that were refused can be downloaded with the reasons, mended, and imported again."),
)
UNDONE = ABOUT_IMPORTS.letter(
    _("The import of %(file_name)s is undone"),
    _("The import of %(file_name)s is undone"),
    _("What could not be taken back is named on its page, row by row."),
)
ENDED = ABOUT_IMPORTS.letter(
    _("The import of %(file_name)s ended early"),
    _("The import of %(file_name)s ended early"),
    _("What is imported stays. You can go on once the reason is mended."),
    facts=((_("Reason"), "reason"),),
)
LETTERS = (
    Telling("importjob.finished", FINISHED, (TO_WHO_IMPORTS,)),
    Telling("importjob.undone", UNDONE, (TO_WHO_IMPORTS,)),
    Telling("importjob.ended", ENDED, (TO_WHO_IMPORTS,)),
)
