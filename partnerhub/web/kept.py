"""What was typed into a form that could not be taken: shown again, kept over a sign-in, never for another person.

Every form of a member carries a mark (the tag `csrf_token` writes it): whose form it is, signed. A page of last resort
asks `what_was_typed` and draws components/typed.html; a page that leads to the sign-in calls `keep_typed` first.
"""

import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from partnerhub.actors import Seat
from partnerhub.web.addresses import stays_here
from partnerhub.web.folding import visible
from partnerhub.web.requests import PortalRequest
from partnerhub.web.resolving import is_page, page_above, typed_labels

SEAT_MARK = "seat"
KEPT_KEY = "kept"  # what static/js/kept.js calls the form; see KeptMiddleware
SESSION = "typed"
KEPT_SALT = "partnerhub.web.kept"
MOST_CHARACTERS = 100_000
FORM_LIFE = 14 * 24 * 3600
KEPT_SECONDS = 3600
LONG = 60
# No secret is ever shown or kept, and what belongs to one sending only is made anew.
SECRET = re.compile(r"password|secret|otp|^(?:code|csrfmiddlewaretoken)$")
UNREADABLE_REQUEST = (SuspiciousOperation, MultiPartParserError, OSError)


@dataclass(frozen=True)
class TypedField:
    """One value that was sent. One with a `label` is shown and can be changed, the others go along unseen."""

    name: str
    value: str
    label: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG or "\n" in self.value


@dataclass(frozen=True)
class Typed:
    """What a form held: whose it was, where it was sent to, the page it stood on, its values, whether it had files."""

    seat: str
    address: str
    page: str
    fields: tuple[TypedField, ...]
    had_files: bool

    @property
    def mark(self) -> str:
        """The mark anew: the form may be sent again later."""
        return signing.TimestampSigner(salt=KEPT_SALT).sign(self.seat)

    @property
    def shown(self) -> list[TypedField]:
        return [field for field in self.fields if field.label]

    @property
    def unseen(self) -> list[TypedField]:
        return [field for field in self.fields if not field.label]


def seat_mark(membership: Seat) -> str:
    """Whose form it is, signed into the page: nobody else is shown what was typed, and strangers can keep nothing."""
    return signing.TimestampSigner(salt=KEPT_SALT).sign(str(membership.pk))


def what_was_typed(request: HttpRequest) -> Typed | None:
    """What the form held that came with this request, for the page that says why it was not taken.

    Works before tenant and person are known, and asks no database. None where nothing came by a form of ours, where it
    cannot be read or is too long, and where somebody else is signed in than the one whose form it was.
    """
    try:
        typed = _read(request)
    except UNREADABLE_REQUEST:
        return None
    member = getattr(request, "membership", None)
    return typed if typed and (member is None or str(member.pk) == typed.seat) else None


def keep_typed(request: PortalRequest) -> bool:
    """Keep in the session what was sent, for an hour, until the same person has signed in. False: it is not kept."""
    request.is_taken = False
    try:
        typed = _read(request)
    except UNREADABLE_REQUEST:
        return False
    if typed is None:
        return False
    request.session[SESSION] = {
        "seat": typed.seat,
        "address": typed.address,
        "page": typed.page,
        "fields": [(field.name, field.value, field.label) for field in typed.fields],
        "files": typed.had_files,
        "until": time.time() + KEPT_SECONDS,
    }
    return True


def kept_for(request: HttpRequest) -> Typed | None:
    """What this person sent from this page before signing in again, or to this address; None: nothing."""
    member: Seat | None = getattr(request, "membership", None)
    kept = request.session.get(SESSION) if member else None
    if member is None or not kept or kept["seat"] != str(member.pk) or kept["until"] < time.time():
        return None
    if request.path not in {kept["address"].partition("?")[0], kept["page"].partition("?")[0]}:
        return None
    fields = tuple(TypedField(*field) for field in kept["fields"])
    return Typed(kept["seat"], kept["address"], kept["page"], fields, kept["files"])


def forget_kept(request: HttpRequest) -> None:
    """It was sent, or shown in its own form, or is not wanted any more."""
    request.session.pop(SESSION, None)


def page_of_form(request: HttpRequest) -> str:
    """The page on which the form stood that came with this request: an address that can be opened, never a POST's.

    The browser names it; where it does not, it is the address itself, or the nearest page above it.
    """
    prefix = request.META.get("SCRIPT_NAME", "")
    came_from = request.headers.get("Referer", "")
    if came_from and stays_here(came_from, request):
        parts = urlsplit(came_from)
        if parts.path.startswith(f"{prefix}/") and is_page(parts.path.removeprefix(prefix)):
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    if is_page(request.path_info):
        return str(request.get_full_path())
    return f"{prefix}{page_above(request.path_info)}"


def _read(request: HttpRequest) -> Typed | None:
    if request.method != "POST" or not (seat := _seat_of(request.POST.get(SEAT_MARK, ""))):
        return None
    labels = typed_labels(request.path_info)
    fields = tuple(
        TypedField(name, visible(value.replace("\0", "")), labels.get(name) or labels.get(name.partition("-")[0], ""))
        for name, values in request.POST.lists()
        if name not in {SEAT_MARK, KEPT_KEY} and not SECRET.search(name)
        for value in values
        if isinstance(value, str)
    )
    if sum(len(field.name) + len(field.value) for field in fields) > MOST_CHARACTERS:
        return None
    return Typed(seat, request.get_full_path(), page_of_form(request), fields, bool(request.FILES))


def _seat_of(mark: str) -> str:
    try:
        return signing.TimestampSigner(salt=KEPT_SALT).unsign(mark, max_age=FORM_LIFE)
    except signing.BadSignature:
        return ""
