"""One lead, with what its page shows of it."""

from typing import Any, cast
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from leads.models import Lead, Program
from leads.reading import more_sql
from leads.selectors.corrections import corrected_questions, may_correct, why_not_corrected
from leads.selectors.scope import seen_by
from leads.states import LEAD, Status, next_words, questions_for
from partnerhub.absences.cover import deputies_sql
from partnerhub.accounts.models import Membership, User
from partnerhub.actors import Seat
from partnerhub.partners.models import Partner
from partnerhub.roles import LEADS_SUBMIT, PARTNER
from partnerhub.web.editing import Fields, Lock, all_fields
from partnerhub.web.rows import columns, read

LOOKED_AFTER_BY = "ARRAY[lead.representative_id, coalesce(lead.owner_id, lead.submitted_by_id)]"
ONE_LEAD = f"""
    SELECT {columns(Lead, "lead")}, {columns(Program, "program")}, {columns(Partner, "partner")},
        {columns(Membership, "sender")}, {columns(User, "sending")},
        {columns(Membership, "representative")}, {columns(User, "representing")},
        (SELECT json_build_object('answers', noted.answers, 'version', noted.version) FROM leads_vendoranswers noted
         WHERE noted.tenant_id = lead.tenant_id AND noted.lead_id = lead.id),
        (SELECT coalesce(json_object_agg(one.id, coalesce(nullif(person.name, ''), person.email)), '{{{{}}}}')
         FROM accounts_membership one JOIN accounts_user person ON person.id = one.user_id
         WHERE one.tenant_id = lead.tenant_id
            AND one.id = ANY (lead.team || coalesce(lead.owner_id, lead.submitted_by_id))),
        {deputies_sql("lead.tenant_id", LOOKED_AFTER_BY)}, {{more}}
    FROM leads_lead lead
    JOIN leads_program program ON program.tenant_id = lead.tenant_id AND program.id = lead.program_id
    LEFT JOIN partners_partner partner ON partner.tenant_id = lead.tenant_id AND partner.id = lead.partner_id
    LEFT JOIN accounts_membership sender ON sender.tenant_id = lead.tenant_id AND sender.id = lead.submitted_by_id
    LEFT JOIN accounts_user sending ON sending.id = sender.user_id
    LEFT JOIN accounts_membership representative
        ON representative.tenant_id = lead.tenant_id AND representative.id = lead.representative_id
    LEFT JOIN accounts_user representing ON representing.id = representative.user_id
    WHERE lead.tenant_id = %s AND lead.id = %s AND {{seen}}
"""  # noqa: S608 - names of columns, written by the models
LOCKED = f"""
    SELECT {columns(Lead, "lead")} FROM leads_lead lead
    WHERE lead.tenant_id = %s AND lead.id = %s AND {{seen}} FOR UPDATE
"""  # noqa: S608 - the same


def lead_for(membership: Seat, lead_id: UUID) -> Lead:
    """One lead with the people on it. Raises Lead.DoesNotExist alike for a foreign id and for none. One statement."""
    for lead, program, partner, sender, sending, representative, representing, noted, people, away, more in _one(
        ONE_LEAD, membership, lead_id, Lead, Program, Partner, Membership, User, Membership, User
    ):
        lead.program, lead.partner, lead.vendor_answers, lead.partners_people = program, partner, noted, people
        lead.deputies, lead.read_with = away or {}, more
        if sender:
            lead.submitted_by, sender.user = sender, sending
        if representative:
            lead.representative, representative.user = representative, representing
        return cast(Lead, lead)
    raise Lead.DoesNotExist


def find_locked(membership: Seat, lead_id: UUID) -> Lead | None:
    """One lead alone, locked until the transaction ends; None alike for a foreign id and for none."""
    return next((lead for (lead,) in _one(LOCKED, membership, lead_id, Lead)), None)


def _one(query: str, membership: Seat, lead_id: UUID, *models: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement on one lead, if the member may see it: as `leads_for` says, in SQL."""
    seen, values = seen_by(membership).sql("lead")
    return read(query.format(seen=seen, more=more_sql("lead")), [membership.tenant_id, lead_id, *values], *models)


def what_happens_next(lead: Lead) -> str | Promise:
    """*What happens next*, by the facts of this lead."""
    is_assigned = lead.representative_id is not None
    return next_words(lead.program.kind, lead.sales_support, lead.status, is_assigned=is_assigned)


def lead_fields(lead: Lead, membership: Seat) -> Fields:
    """Which fields of the lead this member may change now: the answers of a draft; owner and team by their own step."""
    may = membership.side == PARTNER and membership.can(LEADS_SUBMIT)
    role = None if may else Lock(_("Your roles do not include this."))
    sent = Lock(_("A lead that was sent is not changed any more. Write a message to add to it."))
    answers = [question.name for question in questions_for(lead.program.kind)]
    corrects = may_correct(membership) and why_not_corrected(lead, membership) is None
    corrected = {question.name for question in corrected_questions(lead.program.kind)} if corrects else set()
    open_now = "name_team" in LEAD.allowed(lead, membership)
    team = None if open_now else role or Lock(_("Owner and team can’t be named where the lead stands now."))
    is_draft = lead.status == Status.DRAFT
    fields = all_fields(("program", *answers, "own_fields"), role if is_draft else sent)
    return fields | all_fields(corrected, None) | all_fields(("owner", "team"), team)
