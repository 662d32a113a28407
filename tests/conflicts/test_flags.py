"""Fraud flags (rulings 13): which leads the portal holds for review, and how a person decides on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from leads.services import award_lead, award_upgraded, let_lead_stand
from leads.states import Conflict, Origin
from partnerhub.accounts.models import Membership
from partnerhub.conflicts.models import ConflictCase, FlagWatch
from partnerhub.conflicts.services import (
    clear_flags,
    confirm_flags,
    flagging,
    let_all_stand,
    look_for_flags,
    open_missing_cases,
)
from partnerhub.conflicts.states import Flag, Status
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

NewLead = Callable[..., Lead]
NOTHING = "We called them: nothing in it."


def flags(acme: Tenant) -> dict[str, list[str]]:
    with tenant_scope(acme):
        look_for_flags()
        return dict(ConflictCase.objects.order_by("id").values_list("company", "flags"))


def test_the_partners_own_business_one_at_two_partners_and_a_burst_are_held(
    acme: Tenant, seller: Membership, rival: Membership, new_lead: NewLead, settings: Any
) -> None:
    settings.INTAKE_BURST = 2
    domain = seller.user.email.rpartition("@")[2]
    new_lead(seller, company="Own Shop", website=f"https://{domain}")
    new_lead(rival, company="Twice", website="https://twice.example.org")
    second = new_lead(seller, company="Twice", website="https://twice.example.org")
    plain = [new_lead(seller, company=f"Plain {n}", website=f"https://plain{n}.example.org") for n in range(3)]
    with tenant_scope(acme):
        Lead.objects.filter(pk=second.pk).update(conflict=Conflict.FREE)
        Lead.objects.filter(pk__in=[lead.pk for lead in plain]).update(origin=Origin.INTAKE)
    held = {"Own Shop": [Flag.OWN_BUSINESS], "Twice": [Flag.TWO_PARTNERS], "Plain 2": [Flag.BURST]}
    assert flags(acme) == held
    assert flags(acme) == held, "each once"
    with tenant_scope(acme):
        assert set(Lead.objects.filter(is_in_review=True).values_list("company", flat=True)) == held.keys()
        told = Event.objects.filter(kind="conflict.flagged", data__company="Own Shop").get()
        assert (told.after["flags"], told.audience) == (["own_business"], "vendor")


def test_a_flagged_lead_goes_on_once_its_flags_are_cleared(
    acme: Tenant,
    seller: Membership,
    manager: Membership,
    new_lead: NewLead,
    client_of: Callable[[Membership], Client],
    acting: Any,
) -> None:
    domain = seller.user.email.rpartition("@")[2]
    lead = new_lead(seller, company="Own Shop", website=f"https://{domain}")
    assert flags(acme) == {"Own Shop": [Flag.OWN_BUSINESS]}
    assert "own business" not in client_of(seller).get(f"/acme/leads/{lead.pk}/").content.decode()
    with acting(manager):
        case = ConflictCase.objects.get()
        page = client_of(manager).get(f"/acme/conflicts/{case.pk}/").content.decode()
        assert "The partner’s own business" in page
        for goes_on in (
            lambda: let_all_stand(case.pk, text="Fine.", by=manager),
            lambda: let_lead_stand(lead.pk, by=manager),
            lambda: award_lead(lead.pk, by=manager),
        ):
            with pytest.raises(Refused, match="flagged"):
                goes_on()
        cleared = clear_flags(case.pk, note=NOTHING, by=manager, seen=case.version)
        assert (cleared.flags_note, cleared.status) == (NOTHING, Status.OPEN)
        let_all_stand(case.pk, text="Fine.", by=manager)
        assert not Lead.objects.get(pk=lead.pk).is_in_review
    assert flags(acme) == {"Own Shop": [Flag.OWN_BUSINESS]}, "it is not flagged again"


def test_the_upgrade_of_a_store_ends_the_case_of_a_flagged_lead(
    acme: Tenant, seller: Membership, new_lead: NewLead
) -> None:
    lead = new_lead(seller, company="Own Shop", website=f"https://{seller.user.email.rpartition('@')[2]}")
    flags(acme)
    with tenant_scope(acme):
        assert award_upgraded(lead.pk).status == "awarded"
        assert ConflictCase.objects.get().status == Status.ENDED


def test_confirmed_flags_refuse_the_lead_and_the_partner_reads_nothing_of_them(
    acme: Tenant, seller: Membership, manager: Membership, new_lead: NewLead, acting: Any
) -> None:
    domain = seller.user.email.rpartition("@")[2]
    lead = new_lead(seller, company="Own Shop", website=f"https://{domain}")
    flags(acme)
    with acting(manager):
        case = confirm_flags(
            ConflictCase.objects.get().pk, note="It is theirs.", text="This can’t be referred.", by=manager
        )
        lead.refresh_from_db()
    assert (case.status, lead.status, lead.reason_text) == (
        Status.REFUSED,
        "not_eligible",
        "This can’t be referred.",
    )
    with acting(seller):
        told = [event for event in Event.objects.exclude(audience="vendor") if event.subject_id == lead.pk]
    assert "theirs" not in str([(event.data, event.after) for event in told])


def test_the_look_goes_on_where_it_ended_and_leads_without_a_case_get_one(
    acme: Tenant, seller: Membership, new_lead: NewLead, monkeypatch: Any
) -> None:
    leads = [new_lead(seller, company=f"Shop {n}", website=f"https://shop{n}.example.org") for n in range(3)]
    monkeypatch.setattr(flagging, "LEADS_LOOKED_AT", 2)
    with tenant_scope(acme):
        Lead.objects.update(submitted_at=now(), is_in_review=True, conflict=Conflict.HELD)
        look_for_flags()
        assert FlagWatch.objects.get().looked_id == sorted(lead.pk for lead in leads)[1]
        open_missing_cases()
        assert ConflictCase.objects.count() == 2
        open_missing_cases()
        open_missing_cases()
        assert set(ConflictCase.objects.values_list("lead", flat=True)) == {lead.pk for lead in leads}
