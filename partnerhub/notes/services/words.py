"""What people write, as it is kept: bounded, without what cannot be seen."""

import re

from django.utils.translation import gettext as _

from partnerhub.errors import Reason, Refused

LONGEST_MESSAGE = 5000
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def clean_words(body: str, *, missing: str) -> str:
    """The words of a message or a note. Raises Refused where they are too many, or none: then it says `missing`."""
    text = UNWRITABLE.sub("", body.replace("\r\n", "\n")).strip()
    if not text and missing:
        raise Refused(Reason("body-missing", missing, field="body"))
    if len(text) > LONGEST_MESSAGE:
        raise Refused(Reason("body-too-long", _("Write at most 5,000 characters."), field="body"))
    return text
