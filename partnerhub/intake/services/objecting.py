"""The person objects to being referred: their lead stops everywhere (E14)."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from leads.services import stop_for_objection
from partnerhub.events.services import record
from partnerhub.intake.models import Intake
from partnerhub.intake.services.people import ReferredPerson


@transaction.atomic
def object_to(intake_id: UUID) -> Intake:
    """Stop the lead that came of it, for good; a draft is emptied. Said again, nothing changes."""
    intake = Intake.objects.select_related("partner", "link__program").select_for_update(of=("self",)).get(pk=intake_id)
    if intake.objected_at is not None:
        return intake
    intake.objected_at, intake.answers = now(), {}
    intake.save(update_fields=["objected_at", "answers"])
    if intake.lead_id is None:
        return intake
    lead = stop_for_objection(intake.lead_id)
    data = {
        "intake_id": str(intake.pk),
        "person": intake.name,
        "company": lead.company or intake.name,
        "partner_name": intake.partner.name,
        "link_name": intake.link.name,
        "url": f"/leads/{lead.pk}/",
        "submitter_id": str(lead.submitted_by_id),
        "owner_id": str(lead.owner_id) if lead.owner_id else None,
        "team_ids": [str(key) for key in lead.team],
        "representative_id": str(lead.representative_id) if lead.representative_id else None,
    }
    record("intake.objected", intake, actor=ReferredPerson(intake.name), data=data)
    return intake
