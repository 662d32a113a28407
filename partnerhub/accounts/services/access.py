"""A member asks for a role that a page needed; the first administrator to decide closes the request (B2)."""

from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import AccessRequest, Membership, RequestStatus
from partnerhub.accounts.reasons import nobody_decides
from partnerhub.accounts.selectors import administrators_for
from partnerhub.accounts.services.seats import hold_seat, is_oneself, require_management, set_roles
from partnerhub.errors import Reason, Refused
from partnerhub.events.services import record
from partnerhub.roles import Role

PAGE_LENGTH = 300


@transaction.atomic
def request_access(membership: Membership, *, role: str, page: str = "", message: str = "") -> AccessRequest:
    """Ask the administrators for a role. Asking again while the request is open gives the same request.

    `page` is the address below the tenant that needed it. Raises Refused for a role of the other side,
    for one that the member holds, where nobody else could decide, and for a token: a program wants no role for itself.
    """
    if membership.token is not None:
        raise Refused(Reason("not_by_token", _("A token can't do this. Sign in to do it.")))
    if role not in Role.values or Role(role).side != membership.side:
        raise Refused(Reason("role_of_other_side", _("This role does not exist in your organisation."), field="role"))
    label = str(Role(role).label)
    if role in membership.roles:
        text = _("You have the role %(role)s already. Reload the page.") % {"role": label}
        raise Refused(Reason("role_held", text, field="role"))
    if not administrators_for(membership.partner_id, besides=membership):
        raise Refused(nobody_decides(membership))
    asked: AccessRequest
    asked, is_new = AccessRequest.objects.get_or_create(
        membership=membership,
        role=role,
        status=RequestStatus.OPEN,
        defaults={"partner_id": membership.partner_id, "page": page_below(page), "message": message.strip()},
    )
    if is_new:
        record(
            "access.requested",
            asked,
            actor=membership,
            data={
                "membership_id": str(membership.pk),
                "role": role,
                "role_label": label,
                "page": asked.page,
                "message": asked.message,
                "requester_name": membership.name,
                "requester_email": membership.email,
                "url": f"/access-requests/{asked.pk}/",
            },
        )
    return asked


@transaction.atomic
def decide_access(asked: AccessRequest, *, grant: bool, by: Membership, answer: str = "") -> AccessRequest:
    """Grant the role, or refuse it. The first to decide wins.

    Raises Refused, saying who decided what, if somebody was faster; and if `by` asked for it themselves or may not
    grant the role.
    """
    require_management(by, partner_id=asked.partner_id)
    if is_oneself(asked.membership, by):
        text = _("Nobody decides on their own request. Ask another administrator.")
        raise Refused(Reason("own_request", text))
    answer = answer.strip()
    won = AccessRequest.objects.filter(pk=asked.pk, status=RequestStatus.OPEN).update(
        status=RequestStatus.GRANTED if grant else RequestStatus.REFUSED,
        decided_by=by,
        decided_at=now(),
        answer=answer,
    )
    asked = AccessRequest.objects.select_related("membership__user", "decided_by__user").get(pk=asked.pk)
    if not won:
        raise Refused(Reason("already_decided", decided_text(asked)))
    member = asked.membership
    if grant:
        member, administrators = hold_seat(member)
        member = set_roles(member, {*member.roles, asked.role}, by=by, administrators=administrators, asked=asked)
    record(
        "access.granted" if grant else "access.refused",
        asked,
        actor=by,
        before={"status": RequestStatus.OPEN},
        after={"status": asked.status},
        data={
            "membership_id": str(asked.membership_id),
            "role": asked.role,
            "role_label": asked.role_label,
            "roles": member.roles,
            "answer": answer,
            "url": asked.page or "/",
        },
    )
    return asked


def decided_text(asked: AccessRequest) -> str:
    """Who decided what, in a sentence."""
    names = {
        "person": asked.decided_by.name if asked.decided_by else _("Somebody"),
        "name": asked.membership.name,
        "role": asked.role_label,
    }
    if asked.status == RequestStatus.GRANTED:
        return _("%(person)s gave %(name)s the role %(role)s.") % names
    return _("%(person)s refused the request of %(name)s for the role %(role)s.") % names


def page_below(page: str) -> str:
    """The address if it is one below the tenant, else nothing: it is shown and linked to later."""
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours and len(page) <= PAGE_LENGTH else ""
