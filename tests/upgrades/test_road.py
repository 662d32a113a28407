"""From a lead to an upgraded store (A4, rulings 3), and every way in which it comes to nothing."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from leads.models import Lead
from leads.selectors import waiting_leads
from leads.services import withdraw_lead
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.services import (
    activate,
    agree,
    decline,
    open_invitation,
    publish_terms,
    send_invitation,
    withdraw,
)
from partnerhub.upgrades.states import Status
from referrals.models import Referral
from tests.upgrades.conftest import STORE, TERMS


def in_triage(member: Membership) -> list[str]:
    return [lead.company for lead in waiting_leads(member)]


def agreed(acme: Tenant, invitation: UpgradeInvitation) -> UpgradeInvitation:
    with tenant_scope(acme):
        return agree(open_invitation(invitation), name="Ola Nordmann", address="192.0.2.7", text=TERMS["pl"])


def test_the_whole_road_ends_in_one_referral(
    acme: Tenant, invited: UpgradeInvitation, acting: Any, manager: Membership
) -> None:
    agreed(acme, invited)
    with acting(manager):
        done = activate(invited.pk, by=manager)
        lead = Lead.objects.get(pk=invited.lead_id)
        assert (done.status, lead.status, lead.is_set_aside) == (Status.ACTIVE, "awarded", False)
        assert Referral.objects.get().lead_id == lead.pk
        kinds = Event.objects.filter(subject_id=invited.pk).order_by("id").values_list("kind", flat=True)
        assert list(kinds) == ["upgrade.sent", "upgrade.opened", "upgrade.agreed", "upgrade.active"]
        award = Event.objects.get(kind="lead.awarded")
        assert award.actor_side == "system"


def test_the_agreement_is_kept_as_it_was_made(acme: Tenant, invited: UpgradeInvitation) -> None:
    kept = agreed(acme, invited)
    assert (kept.agreed_name, kept.agreed_from) == ("Ola Nordmann", "192.0.2.7")
    assert kept.agreed_digest == sha256(TERMS["pl"].encode()).hexdigest()
    assert kept.agreed_at is not None
    with tenant_scope(acme):
        event = Event.objects.get(kind="upgrade.agreed")
        assert (event.actor_name, event.actor_side, event.person_id) == ("Ola Nordmann", "outside", None)


def test_while_one_is_open_the_lead_is_in_no_queue(
    terms: UpgradeTerms, merchant: Lead, acting: Any, seller: Membership, manager: Membership
) -> None:
    with acting(manager):
        assert in_triage(manager) == [merchant.company]
    with acting(seller):
        invitation = send_invitation(merchant.pk, language="en", by=seller)
    with acting(manager):
        assert in_triage(manager) == []
        before = Lead.objects.get(pk=merchant.pk).status_changed_at
        withdraw(invitation.pk, text="They asked us not to.", by=manager)
        assert in_triage(manager) == [merchant.company]
        assert Lead.objects.get(pk=merchant.pk).status_changed_at > before


def test_declined_it_is_over(acme: Tenant, invited: UpgradeInvitation, acting: Any, manager: Membership) -> None:
    with tenant_scope(acme):
        decline(open_invitation(invited))
        with pytest.raises(Refused, match="answered, withdrawn or has expired"):
            agree(invited, name="Ola", address=None, text="")
    with acting(manager):
        assert in_triage(manager) == [invited.company]


def test_a_store_has_one_open_invitation_whoever_asks(
    terms: UpgradeTerms, invited: UpgradeInvitation, new_lead: Callable[..., Lead], acting: Any, rival: Membership
) -> None:
    lead = new_lead(
        rival, kind="plus", company="Other", website="https://other.example.org", is_merchant=True,
        store_url=f"{STORE}/", store_owner_email="else@example.org",
    )  # fmt: skip
    with acting(rival), pytest.raises(Refused) as refused:
        send_invitation(lead.pk, language="en", by=rival)
    assert [reason.code for reason in refused.value.reasons] == ["none-open"]
    with acting(rival):
        assert Lead.objects.get(pk=lead.pk).is_set_aside is False
        assert not UpgradeInvitation.objects.exists()


def test_what_is_missing_is_named(new_lead: Callable[..., Lead], acting: Any, seller: Membership) -> None:
    lead = new_lead(seller, kind="plus")
    with acting(seller), pytest.raises(Refused) as refused:
        send_invitation(lead.pk, language="en", by=seller)
    assert [reason.code for reason in refused.value.reasons] == ["store", "owner", "terms"]


def test_what_somebody_has_to_decide_first_is_decided_first(
    terms: UpgradeTerms, merchant: Lead, acting: Any, seller: Membership, manager: Membership
) -> None:
    """An upgrade awards the lead: no way round the review, nor round the second look after a refusal."""
    with acting(seller):
        for column, value, code in (("is_in_review", True, "review"), ("refused_person", manager.user_id, "appeal")):
            Lead.objects.filter(pk=merchant.pk).update(**{column: value})
            with pytest.raises(Refused) as refused:
                send_invitation(merchant.pk, language="en", by=seller)
            assert [reason.code for reason in refused.value.reasons] == [code]
            Lead.objects.filter(pk=merchant.pk).update(is_in_review=False)


def test_a_pos_lead_has_none(
    terms: UpgradeTerms, new_lead: Callable[..., Lead], acting: Any, seller: Membership
) -> None:
    lead = new_lead(seller)
    with acting(seller), pytest.raises(Refused, match="Plus kind"):
        send_invitation(lead.pk, language="en", by=seller)


def test_with_its_lead_it_ends(invited: UpgradeInvitation, acting: Any, seller: Membership) -> None:
    with acting(seller):
        withdraw_lead(invited.lead_id, by=seller)
        assert UpgradeInvitation.objects.get().status == Status.WITHDRAWN


def test_what_was_agreed_to_goes_on_without_its_lead(
    acme: Tenant, invited: UpgradeInvitation, acting: Any, seller: Membership, manager: Membership
) -> None:
    agreed(acme, invited)
    with acting(seller):
        withdraw_lead(invited.lead_id, by=seller)
    with acting(manager):
        assert activate(invited.pk, by=manager).status == Status.ACTIVE
        assert Lead.objects.get(pk=invited.lead_id).status == "withdrawn"
        assert not Referral.objects.exists()


def test_terms_are_versions_that_never_change(acting: Any, programme_admin: Membership) -> None:
    with acting(programme_admin):
        first = publish_terms({"en": "One."}, by=programme_admin)
        assert publish_terms({"en": " One. "}, by=programme_admin) == first
        assert publish_terms({"en": "Two.", "pl": ""}, by=programme_admin).number == 2
        assert publish_terms({"en": "Two."}, by=programme_admin, answer_days=30).number == 3
        assert Event.objects.filter(kind="upgradeterms.published").count() == 3
        with pytest.raises(Refused):
            publish_terms({"pl": "Dwa."}, by=programme_admin)
        with pytest.raises(Refused, match="from 1 to 90"):
            publish_terms({"en": "Three."}, by=programme_admin, answer_days=91)
        with pytest.raises(DatabaseError), transaction.atomic():
            UpgradeTerms.objects.filter(pk=first.pk).update(number=9)


def test_the_lead_is_locked_before_what_is_made_of_it(
    invited: UpgradeInvitation, manager: Membership, acting: Any
) -> None:
    """Verbs of the lead lock both in this order: two that meet wait for each other and do not block each other."""
    with acting(manager), CaptureQueriesContext(connection) as asked:
        withdraw(invited.pk, text="Too soon.", by=manager)
    locks = [one["sql"] for one in asked if re.search(r"FOR (NO KEY )?UPDATE", one["sql"])]
    tables = [re.findall(r'FROM "(\w+)"', sql)[0] for sql in locks]
    assert tables[:2] == ["leads_lead", "upgrades_upgradeinvitation"]
