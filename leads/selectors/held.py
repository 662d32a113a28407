"""What a person holds of the leads, and which leads nobody holds."""

from django.db.models import Q, QuerySet

from leads.models import IS_OPEN, Lead
from leads.selectors.programs import representatives
from leads.states import Status
from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_WORK, VENDOR, roles_with

KEEPERS_SHOWN = 3
IN_WORK = Q(status__in=(Status.IN_PROGRESS, Status.MORE_INFO))


def new_leads_of(member: Membership) -> QuerySet[Lead]:
    """The submitted leads that this representative looks after and has not begun with."""
    return Lead.objects.filter(representative=member, status=Status.SUBMITTED)


def leads_in_work_of(member: Membership) -> QuerySet[Lead]:
    """The leads that this representative works: the business, or the partner, is waiting for them."""
    return Lead.objects.filter(IN_WORK, representative=member)


def drafts_begun_by(member: Membership) -> QuerySet[Lead]:
    """The unsent leads that this member began."""
    return Lead.objects.filter(submitted_by=member, status=Status.DRAFT)


def able_besides(member: Membership) -> list[Membership]:
    """Who else can represent leads, by name."""
    return [other for other in representatives() if other.pk != member.pk]


def submitters_besides(member: Membership) -> list[Membership]:
    """Who else of the member's organisation can submit leads, by name."""
    able = [role.value for role in roles_with(LEADS_SUBMIT, member.side)]
    rows = Membership.objects.filter(PERSONS, partner_id=member.partner_id, roles__overlap=able)
    return list(rows.exclude(pk=member.pk).select_related("user").order_by("name_key"))


def unkept() -> Q:
    """Open leads that nobody looks after and that are not Unassigned: whoever had them has left, or lost the role.

    The few who can't work leads are asked for first, because their leads are found in the index then.
    """
    able = [role.value for role in roles_with(LEADS_WORK, VENDOR)]
    unable = ~Q(roles__overlap=able) | Q(is_active=False) | Q(user__is_active=False)
    gone = Membership.objects.filter(unable, partner=None).values_list("pk", flat=True)
    return IS_OPEN & Q(representative__in=list(gone)) | IN_WORK & Q(representative=None)


def keepers() -> list[Membership]:
    """Whom to ask about a lead whose representative has left: the vendor's channel managers, by name."""
    able = [role.value for role in roles_with(LEADS_TRIAGE, VENDOR)]
    rows = Membership.objects.filter(PERSONS, partner=None, roles__overlap=able)
    return list(rows.select_related("user").order_by("name_key")[:KEEPERS_SHOWN])
