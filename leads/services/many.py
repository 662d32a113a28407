"""Many leads of one partner at once: whether each would be taken, and submitting them set by set (E16).

What becomes of each row is what `submit_lead` would have made of it, one row after the other: the same functions fill
the leads and follow the verdicts, a row finds the leads and customers of the rows before it, and the numbers follow the
order. Only the number of statements does not grow with the rows. Where the database takes a set as a whole for wrong,
its rows are submitted one by one, so that what is wrong with one of them costs no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models.base import ModelState
from django.utils.translation import gettext as _

from deals.services import remember_customers
from leads.models import Lead, Program
from leads.selectors import leads_for
from leads.selectors.verdicts import ConflictVerdict, verdicts_on
from leads.services.filling import customer_of, number_leads, prepare_lead, submission_told
from leads.services.seen import check_repetition, receipts_of
from leads.services.submission import may_submit, submit_lead
from leads.services.verdicts import Conflicting, follow_verdict, said_anew, told_each
from leads.states import Conflict
from partnerhub.accounts.models import Membership
from partnerhub.errors import AlreadySent, Reason, Refused
from partnerhub.events.services import record_each
from partnerhub.web.rows import plan_anew

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class LeadToBe:
    """A row: the id of the lead that it makes, and the form's cleaned values by question, as `submit_lead` takes them.

    The caller gives the id, so that a row which is sent again is the same lead.
    """

    lead_id: UUID
    answers: dict[str, Any]


def check_many(
    rows: Sequence[LeadToBe], *, program: Program, by: Membership, review: str | None = None
) -> list[Refused | None]:
    """What `submit_many` would say of each row now, in their order; None where it would be taken. Writes nothing but
    how many verdicts were told today.

    A verdict of the conflict check is a `Conflicting`. Raises NotPermitted.
    """
    may_submit(by)
    part = _Set(rows, program, by, review)
    part.prepare()
    part.judge()
    return part.refused()


def submit_many(
    rows: Sequence[LeadToBe],
    *,
    program: Program,
    by: Membership,
    review: str | None = None,
    together: UUID | None = None,
) -> list[Lead | Refused]:
    """Submit each row as `submit_lead` does, and what became of it, in their order: the lead, or why not.

    A row that is refused leaves nothing behind, and the others are submitted all the same; so is one whose id made a
    lead with other answers. `review` is the partner's word with which rows go to review of which the conflict check
    found something. `together` is a name for the whole act: nobody gets a letter of each of its leads. For some
    hundreds of rows, all in one transaction. Raises NotPermitted.
    """
    may_submit(by)
    part = _Set(rows, program, by, review)
    try:
        with transaction.atomic():
            if part.find_sent():
                return part.submit(together)
    except (OperationalError, InterfaceError):
        raise  # the database is away
    except DatabaseError as error:
        log.warning("leads.set_failed", rows=len(rows), code=getattr(error.__cause__, "pgcode", ""))
    return [_submitted_alone(row, program=program, by=by, review=review, together=together) for row in rows]


def _submitted_alone(row: LeadToBe, **kwargs: Any) -> Lead | Refused:
    try:
        return submit_lead(row.lead_id, answers=row.answers, **kwargs)
    except Refused as refused:
        return refused
    except AlreadySent as sent:
        return _sent_before(sent)
    except (OperationalError, InterfaceError):
        raise
    except (DatabaseError, Lead.DoesNotExist):  # whatever is wrong with one row, the others are submitted
        log.exception("leads.row_failed", lead_id=str(row.lead_id))
        return Refused(Reason("failed", _("This lead could not be saved. We were told of it.")))


def _sent_before(sent: AlreadySent) -> Refused:
    words = {"number": sent.current.reference}
    return Refused(Reason("sent", _("It has been sent before, with other values: lead %(number)s.") % words))


class _Set:
    """Rows on their way: `leads` are those that are still to be submitted, `outcomes` what became of the others."""

    def __init__(self, rows: Sequence[LeadToBe], program: Program, by: Membership, review: str | None) -> None:
        self.rows, self.program, self.by, self.review = rows, program, by, review
        self.partner = may_submit(by)
        self.blank = Lead()
        self.outcomes: dict[int, Lead | Refused] = {}
        self.leads: dict[int, Lead] = {}

    def find_sent(self) -> bool:
        """Find the rows that made their leads before; False where one of them is a draft, or an id stands there twice.

        Two statements. The leads are locked.
        """
        ids = [row.lead_id for row in self.rows]
        rows = leads_for(self.by).select_related("program").filter(pk__in=ids)
        found = {lead.pk: lead for lead in rows.order_by("pk").select_for_update(of=("self",))}
        receipts = receipts_of(found.values()) if found else {}
        if len(set(ids)) < len(ids) or any(lead.submitted_at is None for lead in found.values()):
            return False
        for place, row in enumerate(self.rows):
            if row.lead_id in found:
                self.outcomes[place] = self._sent(found[row.lead_id], row, receipts[row.lead_id])
        return True

    def submit(self, together: UUID | None) -> list[Lead | Refused]:
        """Submit what is to be submitted, in the caller's transaction; what became of each row."""
        plan_anew()
        self.prepare()
        self.judge(alone=True)
        if self.leads:
            self._write(together)
        self.tell()
        return [self.outcomes.get(place) or self.leads[place] for place in range(len(self.rows))]

    def prepare(self) -> None:
        """Fill the leads of the rows. No statement for a program without fields of its own."""
        for place, row in enumerate(self.rows):
            if place in self.outcomes:
                continue
            lead = _like(self.blank)
            lead.pk, lead.team = row.lead_id, []
            try:
                prepare_lead(lead, row.answers, program=self.program, by=self.by)
            except Refused as refused:
                self.outcomes[place] = refused
            else:
                self.leads[place] = lead

    def judge(self, *, alone: bool = False) -> None:
        """Follow the verdict on each, in their order: a row finds those before it that are taken. Two statements."""
        waiting, taken = list(self.leads.items()), dict[str, tuple[int, Lead]]()
        if not waiting:
            return
        verdicts = verdicts_on([lead for _place, lead in waiting], partner_id=self.partner.pk, alone=alone)
        for (place, lead), verdict in zip(waiting, verdicts, strict=True):
            try:
                follow_verdict(lead, _beside(verdict, lead, taken), review=self.review)
            except Refused as refused:
                self.outcomes[place] = refused
                del self.leads[place]
            else:
                taken.update(dict.fromkeys(lead.identity_keys, (place, lead)))

    def refused(self) -> list[Refused | None]:
        """Why each row is not taken, as it may be told."""
        self.tell()
        outcomes = (self.outcomes.get(place) for place in range(len(self.rows)))
        return [one if isinstance(one, Refused) else None for one in outcomes]

    def tell(self) -> None:
        """Count what the refusals tell of others, and say those anew that name a lead of this set."""
        found = {place: one for place, one in sorted(self.outcomes.items()) if isinstance(one, Conflicting)}
        self.outcomes |= zip(found, told_each([said_anew(one) for one in found.values()]), strict=True)

    def _sent(self, lead: Lead, row: LeadToBe, receipt: dict[str, Any]) -> Lead | Refused:
        try:
            check_repetition(lead, row.answers, program=self.program, receipt=receipt)
        except AlreadySent as sent:
            return _sent_before(sent)
        return lead

    def _write(self, together: UUID | None) -> None:
        """Customers, numbers, leads and events: as `submit_lead` writes them, each in a set."""
        leads = list(self.leads.values())
        customers = remember_customers([customer_of(lead) for lead in leads], partner_id=self.partner.pk, by=self.by)
        for lead, (company_id, contact_id) in zip(leads, customers, strict=True):
            lead.known_company_id, lead.known_contact_id = company_id, contact_id
        number_leads(leads)
        Lead.objects.insert_all(leads)
        told = [
            submission_told(lead, self.rows[place].answers, together=together) for place, lead in self.leads.items()
        ]
        record_each("lead.submitted", told, actor=self.by)


def _like(blank: Lead) -> Lead:
    """A new lead with the defaults of this one: a tenth of what making one, or `copy`, costs."""
    lead = Lead.__new__(Lead)
    lead.__dict__.update(blank.__dict__)
    lead._state = ModelState()  # noqa: SLF001 - Django's own way to say that nobody wrote it yet
    return lead


def _beside(verdict: ConflictVerdict, lead: Lead, taken: dict[str, tuple[int, Lead]]) -> ConflictVerdict:
    """The verdict with the rows before that were taken: they are the partner's own, and the last of them is named."""
    same = [taken[key] for key in lead.identity_keys if key in taken]
    if not same:
        return verdict
    _place, last = max(same, key=lambda one: one[0])
    return replace(verdict, word=Conflict.OWN, day=None, lead_id=last.pk, known=last)
