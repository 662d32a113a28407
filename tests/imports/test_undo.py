"""An import is undone when some leads are in work already: what can be is, what cannot stays and is told (E16)."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.models import Lead
from leads.services import assign_lead, withdraw_lead, withdraw_many
from leads.services.steps import LEADS
from leads.states import LISTED, Status
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.imports.models import ImportedRow, ImportJob
from partnerhub.imports.selectors import rows_told
from partnerhub.imports.services import carry_imports_on, undo_import
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.imports.conftest import csv_of, organisation

GOES = {Status.SUBMITTED, Status.MORE_INFO, Status.WITHDRAWN}
"""What a partner may withdraw, and what it has withdrawn itself."""
Act = Callable[[Membership], Any]
Brings = Callable[..., ImportJob]
Reads = Callable[[Membership, ImportJob], ImportJob]


def undone(by: Membership, job: ImportJob, acting: Act) -> None:
    with acting(by):
        undo_import(job.pk, by=by)
    carry_imports_on()


def test_a_lead_in_each_state_goes_or_stays_and_its_row_says_why(
    tells: None, seller: Membership, acme: Tenant, imported: Brings, acting: Act, now_of: Reads
) -> None:
    job = imported(seller, csv_of([organisation(number) for number in range(len(LISTED))]))
    with tenant_scope(acme):
        leads = list(Lead.objects.order_by("number"))
        for lead, status in zip(leads, LISTED, strict=True):
            Lead.objects.filter(pk=lead.pk).update(status=status)
    undone(seller, job, acting)
    done = now_of(seller, job)
    assert (done.status, done.undone, done.kept) == ("undone", len(GOES), len(LISTED) - len(GOES))
    with acting(seller):
        rows = rows_told(done).rows
        now = dict(Lead.objects.values_list("number", "status"))
        again = set(ImportedRow.objects.values_list("record_id", flat=True))
    for lead, status, row in zip(leads, LISTED, rows, strict=True):
        goes = status in GOES
        assert now[lead.number] == (Status.WITHDRAWN if goes else status), status
        assert row.became == ("undone" if goes else "refused"), status
        assert row.called == lead.reference
        assert (lead.pk in again) != goes, "what was taken back can be imported again, what stays cannot"
        if not goes:
            assert str(status.label).casefold() in " ".join(row.texts).casefold(), row.texts


def test_what_waits_for_somebody_goes_whoever_has_it(
    tells: None,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    imported: Brings,
    acting: Act,
    now_of: Reads,
) -> None:
    job = imported(seller, csv_of([organisation(number) for number in range(4)]))
    with acting(manager):
        given, reviewed, set_aside, _other = Lead.objects.order_by("number")
        assign_lead(given.pk, to=representative.pk, by=manager)
        Lead.objects.filter(pk=reviewed.pk).update(is_in_review=True, review_text="Look again.")
        Lead.objects.filter(pk=set_aside.pk).update(is_set_aside=True)
    undone(seller, job, acting)
    done = now_of(seller, job)
    assert (done.undone, done.kept) == (4, 0)


def test_many_are_withdrawn_as_one_by_one(
    seller: Membership, rival: Membership, new_lead: Callable[..., Lead], acting: Act, acme: Tenant
) -> None:
    leads = [new_lead(seller, company=f"Shop {number}") for number in range(4)]
    foreign = new_lead(rival)
    with acting(seller):
        withdraw_lead(leads[0].pk, by=seller)
        keys = [leads[1].pk, foreign.pk, leads[2].pk]
        with CaptureQueriesContext(connection) as few:
            said = withdraw_many(keys, by=seller, together=foreign.pk)
        assert [bool(one) for one in said] == [False, True, False]
        with CaptureQueriesContext(connection) as none:
            assert withdraw_many(keys[:1], by=seller, together=foreign.pk) == [None]
        assert len(none) < len(few)
        alone, _seen, together, other = [LEADS.find(seller, lead.pk) for lead in leads]
        events = {one.subject_id: one for one in Event.objects.filter(kind="lead.withdrawn")}
    assert (together.status, together.version) == (alone.status, alone.version)
    assert (other.status, len(events)) == ("submitted", 3)
    one, many = events[alone.pk], events[together.pk]
    assert (one.before, one.after, one.audience) == (many.before, many.after, many.audience)
    assert set(many.data) - set(one.data) == {"together"}
    with tenant_scope(acme):
        assert Lead.objects.get(pk=foreign.pk).status == "submitted"


def test_the_vendor_gets_one_mail_for_all_and_a_representative_one_for_theirs(
    tells: None,
    acme: Tenant,
    seller: Membership,
    manager: Membership,
    representative: Membership,
    imported: Brings,
    acting: Act,
) -> None:
    def told() -> list[tuple[str, Any]]:
        while fan_out_events():
            pass
        with tenant_scope(acme):
            rows = Message.objects.order_by("kind", "purpose").values_list("kind", "recipient_id")
            found = list(rows)
            Message.objects.all().delete()
        return found

    job = imported(seller, csv_of([organisation(number) for number in range(3)]))
    assert told() == [("importjob.finished", seller.pk), ("importjob.leads_brought", manager.pk)]
    with acting(manager):
        assign_lead(Lead.objects.order_by("number")[0].pk, to=representative.pk, by=manager)
    assert ("lead.assigned", representative.pk) in told(), "whom a person names is told of that lead"
    undone(seller, job, acting)
    last = told()
    assert len(last) == 3
    assert set(last) == {
        ("importjob.leads_withdrawn", representative.pk),
        ("importjob.leads_withdrawn", manager.pk),
        ("importjob.undone", seller.pk),
    }
