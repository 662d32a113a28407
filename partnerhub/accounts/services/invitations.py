"""Inviting somebody to a seat, and coming in by the invitation (quality 23)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.limits import A_DAY
from partnerhub.accounts.links import digest_of, new_invitation_token
from partnerhub.accounts.models import GOOD_FOR, Invitation, Membership, User
from partnerhub.accounts.services.seats import in_order, roles_refused
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.actors import Actor
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import SYSTEM, record
from partnerhub.partners.models import Partner
from partnerhub.roles import MEMBERS_INVITE, MEMBERS_MANAGE, PARTNER, PARTNER_ROLES, VENDOR, Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import current_tenant, tenant_scope

INVITATIONS_A_DAY = 200


@transaction.atomic
def invite_member(
    *, email: str, name: str, roles: Iterable[str], partner: Partner | None, by: Membership
) -> Invitation:
    """Invite an address to a seat in a partner, or on the vendor side (partner None). The mail holds the link.

    The link works once, for seven days, for this address and this tenant. A channel manager invites the first people
    of a partner, with the roles they need, until it has an Account admin. Raises Refused for somebody who is a member
    or invited already, and for a partner that is suspended.
    """
    wanted, email = set(roles), email.strip().lower()
    _require_inviting(by, partner_id=partner.pk if partner else None)
    reasons = _against_inviting(email, wanted, partner=partner, by=by)
    if reasons:
        raise Refused(reasons)
    invitation = Invitation(
        partner=partner,
        email=email,
        name=name.strip(),
        roles=in_order(wanted),
        invited_by=by,
        expires_at=now() + GOOD_FOR,
    )
    invitation.token_digest = digest_of(new_invitation_token(invitation))
    invitation.save(force_insert=True)
    _tell(invitation, by=by)
    return invitation


@transaction.atomic
def invite_first_admin(*, email: str, name: str) -> Invitation:
    """As the system, invite the first Programme admin of a tenant that has nobody yet. Raises Refused where it has."""
    if Membership.objects.filter(is_active=True).exists():
        raise Refused(_has_people())
    invitation = Invitation(
        email=email.strip().lower(), name=name.strip(), roles=[Role.PROGRAMME_ADMIN.value], expires_at=now() + GOOD_FOR
    )
    invitation.token_digest = digest_of(new_invitation_token(invitation))
    invitation.save(force_insert=True)
    _tell(invitation, by=SYSTEM)
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: Membership) -> Invitation:
    """Send a new link, good for another seven days; the old one stops working. Raises Refused once it was used."""
    _require_inviting(by, partner_id=invitation.partner_id)
    invitation = _hold_open(invitation)
    if suspended := _against_partner(invitation.partner):
        raise Refused(suspended)
    _renew(invitation, by=by)
    return invitation


@transaction.atomic
def invite_first_admin_again(tenant: Tenant, *, email: str, name: str) -> Invitation:
    """As the system, send the first Programme admin's invitation again, with a new link, in place of the former one.

    Another address or name makes another invitation, and the former is revoked. Raises Refused once somebody is there.
    """
    with tenant_scope(tenant):
        former = (
            Invitation.objects.filter(partner=None, accepted_at=None, revoked_at=None).order_by("-created_at").first()
        )
        if former is None or (former.email, former.name) != (email.strip().lower(), name.strip()):
            if former is not None:
                _revoke(former, by=SYSTEM)
            return invite_first_admin(email=email, name=name)
        if Membership.objects.filter(is_active=True).exists():
            raise Refused(_has_people())
        former = _hold_open(former)
        _renew(former, by=SYSTEM)
        return former


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Membership) -> Invitation:
    """Make the link useless. Raises Refused once it was used."""
    _require_inviting(by, partner_id=invitation.partner_id)
    return _revoke(invitation, by=by)


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, tenant: Tenant, person: User | None = None, name: str = "", password: str = ""
) -> Membership:
    """Give the seat to the person who signed in with the invited address, or to a new one with this name and password.

    Works as the system, because whoever comes has no seat yet. Raises Refused if the link was used, revoked or has
    expired meanwhile, if the address is another one, and if the person has a seat in this portal already.
    """
    with tenant_scope(tenant):
        used = Invitation.objects.filter(
            pk=invitation.pk, accepted_at=None, revoked_at=None, expires_at__gt=now()
        ).update(accepted_at=now())
        if not used:
            raise Refused(invitation_over())
        if suspended := _against_partner(invitation.partner):
            raise Refused(suspended)
        person = _person(invitation, person, name, password)
        member = _seat(invitation, person)
        record(
            "member.joined",
            member,
            actor=member,
            after={"roles": member.roles},
            data={
                "membership_id": str(member.pk),
                "name": member.name,
                "email": member.email,
                "invitation_id": str(invitation.pk),
                "invited_by_id": str(invitation.invited_by_id or ""),
                "url": f"/settings/users/{member.pk}/",
            },
        )
        return member


def invitation_over() -> Reason:
    """Said of every link that does not work, whatever the cause."""
    text = _("This invitation was used, withdrawn or has expired.")
    return Reason("invitation_over", text, who=_("Ask the person who invited you to send it again."))


def _require_inviting(by: Membership, *, partner_id: object) -> None:
    in_reach = by.side == VENDOR or by.partner_id == partner_id
    first_only = partner_id is not None and by.can(MEMBERS_INVITE)
    if not (in_reach and (by.can(MEMBERS_MANAGE) or first_only)):
        raise NotPermitted(MEMBERS_INVITE)


def _against_inviting(email: str, roles: set[str], *, partner: Partner | None, by: Membership) -> list[Reason]:
    reasons = [*_against_partner(partner), *_against_roles(roles, partner=partner, by=by)]
    if not roles:
        reasons.append(Reason("no_roles", _("Choose at least one role."), field="roles"))
    seats = Membership.objects.filter(user__email=email, is_active=True)
    if by.side == PARTNER:
        seats = seats.filter(partner=partner)  # a seat in another partner is none of theirs to know
    if seats.exists():
        text = _("%(email)s is a member already.") % {"email": email}
        reasons.append(Reason("already_member", text, field="email"))
    if Invitation.objects.filter(partner=partner, email=email, accepted_at=None, revoked_at=None).exists():
        text = _("%(email)s is invited already. Send that invitation again, or revoke it first.") % {"email": email}
        reasons.append(Reason("already_invited", text, field="email"))
    if Invitation.objects.filter(partner=partner, created_at__gt=now() - A_DAY).count() >= INVITATIONS_A_DAY:
        text = _("%(number)s invitations were sent today. Send the others tomorrow.") % {"number": INVITATIONS_A_DAY}
        reasons.append(Reason("too_many_invitations", text))
    return reasons


def _against_roles(roles: set[str], *, partner: Partner | None, by: Membership) -> list[Reason]:
    if by.can(MEMBERS_MANAGE):
        return roles_refused(roles, side=PARTNER if partner else VENDOR, by=by)
    administrator = Role.ACCOUNT_ADMIN
    if partner is None or not roles <= {role.value for role in PARTNER_ROLES}:
        text = _("You may invite the people of partners only.")
        return [Reason("role_not_yours_to_grant", text, field="roles")]
    if Membership.objects.filter(partner=partner, is_active=True, roles__contains=[administrator]).exists():
        text = _("%(partner)s has an administrator, who invites the others.") % {"partner": partner}
        return [Reason("has_administrator", text)]
    return []


def _against_partner(partner: Partner | None) -> list[Reason]:
    """Nothing new begins for a partner that is suspended (rulings 28)."""
    if partner is None or not partner.is_suspended:
        return []
    text = _("%(partner)s is suspended. Lift the suspension first, then invite its people.") % {"partner": partner}
    return [Reason("partner_suspended", text)]


def _renew(invitation: Invitation, *, by: Actor) -> None:
    invitation.expires_at = now() + GOOD_FOR
    invitation.token_digest = digest_of(new_invitation_token(invitation))
    invitation.save(update_fields=["expires_at", "token_digest"])
    _tell(invitation, by=by)


def _revoke(invitation: Invitation, *, by: Actor) -> Invitation:
    invitation = _hold_open(invitation)
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    record("member.invitation_revoked", invitation, actor=by, data={"email": invitation.email, "name": invitation.name})
    return invitation


def _has_people() -> Reason:
    return Reason("has_administrator", _("This portal has people, who invite the others."))


def _hold_open(invitation: Invitation) -> Invitation:
    held: Invitation | None = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("partner")
        .filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
        .first()
    )
    if held is None:
        raise Refused(Reason("invitation_over", _("This invitation was used or revoked meanwhile.")))
    return held


def _person(invitation: Invitation, person: User | None, name: str, password: str) -> User:
    """Whoever takes the seat. A new person's address counts as verified: the link was sent to it."""
    known = User.objects.filter(email=invitation.email).first()
    if person is None and known is None:
        return User.objects.create_user(invitation.email, password, name=name.strip() or invitation.name)
    if person is None:
        text = _("There is a sign-in for %(email)s. Sign in with it to accept.") % {"email": invitation.email}
        raise Refused(Reason("sign_in_first", text))
    if person != known:
        text = _("This invitation is for %(email)s. Sign out, and sign in with that address.")
        raise Refused(Reason("wrong_address", text % {"email": invitation.email}))
    return person


