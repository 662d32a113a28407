"""From a lead of the vendor's to its holder and back (C5, E7, E31; rulings 5, 7, 8, 27, 28)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from deals.models import Company
from leads.models import Lead, Program
from leads.selectors import waiting_leads
from leads.services import Conflicting, refuse_lead, submit_lead
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim, ClaimCounter, Queue, QueuedLead
from partnerhub.claims.selectors import holding_of, waiting_leads_for
from partnerhub.claims.services import (
    WhereTo,
    add_fallback_queue,
    add_queue,
    change_queue,
    claim_lead,
    confirm_dead,
    find_alive,
    place_lead,
    report_dead,
    return_lead,
    say_progress,
    sweep_claims,
    take_back,
)
from partnerhub.claims.services.entering import To
from partnerhub.claims.states import Status, Whereabouts
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.notes.services import post_message
from partnerhub.partners.kept import add_tier
from partnerhub.partners.models import Partner
from partnerhub.partners.services import set_tier, suspend_partner
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import answers

Bring = Callable[..., Lead]


@pytest.fixture
def taken(bring: Bring, acting: Any, seller: Membership) -> Lead:
    """A lead that Nordwind's seller holds."""
    lead = bring()
    with acting(seller):
        claim_lead(lead.pk, by=seller)
    return lead


def seen(member: Membership) -> list[str]:
    return [str(row) for row in waiting_leads_for(member)]


def status_of(lead: Lead) -> str:
    return Claim.objects.filter(lead=lead.pk).order_by("-created_at").values_list("status", flat=True)[0]


def test_what_waits_is_nobodys_and_shows_nothing_of_whose_it_is(
    bring: Bring, acting: Any, seller: Membership, manager: Membership
) -> None:
    lead = bring()
    with acting(manager):
        assert (lead.partner_id, lead.status, lead.origin) == (None, "submitted", "vendor")
        assert waiting_leads(manager).count() == 0
    with acting(seller):
        assert not Lead.objects.filter(pk=lead.pk).exists()
        assert not Company.objects.exists()
        assert not Event.objects.exists()
        row = waiting_leads_for(seller).get()
        assert (row.country.code, row.postcode, row.industry, row.size) == ("DE", "20", "restaurant", "Four shops")
        columns = {field.name for field in QueuedLead._meta.fields}
        assert not columns & {"company", "website", "email", "phone", "first_name", "last_name", "notes", "street"}
        with pytest.raises(DatabaseError), transaction.atomic():
            QueuedLead.objects.create(lead_id=lead.pk, number=9, queue=row.queue, place="queue", program=row.program)
        assert QueuedLead.objects.update(place=Whereabouts.KEPT) == 0
        assert Queue.objects.update(held_at_most=1000) == 0


def test_its_page_says_nothing_of_a_partner_that_it_does_not_have(
    bring: Bring, client_of: Any, manager: Membership
) -> None:
    lead, client = bring(), client_of(manager)
    page = client.get(f"/acme/leads/{lead.pk}/").content.decode()
    assert "Waits in the queue" in page
    assert "The partner reads these words" not in page
    assert "Program terms accepted" not in page
    assert '<textarea name="notes"' in client.get("/acme/vendor-leads/new/").content.decode()


def test_the_first_gets_it_with_all_that_was_withheld(
    taken: Lead, acting: Any, seller: Membership, rival: Membership
) -> None:
    with acting(seller):
        lead = Lead.objects.get(pk=taken.pk)
        assert (lead.status, lead.owner_id, lead.email) == (
            "in_progress",
            seller.pk,
            "j.ahlers@hafenkontor.example.org",
        )
        assert Company.objects.get().name == "Hafenkontor"
        claim = Claim.objects.get()
        assert claim.status == Status.HELD
        assert claim.lease_until is not None
        assert (claim.lease_until - claim.acted_at).days == 28
        assert (holding_of(seller.partner).held, seen(seller)) == (1, [])  # type: ignore[arg-type]
        event = Event.objects.get(kind="lead.claimed")
        assert event.before == {"status": "submitted", "partner": None, "owner": None}
        assert (event.after["partner"], event.actor_id) == (str(seller.partner_id), seller.pk)
    with acting(rival):
        assert not Lead.objects.exists()
        assert not Claim.objects.exists()
        assert seen(rival) == []
        with pytest.raises(Refused, match="Another partner has taken"):
            claim_lead(taken.pk, by=rival)
        assert not ClaimCounter.objects.exists()


