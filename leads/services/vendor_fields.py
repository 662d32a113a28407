"""What the vendor's side notes on a lead in the program's own fields that are the vendor's only."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from leads.models import OwnField, VendorAnswers
from leads.selectors import asked_fields
from leads.services.steps import LEADS
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Stale
from partnerhub.events.models import Audience
from partnerhub.events.services import record
from partnerhub.records.editing import take_over
from partnerhub.roles import LEADS_WORK, VENDOR


@transaction.atomic
def note_vendor_answers(
    lead_id: UUID, *, answers: Mapping[str, Any], by: Membership, seen: int | None = None
) -> VendorAnswers:
    """Write the vendor's answers on a lead, as JSON keeps them, by the field's key; one that is left out is cleared.

    Answers to retired fields stay. The lead itself does not change, not even its date: the partner would see that.
    `seen` is the version of the answers that the person had before them. Raises Stale where they are others by now,
    NotPermitted without the role, Lead.DoesNotExist.
    """
    if not by.can(LEADS_WORK):
        raise NotPermitted(LEADS_WORK)
    lead = LEADS.locked(lead_id, by=by, seen=None)
    noted = VendorAnswers.objects.filter(lead=lead).first() or VendorAnswers(lead=lead)
    asked = asked_fields(lead.program, VENDOR)
    if seen is not None and seen != noted.version:
        raise Stale(noted)
    before = _by_label(asked, noted.answers)
    after = _by_label(asked, answers)
    if before == after:
        return noted
    kept = {key: value for key, value in noted.answers.items() if key not in {field.key for field in asked}}
    now = kept | {field.key: answers[field.key] for field in asked if field.key in answers}
    take_over(noted, {"answers": now}, write=lambda _columns: noted.save())
    changed = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    record(
        "lead.vendor_noted",
        lead,
        actor=by,
        before={"vendor_fields": {label: before.get(label) for label in changed}},
        after={"vendor_fields": {label: after.get(label) for label in changed}},
        data={"number": lead.reference, "labels": changed, "url": f"/leads/{lead.pk}/"},
        audience=Audience.VENDOR,
    )
    return noted


def _by_label(fields: list[OwnField], answers: Mapping[str, Any]) -> dict[str, Any]:
    return {field.label: answers[field.key] for field in fields if field.key in answers}
