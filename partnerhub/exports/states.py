"""The words of exports, and the table of their steps (E16)."""

from functools import partial
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerhub.roles import OWN_MANAGE
from partnerhub.states import EITHER_SIDE, Api, Dialog, Machine, Step, Told, of_portal


class Status(models.TextChoices):
    WRITING = "writing", pgettext_lazy("export", "Being written")
    READY = "ready", pgettext_lazy("export", "Ready")
    FAILED = "failed", pgettext_lazy("export", "Not written")
    STOPPED = "stopped", pgettext_lazy("export", "Stopped")
    EXPIRED = "expired", pgettext_lazy("export", "Expired")


class Format(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel workbook (XLSX)")


TONES = {
    Status.WRITING: ("info", "clock"),
    Status.READY: ("good", "check"),
    Status.FAILED: ("bad", "xc"),
    Status.STOPPED: ("warn", "xc"),
    Status.EXPIRED: ("mute", "clock"),
}
NEXT_OF_EXPORT = {
    Status.WRITING: _("The file is being written. You can leave this page: a mail tells you when it is ready."),
    Status.READY: _("Download the file before it expires. It is deleted then."),
    Status.FAILED: _("Ask again once the reason is mended."),
    Status.STOPPED: _("Nothing: it was stopped. You can ask again."),
    Status.EXPIRED: _("Nothing: the file is deleted. You can ask again."),
}
of_who_asks = partial(Step, permission=OWN_MANAGE, side=EITHER_SIDE)
STOP_EXPORT_STEP = of_who_asks(
    *("stop", _("Stop"), (Status.WRITING,), Status.STOPPED),
    told=Told("exportjob.stopped", _("Export stopped"), _("Stopped")),
    dialog=Dialog(
        _("Stop writing %(file)s?"),
        _("What is written so far is thrown away. You can ask again later."),
        keep=_("Let it go on"),
        done=_("%(file)s is not written any further."),
    ),
    api=Api("Stop an export", "What is written so far is thrown away."),
)
AGAIN_STEP = of_who_asks(
    *("again", _("Ask again"), (Status.READY, Status.FAILED, Status.STOPPED, Status.EXPIRED), Status.WRITING),
    told=Told("exportjob.asked_again", _("Export asked for again"), _("Asked for again")),
    dialog=Dialog(
        _("Write %(file)s again?"),
        _("It is written as the list is now, and as you see it now. A file that is still there is replaced."),
        keep=_("Cancel"),
        done=_("%(file)s is being written. A mail tells you when it is ready."),
    ),
    api=Api("Ask for an export again", "The same list, as it is now. A file that is still there is replaced."),
)
EXPORT_BY_WORKER = (
    of_portal(
        *("finish", (Status.WRITING,), Status.READY),
        Told("exportjob.finished", _("Export written"), _("Written")),
    ),
    of_portal(
        *("fail", (Status.WRITING,), Status.FAILED),
        Told("exportjob.failed", _("Export not written"), _("Not written")),
    ),
    of_portal(
        *("expire", (Status.READY,), Status.EXPIRED),
        Told("exportjob.expired", _("File of an export deleted"), _("Expired, file deleted")),
    ),
)
EXPORT_ASKED = Told("exportjob.asked", _("Export asked for"), _("Asked for"), "info", "download")
EXPORT_DOWNLOADED = Told("exportjob.downloaded", _("Export downloaded"), _("Downloaded"), "good", "download")
EXPORT_STEPS: tuple[Any, ...] = (AGAIN_STEP, STOP_EXPORT_STEP, *EXPORT_BY_WORKER)
EXPORT_MACHINE = Machine(
    "exportjob",
    EXPORT_STEPS,
    also=(EXPORT_ASKED, EXPORT_DOWNLOADED),
    states=Status,
    tones=TONES,
    next=NEXT_OF_EXPORT,
    keep=_("Keep export"),
)