def test_a_lead_of_the_vendors_is_found_from_the_start(
    taken: Lead, acme: Tenant, acting: Any, seller: Membership, rival: Membership
) -> None:
    acme.conflict_check = "tell"
    acme.save(update_fields=["conflict_check"])
    business = {"company": "Other name", "website": "https://hafenkontor.example.org"}
    values = answers(consent=True, terms=True, consent_date=None, sales_support=True) | business
    with acting(seller), pytest.raises(Conflicting, match=f"already: lead L-{taken.number}"):
        submit_lead(new_id(), program=Program.objects.get(slug="pos"), answers=values, by=seller)
    with tenant_scope(acme):
        Lead.objects.filter(pk=taken.pk).update(protected_until=now() + timedelta(days=1))
    with acting(rival), pytest.raises(Conflicting, match="protected for another partner"):
        submit_lead(new_id(), program=Program.objects.get(slug="pos"), answers=values, by=rival)


def test_a_claim_costs_ten_statements(bring: Bring, acting: Any, seller: Membership) -> None:
    lead = bring()
    with (
        acting(seller),
        CaptureQueriesContext(
            connection,
        ) as sent,
    ):
        claim_lead(lead.pk, by=seller)
    said = [one["sql"] for one in sent.captured_queries]
    assert len(said) <= 10, said


def test_limits_are_counted_and_say_when_the_next_is_possible(
    bring: Bring, acting: Any, seller: Membership, manager: Membership
) -> None:
    first, second, third = bring(number=1), bring(number=2), bring(number=3)
    with acting(manager):
        queue = Queue.objects.get(is_fallback=True)
        change_queue(queue.pk, {"held_at_most": 1}, by=manager)
    with acting(seller):
        claim_lead(first.pk, by=seller)
        with pytest.raises(Refused, match="holds as many leads") as refused:
            claim_lead(second.pk, by=seller)
        assert refused.value.reasons[0].code == "held"
        assert str(second.reference) in seen(seller)
        return_lead(first.pk, text="Too far away.", by=seller)
        claim_lead(second.pk, by=seller)
    with acting(manager):
        change_queue(queue.pk, {"held_at_most": 5, "per_day": 2}, by=manager)
    with acting(seller):
        with pytest.raises(Refused, match="The next is possible on") as refused:
            claim_lead(third.pk, by=seller)
        assert refused.value.reasons[0].code == "limit"
        assert holding_of(seller.partner).is_full  # type: ignore[arg-type]


def test_a_queue_is_open_to_chosen_tiers_and_a_tiers_limits_go_before_the_queues(
    bring: Bring, acting: Any, seller: Membership, rival: Membership, manager: Membership, programme_admin: Membership
) -> None:
    with acting(programme_admin):
        gold = add_tier({"name": "Gold", "position": 2, "claim_limit": 1, "claims_per_day": 9}, by=programme_admin)
        set_tier(rival.partner_id, gold.pk, by=programme_admin)  # type: ignore[arg-type]
        with pytest.raises(Refused, match="tiers of this portal"):
            add_queue({"name": "Nobody's", "tiers": [new_id()]}, by=programme_admin)
        add_fallback_queue()
        queue = add_queue({"name": "Golden", "position": 1, "tiers": [gold.pk]}, by=programme_admin)
        rival.partner = Partner.objects.get(pk=rival.partner_id)
    first, second, offered = bring(number=1), bring(number=2), bring(WhereTo.OFFER, number=3, partner=seller.partner)
    with acting(seller):
        assert seen(seller) == [offered.reference], "what is offered to a partner it sees, whatever its tier"
        with pytest.raises(Refused, match="not offered any more"):
            claim_lead(first.pk, by=seller)
        assert holding_of(seller.partner).most == 5  # type: ignore[arg-type]  # the fallback queue's
        claim_lead(offered.pk, by=seller)
    with acting(rival):
        assert sorted(seen(rival)) == sorted([first.reference, second.reference])
        claim_lead(first.pk, by=rival)
        holding = holding_of(rival.partner)  # type: ignore[arg-type]
        assert (holding.held, holding.most, holding.is_full) == (1, 1, True)
        with pytest.raises(Refused, match="holds as many leads"):
            claim_lead(second.pk, by=rival)
    with acting(manager):
        change_queue(queue.pk, {"tiers": []}, by=manager)
    with acting(seller):
        claim_lead(second.pk, by=seller)


