"""Errors of the API as RFC 9457 `application/problem+json`."""

from collections.abc import Iterable
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from partnerhub.actors import Seat
from partnerhub.errors import AlreadySent, NotPermitted, Reason, Refused, Stale
from partnerhub.roles import PARTNER, roles_with
from partnerhub.states import lacks_scope
from partnerhub.web.causes import cause_of_problem, causes_in, causes_of_reasons
from partnerhub.web.formats import number_text
from partnerhub.web.preflight import WRITES, is_about_preflight
from partnerhub.web.requests import asked_of

CONTENT_TYPE = "application/problem+json"
# An answer is never many times larger than what was sent: so many errors are told, in so many characters each.
MOST_ERRORS = 50
LONGEST_NAME, LONGEST_ERROR = 100, 400


def reason_json(reason: Reason) -> dict[str, Any]:
    """One condition, for machines (`code`, `ok`) and people (`text`, `who`)."""
    return {"code": reason.code, "text": str(reason.text), "ok": reason.ok, "who": str(reason.who)}


def problem(status: int, detail: str, *, kind: str = "", instance: str = "", **more: Any) -> dict[str, Any]:
    """The body of a problem: `type`, `title`, `status`, `detail`, `instance`, and extension members.

    Among them `causes`: each thing that stands in the way, with its cure; where none is given, the problem is one.
    """
    more.setdefault("causes", [cause_of_problem(kind, status, detail)])
    return {
        "type": f"urn:partnerhub:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"instance": instance} if instance else {}),
        **more,
    }


def problem_response(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Nothing that the view wrote is kept.

    A view that raises Stale or Refused has put the record and the steps into the words of its own JSON.
    """
    request = context.get("request")
    instance = request.path if request is not None else ""
    headers: dict[str, str] = {}
    match exception:
        case Refused() if _is_about_fields(exception):
            body = invalid(_by_field(exception.reasons), causes_of_reasons(exception.reasons), instance=instance)
        case Refused():
            body = problem(
                409,
                " ".join(str(reason.text) for reason in exception.reasons),
                kind="refused",
                instance=instance,
                reasons=[reason_json(reason) for reason in exception.reasons],
                allowed=exception.allowed,
                causes=causes_of_reasons(exception.reasons)[:MOST_ERRORS],
            )
        case Stale():
            difference = {name: {"seen": seen, "now": now} for name, (seen, now) in exception.difference.items()}
            body = problem(
                412,
                str(exception),
                kind="stale",
                instance=instance,
                current=exception.current,
                difference=difference,
                changed_by=exception.who,
            )
        case AlreadySent():
            body = problem(
                409,
                str(exception),
                kind="already-sent",
                instance=instance,
                current=exception.current,
                difference={name: {"sent": sent, "kept": kept} for name, (sent, kept) in exception.difference.items()},
            )
        case NotPermitted():
            body = _not_permitted(exception.permission, request, instance)
        case Http404() | exceptions.NotFound():
            body = problem(404, _("There is nothing here."), kind="not-found")
        case PermissionDenied():
            body = problem(403, _("This is not allowed."), kind="forbidden", instance=instance)
        case RequestDataTooBig():
            body = problem(413, _("The body is too large."), instance=instance)
        case exceptions.ValidationError():
            in_address = request is None or request.method not in WRITES or is_about_preflight(exception.detail)
            body = invalid(exception.detail, causes_in(exception.detail, in_address=in_address), instance=instance)
        case exceptions.APIException():
            headers = _headers(exception)
            body = problem(exception.status_code, str(exception.detail), instance=instance)
        case _:
            return None
    _take_back(exception)
    return Response(body, status=body["status"], content_type=CONTENT_TYPE, headers=headers)


def _take_back(exception: Exception) -> None:
    """Undo what the view wrote, but where a refusal keeps its count."""
    if isinstance(exception, Refused) and exception.keeps:
        return
    set_rollback()
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)


def _not_permitted(permission: str, request: HttpRequest | Request | None, instance: str) -> dict[str, Any]:
    """Whether it is the partner's suspension, the scopes of the token or the roles that leave it out."""
    membership = asked_of(request).membership if request is not None else None
    about: dict[str, Any] = {"instance": instance, "permission": permission}
    if why := _why_read_only(membership):
        return problem(403, why, kind="suspended", **about)
    if membership and lacks_scope(membership, permission):
        text = _("The scopes of this token do not include this.")
        return problem(403, text, kind="scope-missing", scope=permission, **about)
    roles = roles_with(permission, membership.side if membership else PARTNER)
    return problem(
        403, _("Your roles do not include this."), kind="not-permitted", roles=[role.value for role in roles], **about
    )


def _why_read_only(membership: Seat | None) -> str:
    """Why whoever asks may change nothing at all; empty where the roles decide."""
    return str(membership.why_read_only) if membership else ""


def invalid(errors: Any, causes: Iterable[dict[str, str]], *, instance: str = "") -> dict[str, Any]:
    """The body of a 422: what is wrong, by field; of very many errors the first ones and how many more there are."""
    return problem(
        422,
        _("Some fields need attention."),
        kind="invalid",
        instance=instance,
        errors=_cut_off(errors),
        causes=[{name: text[:LONGEST_ERROR] for name, text in one.items()} for one in islice(causes, MOST_ERRORS)],
    )


def _cut_off(errors: Any) -> Any:
    """The same errors, as many and as long as a person reads."""
    match errors:
        case dict():
            shown = {str(name)[:LONGEST_NAME]: _cut_off(errors[name]) for name in [*errors][:MOST_ERRORS]}
            return shown | ({"": [_and_more(len(errors))]} if len(errors) > MOST_ERRORS else {})
        case list() | tuple():
            listed = [_cut_off(error) for error in errors[:MOST_ERRORS]]
            return listed + ([_and_more(len(errors))] if len(errors) > MOST_ERRORS else [])
    text = str(errors)
    return text if len(text) <= LONGEST_ERROR else f"{text[:LONGEST_ERROR]}…"


def _and_more(count: int) -> str:
    more = count - MOST_ERRORS
    return ngettext("… and %(count)s more", "… and %(count)s more", more) % {"count": number_text(more)}


def _is_about_fields(refusal: Refused) -> bool:
    """Whether the reasons are all about what was sent, not about the record."""
    return bool(refusal.reasons) and all(reason.field for reason in refusal.reasons)


def _by_field(reasons: Iterable[Reason]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for reason in reasons:
        errors.setdefault(reason.field, []).append(str(reason.text))
    return errors


def _headers(exception: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if header := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return headers
