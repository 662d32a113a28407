"""The words of imports, and the table of their steps (E16, rulings 31)."""

from functools import partial
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import OWN_MANAGE
from partnerhub.states import EITHER_SIDE, Api, Dialog, Machine, Step, Told, of_portal


class Status(models.TextChoices):
    UPLOADED = "uploaded", pgettext_lazy("import", "To be mapped")
    CHECKING = "checking", pgettext_lazy("import", "Being checked")
    CHECKED = "checked", pgettext_lazy("import", "Checked")
    IMPORTING = "importing", pgettext_lazy("import", "Under way")
    IMPORTED = "imported", pgettext_lazy("import", "Imported")
    UNDOING = "undoing", pgettext_lazy("import", "Being undone")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    STOPPED = "stopped", pgettext_lazy("import", "Stopped")
    ENDED = "ended", pgettext_lazy("import", "Ended early")


class RowBecame(models.TextChoices):
    """What became of a row, or would become of it."""

    DONE = "done", _("Imported")
    OK = "ok", _("Would be imported")
    SAME = "same", _("Imported before")
    REFUSED = "refused", _("Not imported")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Taken back")


IMPORT_AT_WORK = (Status.CHECKING, Status.IMPORTING, Status.UNDOING)
TONES = {
    Status.UPLOADED: ("info", "file"),
    Status.CHECKING: ("info", "clock"),
    Status.CHECKED: ("info", "check"),
    Status.IMPORTING: ("info", "clock"),
    Status.IMPORTED: ("good", "check"),
    Status.UNDOING: ("warn", "clock"),
    Status.UNDONE: ("mute", "undo"),
    Status.STOPPED: ("warn", "xc"),
    Status.ENDED: ("bad", "xc"),
}
NEXT_OF_IMPORT = {
    Status.UPLOADED: _("Say which column goes to which field, and check."),
    Status.CHECKING: _("The rows are being checked. Nothing is written meanwhile."),
    Status.CHECKED: _("Look at the verdicts, then import. What is wrong can be downloaded, and mended in your file."),
    Status.IMPORTING: _("The rows are being imported. You can leave this page and come back."),
    Status.IMPORTED: _("Nothing: it is done. You can undo it as a whole, where what it made is not in work yet."),
    Status.UNDOING: _("What it made is being taken back, row by row."),
    Status.UNDONE: _("Nothing: what could be taken back is taken back."),
    Status.STOPPED: _("Go on with it, or undo what was imported."),
    Status.ENDED: _("Go on with it once the reason is mended, or undo what was imported."),
}


def has_rows(job: object, actor: Actor) -> Reason:
    """What is in the file is still kept."""
    return Reason.of(
        "rows",
        bool(getattr(job, "has_rows", False)),
        met=_("The rows of the file are still here."),
        missing=_("The rows of the file are not kept any more. Upload it anew."),
        final=True,
    )


def is_checked(job: object, actor: Actor) -> Reason:
    """Every row has a verdict for the mapping as it is."""
    return Reason.of(
        "checked",
        bool(getattr(job, "is_checked", False)),
        met=_("Every row is checked."),
        missing=_("Not every row is checked yet. Check first."),
    )


def is_unwritten(job: object, actor: Actor) -> Reason:
    """No row was imported yet: the mapping can still be another."""
    return Reason.of(
        "unwritten",
        not getattr(job, "done", 0),
        met=_("Nothing of it is imported yet."),
        missing=_("Some rows are imported already. Undo that first, or upload the file anew."),
        final=True,
    )


def is_not_taken_back(job: object, actor: Actor) -> Reason:
    """Its undoing has not begun."""
    return Reason.of(
        "not-undone",
        not getattr(job, "undone", 0) and not getattr(job, "kept", 0),
        met=_("Nothing of it is taken back."),
        missing=_("Some rows are taken back already. Undo the rest, or upload the file anew."),
        final=True,
    )


def made_something(job: object, actor: Actor) -> Reason:
    """There is something to take back."""
    return Reason.of(
        "made",
        bool(getattr(job, "done", 0)),
        met=_("It made something."),
        missing=_("It made nothing."),
        final=True,
    )


of_the_importer = partial(Step, permission=OWN_MANAGE, side=EITHER_SIDE)
CHECK_STEP = of_the_importer(
    *("check", _("Check"), (Status.UPLOADED, Status.CHECKED, Status.STOPPED, Status.ENDED), Status.CHECKING),
    conditions=(has_rows, is_unwritten),
    told=Told("importjob.check_begun", _("Check of an import begun"), _("Check begun")),
    api=Api("Check an import", "Maps the columns and begins the dry run: a verdict for each row, nothing is written."),
)
START_STEP = of_the_importer(
    *("start", _("Import"), (Status.CHECKED, Status.STOPPED, Status.ENDED), Status.IMPORTING),
    conditions=(has_rows, is_checked, is_not_taken_back),
    told=Told("importjob.begun", _("Import begun"), _("Import begun")),
    dialog=Dialog(
        _("Import %(file)s?"),
        _("Rows that are refused are left out, and can be downloaded with the reasons."),
        keep=_("Cancel"),
        done=_("The import of %(file)s has begun."),
    ),
    api=Api("Start an import", "Writes the rows in parts. A row that was imported before makes nothing again."),
)
STOP_STEP = of_the_importer(
    *("stop", _("Stop"), IMPORT_AT_WORK, Status.STOPPED),
    told=Told("importjob.stopped", _("Import stopped"), _("Stopped")),
    dialog=Dialog(
        _("Stop the work on %(file)s?"),
        _("What is done stays done. You can go on later."),
        keep=_("Let it go on"),
        done=_("The work on %(file)s is stopped."),
    ),
    api=Api("Stop an import", "What is being done at this moment is done first."),
)
UNDO_STEP = of_the_importer(
    *("undo", _("Undo import"), (Status.IMPORTED, Status.STOPPED, Status.ENDED), Status.UNDOING),
    conditions=(has_rows, made_something),
    told=Told("importjob.undo_begun", _("Undoing of an import begun"), _("Undoing begun")),
    dialog=Dialog(
        _("Undo the import of %(file)s?"),
        _("What it made is withdrawn, as far as that is still possible. You get a result for each row."),
        keep=_("Keep import"),
        done=_("The import of %(file)s is being undone."),
        danger=True,
    ),
    api=Api("Undo an import", "Withdraws what it made, where the machine of each record still allows that."),
)
BY_WORKER = (
    of_portal(
        *("checked", (Status.CHECKING,), Status.CHECKED),
        Told("importjob.checked", _("Import checked"), _("Every row checked")),
    ),
    of_portal(
        *("imported", (Status.IMPORTING,), Status.IMPORTED),
        Told("importjob.finished", _("Import finished"), _("Import finished")),
    ),
    of_portal(
        *("undone", (Status.UNDOING,), Status.UNDONE),
        Told("importjob.undone", _("Import undone"), _("Import undone")),
    ),
    of_portal(
        *("end", IMPORT_AT_WORK, Status.ENDED),
        Told("importjob.ended", _("Import ended early"), _("Ended early")),
    ),
)
IMPORT_UPLOADED = Told("importjob.uploaded", _("File for an import uploaded"), _("File uploaded"), "info", "file")
IMPORT_STEPS: tuple[Any, ...] = (CHECK_STEP, START_STEP, STOP_STEP, UNDO_STEP, *BY_WORKER)
IMPORT = Machine(
    "importjob",
    IMPORT_STEPS,
    also=(IMPORT_UPLOADED,),
    states=Status,
    tones=TONES,
    next=NEXT_OF_IMPORT,
    keep=_("Keep import"),
)
