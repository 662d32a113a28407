"""Many leads at once are submitted as one by one: the same leads, the same refusals (E16)."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.models import Lead, Program
from leads.services import Conflicting, LeadToBe, check_many, new_lead_id, submit_lead, submit_many
from leads.services.verdicts import TOLD_A_DAY
from notifications.models import Message
from notifications.services import write_messages
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.receipts.models import Receipt
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import answers


def row(company: str, host: str) -> LeadToBe:
    values = answers(company=company, website=f"https://{host}.example.org", consent_date=None, sales_support=True)
    own_contact = {"email": f"info@{host}.example.org", "phone": ""}
    return LeadToBe(new_lead_id(), values | own_contact | {"consent": True, "terms": True})


def said(outcomes: list[Any]) -> list[list[str]]:
    return [[one.code for one in outcome.reasons] if isinstance(outcome, Refused) else [] for outcome in outcomes]


def test_each_row_is_submitted_or_refused_as_the_check_said(
    acme: Tenant, seller: Membership, new_lead: Callable[..., Lead], acting: Callable[[Membership], Any]
) -> None:
    Tenant.objects.filter(pk=acme.pk).update(conflict_check="tell")
    new_lead(seller, company="Kornblume GmbH", website="https://kornblume.example.org", email="a@kornblume.example.org")
    rows = [row("Distel AG", "distel"), row("Kornblume GmbH", "kornblume"), row("Mohn KG", "mohn")]
    with acting(seller):
        pos = Program.objects.get(slug="pos")
        checked = check_many(rows, program=pos, by=seller)
        assert said(checked) == [[], ["own"], []]
        assert Lead.objects.count() == 1
        made = submit_many(rows, program=pos, by=seller)
        assert said(made) == said(checked)
        leads = [one for one in made if isinstance(one, Lead)]
        assert [one.pk for one in leads] == [rows[0].lead_id, rows[2].lead_id]
        assert Event.objects.filter(kind="lead.submitted", subject_id__in=[one.pk for one in leads]).count() == 2
        again = submit_many(rows, program=pos, by=seller)
        assert [getattr(one, "number", None) for one in again] == [getattr(one, "number", None) for one in made]
        assert Lead.objects.count() == 3


def test_who_may_not_submit_checks_and_submits_none(acting: Callable[[Membership], Any], manager: Membership) -> None:
    with acting(manager):
        pos = Program.objects.get(slug="pos")
        for act in (check_many, submit_many):
            with pytest.raises(NotPermitted):
                act([row("Distel AG", "distel")], program=pos, by=manager)
        assert Lead.objects.count() == 0


@pytest.fixture
def _check_is_on(acme: Tenant) -> None:
    Tenant.objects.filter(pk=acme.pk).update(conflict_check="tell")


@pytest.mark.usefixtures("_check_is_on")
def test_what_is_wrong_with_one_row_costs_no_other(seller: Membership, acting: Callable[[Membership], Any]) -> None:
    """The form lets no such name through; the database is the last to say so."""
    rows = [row("Distel AG", "distel"), row("x" * 201, "too-long"), row("Distel AG", "distel"), row("Mohn KG", "mohn")]
    with acting(seller):
        made = submit_many(rows, program=Program.objects.get(slug="pos"), by=seller)
        assert said(made) == [[], ["failed"], ["own"], []]
        first, last = made[0], made[3]
        assert isinstance(first, Lead)
        assert isinstance(last, Lead)
        assert str(made[2]) == f"You have referred this business already: lead {first.reference}."
        assert last.number == (first.number or 0) + 1
        assert Lead.objects.count() == 2


@pytest.mark.usefixtures("_check_is_on")
def test_a_row_that_was_sent_with_other_values_is_told_so(
    seller: Membership, acting: Callable[[Membership], Any]
) -> None:
    first = row("Distel AG", "distel")
    with acting(seller):
        pos = Program.objects.get(slug="pos")
        submit_many([first], program=pos, by=seller)
        other = LeadToBe(first.lead_id, first.answers | {"postcode": "10115"})
        made = submit_many([other, row("Mohn KG", "mohn")], program=pos, by=seller)
        assert said(made) == [["sent"], []]


@pytest.mark.usefixtures("_check_is_on")
def test_of_others_it_tells_as_much_a_day_as_one_by_one(
    acme: Tenant, seller: Membership, rival: Membership, acting: Callable[[Membership], Any]
) -> None:
    rows = [row(f"Shop {number}", f"s{number}") for number in range(TOLD_A_DAY + 2)]
    with acting(rival):
        pos = Program.objects.get(slug="pos")
        theirs = submit_many([LeadToBe(new_lead_id(), one.answers) for one in rows], program=pos, by=rival)
        assert said(theirs) == [[]] * len(rows)
    with tenant_scope(acme):
        Lead.objects.update(protected_until="2099-01-01T00:00:00Z", status="in_progress")
    with acting(seller):
        assert said(check_many(rows[:5], program=pos, by=seller)) == [["held"]] * 5
        told = submit_many(rows, program=pos, by=seller)
        assert said(told) == [["held"]] * (TOLD_A_DAY - 5) + [["limit"]] * 7


def test_statements_do_not_grow_with_the_rows_and_nobody_gets_a_letter_of_each(
    acme: Tenant, seller: Membership, manager: Membership, acting: Callable[[Membership], Any]
) -> None:
    counts = []
    with acting(seller):
        pos = Program.objects.get(slug="pos")
        for many in (5, 60):
            rows = [row(f"Shop {many} {number}", f"s{many}-{number}") for number in range(many)]
            with CaptureQueriesContext(connection) as statements:
                made = submit_many(rows, program=pos, by=seller, together=(job := uuid4()))
            assert said(made) == [[]] * many
            assert Receipt.objects.filter(lead__in=[one.lead_id for one in rows]).count() == many
            assert Event.objects.filter(data__together=str(job)).count() == many
            counts.append(len(statements))
        alone = submit_many([row("Mohn KG", "mohn")], program=pos, by=seller)
    assert counts[0] == counts[1] <= 13
    with tenant_scope(acme):
        write_messages(list(Event.objects.filter(kind="lead.submitted")))
        assert {one.event.subject_id for one in Message.objects.select_related("event")} == {
            lead.pk for lead in alone if isinstance(lead, Lead)
        }


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_check_is_on")
def test_a_set_and_a_single_lead_of_one_business_at_the_same_time_make_one_lead(
    acme: Tenant, seller: Membership, acting: Callable[[Membership], Any]
) -> None:
    ready, outcomes = Barrier(4), list[Any]()

    def submit(is_set: bool) -> None:
        try:
            with acting(seller):
                pos, mine = Program.objects.get(slug="pos"), row("Distel AG", "distel")
                beside = row(f"Shop {mine.lead_id}", f"s{mine.lead_id.int}")
                ready.wait(60)
                if is_set:
                    outcomes.extend(submit_many([beside, mine], program=pos, by=seller)[1:])
                else:
                    outcomes.append(submit_lead(mine.lead_id, program=pos, answers=mine.answers, by=seller))
        except Conflicting as found:
            outcomes.append(found)
        finally:
            connection.close()

    threads = [Thread(target=submit, args=[number < 2]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, said(outcomes))) == ["['own']"] * 3 + ["[]"]
    with tenant_scope(acme):
        assert Lead.objects.filter(company="Distel AG").count() == 1
