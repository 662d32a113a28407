"""How a file is refused: by its name, with what is wrong and what to do."""

from typing import NoReturn

from django.utils.translation import gettext as _

from partnerhub.errors import Reason, Refused

FILES_FIELD = "files"


def refuse(code: str, text: str) -> NoReturn:
    """Raise Refused for one file. `text` is a whole sentence that names the file."""
    raise Refused(Reason(code, text, field=FILES_FIELD))


def refuse_mismatch(name: str) -> NoReturn:
    refuse(
        "content",
        _("The content of %(name)s is not what its name says. Save it again and attach that.") % {"name": name},
    )


def refuse_damaged(name: str) -> NoReturn:
    refuse("incomplete", _("%(name)s is incomplete or damaged. Save it again and attach that.") % {"name": name})
