"""The page of whoever lacks a role: what is missing, who can give it, and the way to ask for it (B2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from partnerhub.accounts.forms import AccessRequestForm, sentence
from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.reasons import nobody_decides
from partnerhub.accounts.rights import right_of
from partnerhub.accounts.selectors import Ended, administrators_for, open_request_of, seats_of
from partnerhub.roles import ADMINISTRATORS, can, roles_with
from partnerhub.web.formats import moment_text
from partnerhub.web.kept import what_was_typed


def no_access_page(request: HttpRequest, permission: str) -> TemplateResponse:
    """Status 403. Names the roles that would open the page, those the person has, and the administrators."""
    member: Membership = getattr(request, "membership")  # noqa: B009 - set by the middleware, unknown to Django's types
    if member.is_read_only and can(member.roles, permission):
        return read_only_page(request)
    missing = roles_with(permission, member.side)
    asked = open_request_of(member, missing)
    administrators = administrators_for(member.partner_id, besides=member)
    proposed = min(missing, key=ADMINISTRATORS[member.side].__eq__, default=None)
    page = request.get_full_path().removeprefix(request.META.get("SCRIPT_NAME", "")) if request.method == "GET" else ""
    return TemplateResponse(
        request,
        "accounts/no_access.html",
        {
            "missing": missing,
            "right": right_of(permission),
            "administrators": administrators,
            "undecided": "" if administrators else sentence(nobody_decides(member)),
            "asked": asked,
            "request_form": AccessRequestForm(roles=missing, initial={"role": proposed, "page": page})
            if missing and administrators and not asked
            else None,
            "typed": what_was_typed(request),
            "crumbs": [(_("No access"), None)],
        },
        status=403,
    )


def ended_page(request: HttpRequest, ended: Ended) -> HttpResponse:
    """Status 403. The seat of whoever asks was taken away: since when, by whom, whom to ask, and their other seats."""
    person = request.user
    names = {"who": ended.by, "organisation": ended.member.partner or getattr(request, "tenant")}  # noqa: B009 - as above
    if ended.at:
        text = _("%(who)s removed your seat of %(organisation)s. Since %(since)s you can no longer open its pages.")
        names["since"] = moment_text(ended.at)
    else:
        text = _("Your seat of %(organisation)s was removed.")
    context = {
        "said": text % names,
        "administrators": ended.administrators,
        "seats": seats_of(person) if isinstance(person, User) else [],
    }
    return render(request, "accounts/seat_ended.html", context, status=403)


def read_only_page(request: HttpRequest) -> TemplateResponse:
    """Status 403. The member's partner is suspended: why, what still works, and whom to ask (rulings 28)."""
    context = {"typed": what_was_typed(request), "crumbs": [(_("Suspended"), None)]}
    return TemplateResponse(request, "accounts/read_only.html", context, status=403)
