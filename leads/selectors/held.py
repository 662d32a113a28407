"""What a person is responsible for among the leads, and which leads have nobody responsible."""

from uuid import UUID

from django.db.models import Q, QuerySet

from leads.models import IS_OPEN, Lead
from leads.selectors.programs import colleagues, representatives
from leads.selectors.scope import leads_at
from leads.states import OPEN, STARTED, Status
from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_VIEW, LEADS_WORK, PARTNER, VENDOR, roles_with
from partnerhub.web.visibility import Among, Every, Missing, Rule, Some

KEEPERS_SHOWN = 3
IN_WORK = Q(status__in=STARTED)


def new_leads_of(member: Membership) -> QuerySet[Lead]:
    """The submitted leads that this representative looks after and has not begun with."""
    return leads_at(member).filter(representative=member, status=Status.SUBMITTED)


def leads_in_work_of(member: Membership) -> QuerySet[Lead]:
    """The leads that this representative works: the business, or the partner, is waiting for them."""
    return leads_at(member).filter(IN_WORK, representative=member)


def drafts_begun_by(member: Membership) -> QuerySet[Lead]:
    """The unsent leads that this member began."""
    return leads_at(member).filter(submitted_by=member, status=Status.DRAFT)


def able_besides(member: Membership) -> list[Membership]:
    """Who else can represent leads, by name."""
    return [other for other in representatives() if other.pk != member.pk]


def submitters_besides(member: Membership) -> list[Membership]:
    """Who else of the member's organisation can submit leads, by name."""
    able = [role.value for role in roles_with(LEADS_SUBMIT, member.side)]
    rows = Membership.objects.filter(PERSONS, partner=member.partner_id, roles__overlap=able)
    return list(rows.exclude(pk=member.pk).select_related("user").order_by("name_key"))


def leads_owned_by(member: Membership) -> QuerySet[Lead]:
    """The open leads that this member follows up for the partner: as owner, or as submitter where no owner is named."""
    if member.partner_id is None:
        return Lead.objects.none()
    return leads_at(member).filter(IS_OPEN, Q(owner=member) | Q(owner=None, submitted_by=member))


def colleagues_besides(member: Membership) -> list[Membership]:
    """Who else of the partner can follow a lead up, by name."""
    if member.partner_id is None:
        return []
    return [other for other in colleagues(member.partner_id) if other.pk != member.pk and not other.is_service]


def unkept(membership: Membership) -> Rule:
    """Open leads that nobody looks after any more: whoever did has left, or lost the role.

    For the vendor it is the representative, and what is Unassigned stands elsewhere; for a partner it is the owner. The
    few who can't do it are asked for first, because their leads are found in an index then.
    """
    is_open = Among("status", tuple(OPEN))
    if membership.partner_id:
        gone = _unable(LEADS_VIEW, membership.partner_id)
        submitted = Every.of(Missing("owner_id"), Among("submitted_by_id", gone))
        return Every.of(is_open, Some.of(Among("owner_id", gone), submitted))
    gone = _unable(LEADS_WORK, None)
    nobodys = Every.of(Among("status", tuple(STARTED)), Missing("representative_id"))
    return Some.of(Every.of(is_open, Among("representative_id", gone)), nobodys)


def _unable(permission: str, partner_id: UUID | None) -> tuple[UUID, ...]:
    """The seats of an organisation that are gone, or have no role with the permission."""
    able = [role.value for role in roles_with(permission, PARTNER if partner_id else VENDOR)]
    unable = ~Q(roles__overlap=able) | Q(is_active=False) | Q(user__is_active=False)
    return tuple(Membership.objects.filter(unable, partner=partner_id).values_list("pk", flat=True))


def keepers() -> list[Membership]:
    """Whom to ask about a lead whose representative has left: the vendor's channel managers, by name."""
    able = [role.value for role in roles_with(LEADS_TRIAGE, VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=None, roles__overlap=able)
    return list(rows.select_related("user").order_by("name_key")[:KEEPERS_SHOWN])
