"""How a file is refused: by its name, with what is wrong and what to do."""

from typing import NoReturn

from partnerhub.errors import Reason, Refused

FIELD = "files"


def refuse(code: str, text: str) -> NoReturn:
    """Raise Refused for one file. `text` is a whole sentence that names the file."""
    raise Refused(Reason(code, text, field=FIELD))
