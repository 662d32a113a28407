"""How a portal of the demo is opened and filled with people: by the verbs by which persons do it."""

from django.utils.timezone import now

from partnerhub.accounts.demo import JOINED_BEFORE, acting, with_role
from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.selectors import first_invitation
from partnerhub.accounts.services import accept_invitation, enrol_partner, invite_member, save_profile
from partnerhub.partners.models import Partner
from partnerhub.portal.management.demo import DemoMember, DemoPortal
from partnerhub.portal.services import open_portal
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope


def open_demo(portal: DemoPortal) -> Tenant:
    """As an operator opens it at /admin/; without a second factor, so that the demo can be looked at at once."""
    admin = next(person for person in portal.people if Role.PROGRAMME_ADMIN in person.roles)
    tenant = Tenant(
        slug=portal.slug,
        name=portal.name,
        portal_word=portal.words,
        brand_hue=portal.hue,
        brand_chroma=portal.chroma,
        language=portal.language,
        timezone=portal.zone,
        support_email=portal.support,
        postal_address=portal.postal_address,
    )
    open_portal(tenant, admin_email=admin.email, admin_name=admin.name)
    tenant.second_factor_roles = []
    tenant.save(update_fields=["second_factor_roles"])
    return tenant


def seat_people(portal: DemoPortal, tenant: Tenant, password: str) -> list[Membership]:
    """Everybody comes in by an invitation: the operator's, the Programme admin's, and then their partner's."""
    seats: list[Membership] = []
    partners: dict[str, Partner] = {}
    for person in portal.people:
        by = next((seat for seat in reversed(seats) if _invites(seat, person)), None)
        if person.partner and person.partner not in partners:
            with acting(tenant, with_role(seats, Role.CHANNEL_MANAGER)) as manager:
                profile = {"name": person.partner, "country": portal.partners[person.partner]}
                partners[person.partner] = enrol_partner(profile, first=None, by=manager)
        seats.append(_come_in(person, tenant, password, by=by, partner=partners.get(person.partner)))
    since = now() - JOINED_BEFORE
    with tenant_scope(tenant):
        Membership.objects.update(joined_at=since)
        Partner.objects.update(created_at=since)
    return seats


def _invites(seat: Membership, person: DemoMember) -> bool:
    """Whether this seat invites that person: the partner's Account admin, else who looks after partners."""
    if not person.partner:
        return Role.PROGRAMME_ADMIN in seat.roles
    if seat.partner is None:
        return Role.PROGRAMME_ADMIN in seat.roles
    return seat.partner.name == person.partner and Role.ACCOUNT_ADMIN in seat.roles


def _come_in(
    person: DemoMember, tenant: Tenant, password: str, *, by: Membership | None, partner: Partner | None
) -> Membership:
    """Invited, and in; then the person says how to be reached. `by` is None for who was invited with the portal."""
    invitation = first_invitation(tenant)
    if by is not None:
        with acting(tenant, by):
            invitation = invite_member(
                email=person.email, name=person.name, roles=[*person.roles], partner=partner, by=by
            )
    if invitation is None:
        raise LookupError("The portal was opened without an invitation.")
    known = User.objects.filter(email=person.email).first()
    member = accept_invitation(invitation, tenant=tenant, person=known, name=person.name, password=password)
    member.partner = partner
    profile = {} if known else {"timezone": person.zone, "language": person.language}
    with acting(tenant, member):
        save_profile(member, user=profile, seat={"title": person.title, "phone": person.phone})
    return member