def test_returned_it_is_never_offered_to_that_partner_again(
    taken: Lead, acting: Any, seller: Membership, rival: Membership, manager: Membership
) -> None:
    with acting(seller):
        return_lead(taken.pk, text="Too far away.", by=seller)
        assert not Lead.objects.exists()
        assert seen(seller) == []
        assert ClaimCounter.objects.get().held == 0
        with pytest.raises(Refused):
            claim_lead(taken.pk, by=seller)
    with acting(manager):
        with pytest.raises(Refused, match="declined or returned"):
            place_lead(taken.pk, to=To(WhereTo.OFFER, partner=seller.partner), by=manager)
        lead = Lead.objects.get(pk=taken.pk)
        assert (lead.partner_id, lead.owner_id, lead.status, lead.is_set_aside) == (None, None, "submitted", True)
        assert Event.objects.get(kind="claim.returned").data["reason_text"] == "Too far away."
    with acting(rival):
        assert seen(rival) == [taken.reference]
        claim_lead(taken.pk, by=rival)
        assert not Event.objects.filter(kind="claim.returned").exists()
        assert Lead.objects.get().owner_id == rival.pk


def test_an_offer_is_seen_by_its_partner_alone_and_declined_or_expired_it_waits_for_all(
    bring: Bring, acme: Tenant, acting: Any, seller: Membership, rival: Membership
) -> None:
    declined, expired, accepted = (bring(WhereTo.OFFER, number=one, partner=seller.partner) for one in (1, 2, 3))
    with acting(rival):
        assert seen(rival) == []
        with pytest.raises(Refused):
            claim_lead(declined.pk, by=rival)
    with acting(seller):
        assert len(seen(seller)) == 3
        assert not Lead.objects.exists()
        claim_lead(accepted.pk, by=seller)
        assert Claim.objects.get(lead=accepted.pk).status == Status.HELD
        return_lead(declined.pk, text="Not a fit.", by=seller)
    with tenant_scope(acme):
        Claim.objects.filter(lead=expired.pk).update(lease_until=now() - timedelta(seconds=1))
        sweep_claims()
        assert [status_of(one) for one in (declined, expired, accepted)] == ["declined", "expired", "held"]
    with acting(rival):
        assert sorted(seen(rival)) == sorted([declined.reference, expired.reference])
    with acting(seller):
        assert seen(seller) == [expired.reference]


def test_an_act_keeps_it_and_without_one_it_is_warned_and_goes_back(
    taken: Lead, acme: Tenant, acting: Any, seller: Membership, rival: Membership
) -> None:
    with acting(seller):
        post_message(Lead.objects.get(), body="Called them.", by=seller)
        assert Claim.objects.get().status == Status.KEPT
        say_progress(taken.pk, progress="meeting", text="On Monday.", by=seller)
        assert Claim.objects.get().progress == "meeting"
    with tenant_scope(acme):
        Claim.objects.update(warn_at=now() - timedelta(seconds=1))
        sweep_claims()
        sweep_claims()
        assert Event.objects.filter(kind="claim.warned").count() == 1
        assert status_of(taken) == "kept"
    with acting(seller):
        say_progress(taken.pk, progress="qualified", text="", by=seller)
        assert Claim.objects.get().is_warned is False
    with tenant_scope(acme):
        Claim.objects.update(lease_until=now() - timedelta(seconds=1))
        sweep_claims()
        sweep_claims()
        assert Event.objects.filter(kind="claim.lapsed").count() == 1
        assert ClaimCounter.objects.get().held == 0
    for member in (seller, rival):
        with acting(member):
            assert seen(member) == [taken.reference]


