"""The page of whoever lacks a role: what is missing, who can give it, and the way to ask for it (B2)."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from partnerhub.accounts.forms import AccessRequestForm
from partnerhub.accounts.rights import right_of
from partnerhub.accounts.selectors import administrators_for, open_request_of
from partnerhub.roles import ADMINISTRATORS, can, roles_with
from partnerhub.web.kept import what_was_typed


def no_access_page(request: HttpRequest, permission: str) -> TemplateResponse:
    """Status 403. Names the roles that would open the page, those the person has, and the administrators."""
    member: Any = getattr(request, "membership")  # noqa: B009 - set by the middleware, unknown to Django's types
    if member.is_read_only and can(member.roles, permission):
        return read_only_page(request)
    missing = roles_with(permission, member.side)
    asked = open_request_of(member, missing)
    proposed = min(missing, key=ADMINISTRATORS[member.side].__eq__, default=None)
    page = request.get_full_path().removeprefix(request.META.get("SCRIPT_NAME", "")) if request.method == "GET" else ""
    return TemplateResponse(
        request,
        "accounts/no_access.html",
        {
            "missing": missing,
            "right": right_of(permission),
            "administrators": administrators_for(member.partner_id, besides=member),
            "asked": asked,
            "request_form": AccessRequestForm(roles=missing, initial={"role": proposed, "page": page})
            if missing and not asked
            else None,
            "typed": what_was_typed(request),
            "crumbs": [(_("No access"), None)],
        },
        status=403,
    )


def read_only_page(request: HttpRequest) -> TemplateResponse:
    """Status 403. The member's partner is suspended: why, what still works, and whom to ask (rulings 28)."""
    context = {"typed": what_was_typed(request), "crumbs": [(_("Suspended"), None)]}
    return TemplateResponse(request, "accounts/read_only.html", context, status=403)
