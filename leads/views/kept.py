"""What was typed into a form that could not be taken: kept in the session until the same person opens it again."""

import time
from typing import Any

from django.core import signing

from leads.forms import typed_answers
from leads.models import Program
from leads.services.submission import DRAFT_BYTES

KEY = "typed"
SALT = "leads.views.kept"
FORM_LIFE = 14 * 24 * 3600
LIFE = 3600


def mark_of(membership: Any) -> str:
    """Whose form it is, signed into the page: nobody else is shown what was typed, and strangers can keep nothing."""
    return signing.TimestampSigner(salt=SALT).sign(str(membership.pk))


def keep_typed(request: Any, program: str) -> bool:
    """Keep a form that came without a session or with an old token. False where it is not ours to keep or too long."""
    try:
        seat = signing.TimestampSigner(salt=SALT).unsign(request.POST.get("seat", ""), max_age=FORM_LIFE)
    except signing.BadSignature:
        return False
    typed = typed_answers(request.POST)
    if len(str(typed)) > DRAFT_BYTES:
        return False
    request.session[KEY] = {
        "seat": seat,
        "program": program,
        "typed": typed,
        "lead": request.POST.get("lead", "")[:36],
        "until": time.time() + LIFE,
    }
    return True


def take_typed(request: Any, program: Program) -> dict[str, Any] | None:
    """What this person typed into this program's form before signing in again: `typed` and `lead`. Given once."""
    kept = request.session.get(KEY)
    if not kept or kept["seat"] != str(request.membership.pk) or kept["program"] != program.slug:
        return None
    del request.session[KEY]
    return kept if kept["until"] > time.time() else None
