"""A lead is sent for review, and a case opens; or it is decided by another road, and the case with it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from partnerhub.conflicts.models import ConflictCase
from partnerhub.conflicts.selectors import rivals_of
from partnerhub.conflicts.services.records import CASES
from partnerhub.conflicts.states import Status
from partnerhub.errors import Reason, Refused
from partnerhub.events.models import Event
from partnerhub.events.services import SYSTEM, record
from partnerhub.roles import VENDOR
from partnerhub.tenancy.scope import current_tenant, tenant_scope
from partnerhub.web.folding import fold

GOES_ON = ("lead.let_stand", "lead.awarded")
ENDS = {"lead.let_stand": "stand_with_lead", "lead.refused": "refuse_with_lead"}


@transaction.atomic
def open_case(lead_id: UUID) -> ConflictCase:
    """The case of a lead that was sent for review. As the system: its partner never sees the leads beside it."""
    with tenant_scope(current_tenant()):
        lead = Lead.objects.select_related("partner", "submitted_by__user").get(pk=lead_id)
        case = ConflictCase(
            lead=lead,
            company=lead.company,
            company_key=fold(lead.company)[:200],
            verdict=lead.conflict,
            rivals=rivals_of(lead),
        )
        case.save(force_insert=True)
        after = {"status": Status.OPEN.value, "verdict": case.verdict}
        record("conflict.opened", case, actor=SYSTEM, after=after, data=CASES.event_data(case), audience="vendor")
    return case


@transaction.atomic
def end_case_with_lead(event: Event) -> None:
    """The lead was let stand, awarded, refused or withdrawn on its own page: nothing is left to decide at the desk.

    Raises Refused, and so undoes the decision, where somebody lets a flagged lead go on.
    """
    with tenant_scope(current_tenant()):
        open_now = ConflictCase.objects.filter(lead=event.subject_id, status=Status.OPEN)
        key = open_now.values_list("pk", flat=True).first()
        if key is None:
            return
        case = CASES.held(key)
        if case.has_open_flags and event.kind in GOES_ON and event.actor_side == VENDOR:
            raise Refused(
                Reason("flags", _("The lead is flagged."), who=_("Clear or confirm the flags at the desk first."))
            )
        CASES.take(ENDS.get(event.kind, "end"), case, by=SYSTEM)