def _seat(invitation: Invitation, person: User) -> Membership:
    """The new seat, or the former one in the same organisation with the new roles."""
    if Membership.objects.filter(user=person, is_active=True).exists():
        text = _("You have a seat in this portal already. Sign in to use it.")
        raise Refused(Reason("seat_taken", text))
    former = Membership.objects.filter(user=person, partner=invitation.partner_id).order_by("-joined_at").first()
    member = former or Membership(user=person, partner_id=invitation.partner_id)
    member.roles, member.is_active, member.joined_at = list(invitation.roles), True, now()
    member.version += 1 if former else 0
    member.save()
    return member


def _tell(invitation: Invitation, *, by: Actor) -> None:
    """The event that the mail is made from. It names the invitation; the link is made by `links.invitation_path`.

    Raises Refused for an address, or a tenant, that has had too many within a day.
    """
    allow_mail_to_stranger(invitation.email, field="email")
    record(
        "member.invited",
        invitation,
        actor=by,
        after={"roles": invitation.roles},
        data={
            "invitation_id": str(invitation.pk),
            "email": invitation.email,
            "name": invitation.name,
            "roles": invitation.roles,
            "inviter_name": by.name,
            "inviter_organisation": _organisation(by),
            "partner_name": invitation.partner.name if invitation.partner else "",
            "expires_at": invitation.expires_at.isoformat(),
        },
    )


def _organisation(by: Actor) -> str:
    """For whom the inviter acts: their partner, the tenant; empty for the installation itself."""
    if not isinstance(by, Membership):
        return ""
    return str(by.partner.name) if by.partner else current_tenant().name
