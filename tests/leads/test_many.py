"""Many leads at once are submitted as one by one: the same leads, the same refusals (E16)."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead, Program
from leads.services import LeadToBe, check_many, new_lead_id, submit_many
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
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
