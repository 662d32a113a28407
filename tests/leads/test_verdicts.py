"""The conflict check (E1, rulings 2): what it finds, to whom it says what, how often, and what follows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from deals.services import add_account
from leads.models import ConflictCount, Lead, Program
from leads.selectors import verdict_alone
from leads.services import Conflicting, assign_lead, award_lead, new_lead_id, submit_lead
from leads.services.verdicts import TOLD_A_DAY
from leads.states import Conflict, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import answers
from tests.leads.answers import WINDOW, pos

POS = "/acme/leads/new/pos/"
OTHER = {"first_name": "Ole", "last_name": "Brandt", "email": "o@gmail.com", "phone": "+49 40 1", "postcode": "20095"}


@pytest.fixture(autouse=True)
def _check_is_on(acme: Tenant) -> None:
    acme.conflict_check = "tell"
    acme.save(update_fields=["conflict_check"])


@pytest.fixture
def submit(acting: Callable[[Membership], Any]) -> Callable[..., Lead]:
    def act(by: Membership, *, review: str | None = None, **changes: Any) -> Lead:
        values = answers(consent=True, terms=True, consent_date=None, sales_support=True) | changes
        with acting(by):
            program = Program.objects.get(slug="pos")
            lead = submit_lead(new_lead_id(), program=program, answers=values, by=by, review=review)
            lead.protected_until = now() + timedelta(days=30)
            lead.save(update_fields=["protected_until"])
            return lead

    return act


def changed(acme: Tenant, lead: Lead, **columns: Any) -> None:
    with tenant_scope(acme):
        Lead.objects.filter(pk=lead.pk).update(**columns)


def test_ones_own_business_is_refused_with_the_lead(seller: Membership, submit: Callable[..., Lead]) -> None:
    first = submit(seller)
    with pytest.raises(Conflicting) as found:
        submit(seller, website="http://www.HAFENKONTOR.example.org/shop", company="Other name", **OTHER)
    assert (found.value.verdict.lead, found.value.may_be_reviewed) == (first, False)
    assert str(found.value.reasons[0].text) == "You have referred this business already: lead L-1."
    with pytest.raises(Conflicting):
        submit(seller, website="https://hafenkontor.example.org", review="All the same")


def test_what_another_partner_protects_is_told_by_its_day_and_goes_to_review(
    acme: Tenant, seller: Membership, rival: Membership, submit: Callable[..., Lead]
) -> None:
    first = submit(rival)
    with pytest.raises(Conflicting) as found:
        submit(seller, **OTHER)
    verdict = found.value.verdict
    assert (verdict.word, verdict.lead, verdict.day) == (Conflict.HELD, None, first.protected_until)
    assert "protected for another partner until" in str(found.value.reasons[0].text)
    assert rival.partner is not None
    assert rival.partner.name not in str(found.value.reasons[0].text)
    with pytest.raises(Refused) as refused:
        submit(seller, review=" ", **OTHER)
    assert refused.value.reasons[0].field == "review"
    sent = submit(seller, review="We met them in May.", **OTHER)
    assert (sent.status, sent.conflict, sent.is_in_review) == (Status.SUBMITTED, Conflict.HELD, True)
    assert sent.review_text == "We met them in May."
    third = submit(rival, website="https://third.example", company="Third", **OTHER)
    assert third.conflict == Conflict.FREE
    changed(acme, first, protected_until=now() - timedelta(days=1))
    changed(acme, sent, status="withdrawn")
    assert submit(seller, **OTHER).conflict == Conflict.FREE, "protection has run out, though the lead is open"


def test_a_lead_in_review_protects_nobody(
    acme: Tenant, seller: Membership, rival: Membership, submit: Callable[..., Lead]
) -> None:
    changed(acme, submit(rival), is_in_review=True)
    assert submit(seller).conflict == Conflict.FREE


def test_a_customer_is_told_by_its_month(
    acme: Tenant, seller: Membership, rival: Membership, manager: Membership, acting: Any, submit: Callable[..., Lead]
) -> None:
    with acting(manager):
        add_account({"name": "Oil", "domains": ["oil.no"], "customer_since": "2024-03-15"}, by=manager)
        add_account({"name": "Shut", "domains": ["shut.no"], "do_not_refer": True}, by=manager)
        add_account({"name": "Only a name", "domains": ["known.no"]}, by=manager)
    told = {}
    for host in ("shop.oil.no", "shut.no"):
        with pytest.raises(Conflicting) as found:
            submit(seller, website=f"https://{host}", company=host, **OTHER)
        told[host] = str(found.value.reasons[0].text)
    assert told == {
        "shop.oil.no": "This business is already a customer since March 2024.",
        "shut.no": "We know this business already.",
    }
    assert submit(seller, website="https://known.no", company="Known", **OTHER).conflict == Conflict.FREE
    awarded = submit(rival)
    changed(acme, awarded, status="awarded", status_changed_at="2025-01-20T12:00:00Z")
    with pytest.raises(Conflicting, match="customer since January 2025"):
        submit(seller, **OTHER)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"website": "https://a.github.io"}, {"website": "https://b.github.io"}),
        ({"website": "https://etsy.com/a", "email": "info@gmail.com"}, {"email": "info@gmail.com"}),
        ({"phone": "+49 421 5550184"}, {"website": "https://b.example", "phone": "+49 421 5550184"}),
    ],
)
def test_what_many_share_is_never_by_itself_a_conflict(
    seller: Membership, rival: Membership, submit: Callable[..., Lead], first: dict[str, str], second: dict[str, str]
) -> None:
    submit(rival, **({"company": "Kawa", "website": "https://facebook.com/kawa"} | first))
    both = {"company": "Salon Anna", "website": "https://facebook.com/anna"} | second
    assert submit(seller, **both).conflict == Conflict.FREE


@pytest.mark.parametrize(
    "second",
    [
        {"website": "https://shop.hafenkontor-altona.de"},
        {"email": "info@hafenkontor-altona.de"},
        {"company": "HAFENKONTOR ALTONA", "phone": "+49 421 5550184"},
        {"company": "Hafenkontor Altona AG", "postcode": "28 195"},
    ],
)
def test_one_key_in_common_is_enough(
    seller: Membership, rival: Membership, submit: Callable[..., Lead], second: dict[str, str]
) -> None:
    submit(rival, company="Hafenkontor Altona GmbH", website="https://www.hafenkontor-altona.de")
    with pytest.raises(Conflicting):
        submit(seller, **({"company": "Unlike", "website": "https://unlike.example"} | OTHER | second))


def test_nothing_of_another_tenant_is_ever_compared(
    seller: Membership, stranger: Membership, submit: Callable[..., Lead]
) -> None:
    submit(stranger)
    assert submit(seller).conflict == Conflict.FREE


def test_a_portal_may_tell_nothing_of_other_partners(
    acme: Tenant, seller: Membership, rival: Membership, programme_admin: Membership, client_of: Any, submit: Any
) -> None:
    submit(rival)
    client: Client = client_of(programme_admin)
    assert client.get("/acme/programs/conflict-check/").status_code == 200
    assert client.post("/acme/programs/conflict-check/", {"mode": "review"}).status_code in {302, 303}
    lead = submit(seller, **OTHER)
    assert (lead.is_in_review, lead.conflict, lead.review_text) == (True, Conflict.HELD, "")
    with tenant_scope(acme):
        event = Event.objects.get(kind="program.conflict_check_set")
        assert (event.before, event.after) == ({"conflict_check": "tell"}, {"conflict_check": "review"})
        assert not ConflictCount.objects.exists()


def test_so_many_a_day_are_told_and_no_more(
    seller: Membership, rival: Membership, acting: Any, client_of: Any, submit: Callable[..., Lead]
) -> None:
    submit(rival)
    with acting(seller):
        ConflictCount.objects.create(partner_id=seller.partner_id, day=now().date(), told=TOLD_A_DAY - 1)
    client: Client = client_of(seller)
    form = pos(window=WINDOW, website="https://hafenkontor.example.org")
    last = client.post(POS, form)
    assert (last.status_code, "protected for another partner" in last.content.decode()) == (409, True)
    after = client.post(POS, form)
    text = after.content.decode()
    assert (after.status_code, "protected for another partner" in text) == (409, False)
    assert "It tells more from" in text
    assert submit(seller, review="We met.", **OTHER).is_in_review


def test_while_typing_only_ones_own_is_told(
    seller: Membership, rival: Membership, client_of: Any, submit: Callable[..., Lead]
) -> None:
    own = submit(seller, website="https://own.example", company="Own", **OTHER)
    submit(rival)
    client: Client = client_of(seller)
    asked = {"lead": str(new_lead_id()), "website": "hafenkontor.example.org"}
    held = client.post(f"{POS}known/", asked).content.decode()
    free = client.post(f"{POS}known/", asked | {"website": "nobody.example"}).content.decode()
    assert held == free
    assert "Free" in held
    mine = client.post(f"{POS}known/", asked | {"website": "www.own.example", "email": "x@gmail.com"}).content.decode()
    assert f"/acme/leads/{own.pk}/" in mine
    assert "Anybody can get an address at gmail.com" in mine
    assert client.post(f"{POS}known/", {"website": "…" * 9000, "email": "@", "phone": "x"}).status_code == 200


def test_the_form_offers_the_choice_and_sends_for_review(
    acme: Tenant, seller: Membership, rival: Membership, client_of: Any, submit: Callable[..., Lead]
) -> None:
    first = submit(rival, company="Wollkontor Elbufer GmbH", website="https://wollkontor-elbufer.example")
    client: Client = client_of(seller)
    form = pos(window=WINDOW, lead=str(new_lead_id()), website="https://wollkontor-elbufer.example")
    found = client.post(POS, form)
    text = found.content.decode()
    assert found.status_code == 409
    assert "Send for review" in text
    assert str(first.pk) not in text
    assert 'name="review"' in text
    sent = client.post(POS, form | {"send_for_review": "1", "review": "We know the owner."})
    assert sent.status_code == 303, sent.content.decode()[:2000]
    with tenant_scope(acme):
        lead = Lead.objects.get(pk=form["lead"])
        assert (lead.is_in_review, lead.review_text) == (True, "We know the owner.")
        assert ConflictCount.objects.get().told == 1
    again = client.post(POS, pos(window=WINDOW, lead=str(new_lead_id()), website="https://wollkontor-elbufer.example"))
    assert again.status_code == 409
    assert f"/acme/leads/{form['lead']}/" in again.content.decode()


@pytest.fixture
def reviewed(seller: Membership, rival: Membership, submit: Callable[..., Lead]) -> Lead:
    """The seller's lead, sent for review because the rival's is protected."""
    submit(rival)
    return submit(seller, review="We met them in May.", **OTHER)


def test_what_is_let_stand_goes_on_as_any_other_lead(
    acme: Tenant, reviewed: Lead, manager: Membership, seller: Membership, call: Call, client_of: Any, acting: Any
) -> None:
    with acting(manager):
        reviewed = assign_lead(reviewed.pk, to=manager.pk, by=manager)
    path = f"leads/{reviewed.pk}"
    early = call(manager).post(f"{path}/start/", version=reviewed.version)
    assert (early.status_code, early.json()["reasons"][0]["code"]) == (409, "review"), early.content
    assert call(seller).post(f"{path}/let-stand/", version=reviewed.version).status_code in {403, 404}
    page = client_of(manager).get(f"/acme/{path}/").content.decode()
    assert "We met them in May." in page
    assert f"/acme/{path}/let-stand/" in page
    assert "nothing protects it" in client_of(seller).get(f"/acme/{path}/").content.decode()
    stands = call(manager).post(f"{path}/let-stand/", version=reviewed.version)
    assert (stands.status_code, stands.json()["is_in_review"]) == (200, False), stands.content
    again = call(manager).post(f"{path}/let-stand/", version=stands.json()["version"])
    assert again.json()["reasons"][0]["code"] == "review"
    begun = call(manager).post(f"{path}/start/", version=stands.json()["version"])
    assert begun.json()["status"] == Status.IN_PROGRESS
    with tenant_scope(acme):
        event = Event.objects.get(kind="lead.let_stand")
        assert (event.before, event.after) == ({"is_in_review": True}, {"is_in_review": False})
        held = Lead.objects.get(pk=reviewed.pk)
        assert verdict_alone(held.identity_keys, partner_id=new_id(), lead_id=new_id()).day == held.protected_until


def test_the_reason_is_chosen_that_the_vendors_accounts_give(
    seller: Membership, manager: Membership, reviewed: Lead, acting: Any, client_of: Any, submit: Callable[..., Lead]
) -> None:
    """The list is read as it is when the lead is refused; what is chosen, the person may change."""
    free = submit(seller, website="https://free.no", company="Free", **OTHER)
    client: Client = client_of(manager)

    def chosen(lead: Lead) -> list[str]:
        page = client.get(f"/acme/leads/{lead.pk}/refuse/").content.decode()
        return re.findall(r'<option value="(\w*)"[^>]* selected', page)

    assert (chosen(free), chosen(reviewed)) == ([""], ["duplicate"])
    with acting(manager):
        add_account({"name": "Only a name", "domains": ["free.no"]}, by=manager)
        assert chosen(free) == [""]
        add_account({"name": "Free", "domains": ["free.no"], "customer_since": "2024-03-15"}, by=manager)
    assert chosen(free) == ["existing_customer"]


def test_an_award_ends_the_review(reviewed: Lead, manager: Membership, acting: Any) -> None:
    with acting(manager):
        awarded = award_lead(reviewed.pk, by=manager)
        assert not awarded.is_in_review
        assert Event.objects.get(kind="lead.awarded").after["is_in_review"] is False


def test_over_the_api_the_word_goes_along_and_asking_first_tells_no_more_than_typing(
    acme: Tenant, call: Call, seller: Membership, rival: Membership, submit: Callable[..., Lead]
) -> None:
    submit(rival, company="Wollkontor", website="https://wollkontor-elbufer.example")
    body = {"program": "pos", **{name: value for name, value in pos().items() if name not in {"window", "lead"}}}
    body = {name: True if value == "on" else value for name, value in body.items() if name in _API}
    body |= {"website": "https://wollkontor-elbufer.example", "locations": 2}
    asked = call(seller).post("leads/?validate=only", body)
    assert asked.status_code == 204, asked.content
    refused = call(seller).post("leads/", body)
    assert refused.status_code == 409, refused.content
    assert "protected for another partner" in refused.content.decode()
    with tenant_scope(acme):
        assert ConflictCount.objects.get().told == 1
    sent = call(seller).post("leads/", body | {"review": "We met."})
    assert (sent.status_code, sent.json()["is_in_review"], sent.json()["review_text"]) == (201, True, "We met.")
    assert "conflict" not in sent.json()


_API = frozenset(
    [
        "program",
        "company",
        "website",
        "country",
        "first_name",
        "last_name",
        "email",
        "phone",
        "consent",
        "consent_basis",
        "consent_date",
        "terms",
    ]
)