def test_a_channel_manager_gives_takes_back_keeps_and_hands_out(
    bring: Bring, acting: Any, seller: Membership, manager: Membership, colleague: Membership
) -> None:
    given, kept = bring(WhereTo.GIVE, partner=seller.partner), bring(WhereTo.KEEP, number=2)
    with acting(manager):
        event = Event.objects.get(kind="lead.claimed")
        assert (event.actor_id, event.data["for_them"], event.data["owner_id"]) == (manager.pk, True, str(seller.pk))
        take_back(given.pk, text="They asked us to.", by=manager)
        assert status_of(given) == "returned"
        assert Lead.objects.get(pk=given.pk).partner_id is None
        place_lead(kept.pk, to=To(WhereTo.QUEUE), by=manager)
        told = list(Event.objects.filter(kind="queuedlead.placed").values_list("after__place", "partner_id"))
        assert told == [("queue", None), ("queue", None)], "taken back, handed out"
    with acting(seller):
        assert seen(seller) == [kept.reference]
        with pytest.raises(NotPermitted):
            take_back(kept.pk, text="No.", by=seller)
    with acting(colleague), pytest.raises(NotPermitted):
        claim_lead(kept.pk, by=colleague)
    submitted = bring(WhereTo.SUBMIT, number=3, partner=seller.partner)
    with acting(seller):
        assert Lead.objects.get(pk=submitted.pk).status == "submitted"
        assert Event.objects.get(kind="lead.entered_for").actor_id == manager.pk


def test_a_decision_ends_the_claim_and_takes_what_waits_out_of_its_queue(
    bring: Bring, taken: Lead, acting: Any, seller: Membership, manager: Membership
) -> None:
    waiting = bring(number=2)
    with acting(manager):
        for lead in (taken, waiting):
            refuse_lead(lead.pk, code="other", text="They closed.", by=manager)
        assert status_of(taken) == "ended"
        assert ClaimCounter.objects.get().held == 0
    with acting(seller):
        assert seen(seller) == []
        with pytest.raises(Refused):
            claim_lead(waiting.pk, by=seller)


def test_a_suspended_partners_claims_return_and_its_offers_end(
    bring: Bring, taken: Lead, nordwind: Partner, acting: Any, rival: Membership, manager: Membership
) -> None:
    offered = bring(WhereTo.OFFER, number=2, partner=nordwind)
    with acting(manager):
        suspend_partner(nordwind.pk, reason="Unpaid.", by=manager)
        assert [status_of(lead) for lead in (taken, offered)] == ["lapsed", "expired"]
    with acting(rival):
        assert sorted(seen(rival)) == sorted([taken.reference, offered.reference])


def test_a_portal_has_one_fallback_queue(acme: Tenant) -> None:
    with tenant_scope(acme):
        assert add_fallback_queue().pk == add_fallback_queue().pk
        assert Queue.objects.get().is_fallback


def test_a_lead_that_its_holder_reports_dead_ends_once_a_channel_manager_confirms_it(
    taken: Lead, acting: Any, seller: Membership, rival: Membership, manager: Membership
) -> None:
    with acting(seller):
        report_dead(taken.pk, text="They closed.", by=seller)
        with pytest.raises(Refused, match="reported dead already"):
            report_dead(taken.pk, text="They closed.", by=seller)
        with pytest.raises(NotPermitted):
            confirm_dead(taken.pk, code="other", text="They closed.", by=seller)
        assert Claim.objects.get().status == Status.KEPT
    with acting(rival), pytest.raises(Claim.DoesNotExist):
        report_dead(taken.pk, text="No.", by=rival)
    with acting(manager):
        find_alive(taken.pk, text="They have moved.", by=manager)
        assert Claim.objects.get().dead_text == ""
        with pytest.raises(Refused, match="any more"):
            confirm_dead(taken.pk, code="other", text="They closed.", by=manager)
    with acting(seller):
        report_dead(taken.pk, text="They closed.", by=seller)
        say_progress(taken.pk, progress="contacted", text="", by=seller)
        assert Claim.objects.get().dead_text == "", "an act takes it back"
        report_dead(taken.pk, text="They did close.", by=seller)
    with acting(manager):
        claim = confirm_dead(taken.pk, code="no_contact", text="They did close.", by=manager)
        assert claim.status == Status.ENDED
        lead = Lead.objects.get(pk=taken.pk)
        assert (lead.status, lead.reason_code, lead.partner_id) == ("not_eligible", "no_contact", seller.partner_id)
        assert ClaimCounter.objects.get().held == 0
        told = list(Event.objects.filter(kind__startswith="claim.").order_by("id").values_list("kind", flat=True))
        assert told == [
            "claim.reported_dead",
            "claim.found_alive",
            "claim.reported_dead",
            "claim.progress",
            "claim.reported_dead",
            "claim.ended",
        ]
