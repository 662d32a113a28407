"""A lead that came to nothing is begun anew, with its answers (E11)."""

from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.selectors import lead_for, own_fields
from leads.services import save_draft
from leads.services.steps import event_data
from leads.states import Kind, questions_for
from partnerhub.accounts.models import Membership
from partnerhub.appeals.models import LeadClone
from partnerhub.appeals.selectors import CLONED_FROM
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import record
from partnerhub.records.values import plain
from partnerhub.roles import LEADS_SUBMIT, PARTNER

SAID_ANEW = frozenset({"consent", "consent_basis", "consent_date", "terms"})
TICKED_BOX = "on"


@transaction.atomic
def clone_lead(lead_id: UUID, *, draft_id: UUID, by: Membership) -> Lead:
    """A new draft with the answers of a refused or withdrawn lead; consent and terms are given anew. The same
    `draft_id` again is the draft that is there.

    Raises Lead.DoesNotExist for what the member does not see, NotPermitted, Refused for a lead in another state.
    """
    source = lead_for(by, lead_id)
    if not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    if source.status not in CLONED_FROM:
        raise Refused(Reason("status", _("Only a lead that is withdrawn or not eligible is begun anew.")))
    if source.objected_at is not None:
        raise Refused(Reason("objected", _("The person objected to being referred.")))
    if LeadClone.objects.filter(source=source, clone=draft_id).exists():
        return lead_for(by, draft_id)
    draft = save_draft(draft_id, program=source.program, typed=_typed(source), by=by)
    LeadClone.objects.create(partner_id=cast(UUID, draft.partner_id), source=source, clone=draft, made_by=by)
    told = event_data(source) | {"clone_id": str(draft.pk)}
    record("lead.cloned", source, actor=by, data=told, audience=Audience.PARTNER)
    return lead_for(by, draft.pk)


def _typed(lead: Lead) -> dict[str, Any]:
    """The lead's answers as somebody would type them into the form."""
    typed = {}
    for question in questions_for(Kind(lead.program.kind)):
        value = getattr(lead, question.name) if question.is_column else lead.details.get(question.name)
        if question.name not in SAID_ANEW:
            typed[question.name] = _as_typed(value)
    own = own_fields(lead.program, PARTNER)
    typed |= {field.name: _as_typed(lead.own_answers[field.key]) for field in own if field.key in lead.own_answers}
    return {name: value for name, value in typed.items() if value}


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return TICKED_BOX if value else ""
    return "" if value is None else str(plain(value))
