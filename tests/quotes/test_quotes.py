"""Quotes of deals: what they come to, who sees and sends them, what the customer answers by the link (D5)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from deals.models import Deal
from deals.services import lose_deal, open_deal
from notifications.models import Message
from notifications.services import fan_out_events
from notifications.services.rendering import write_mail
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.money import Money, digits_of
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.quotes.models import Product, Quote
from partnerhub.quotes.selectors import quote_path
from partnerhub.quotes.services import (
    accept_quote,
    add_product,
    decline_quote,
    edit_quote,
    new_version,
    open_quote,
    retire_product,
    send_quote,
    sweep_quotes,
    withdraw_quote,
)
from partnerhub.quotes.services.drafting import checked_quote
from partnerhub.quotes.states import MOST_LINES, QuoteStatus
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.paper import can_write_pdf
from tests.calls import Call
from tests.kits.test_races import waiting
from tests.notifications.sink import parsed, text_of
from tests.quotes.brings import TILL, customers_page, with_contact
from tests.wants import wants

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
TRAINING = {"text": "Training", "quantity": 2, "unit_minor": 45_000}
EMAIL = "kauf@kruse.example"


@pytest.fixture
def deal_of(seller: Membership, acting: Any) -> Callable[..., Deal]:
    """A deal of Nordwind's with a contact, co-sell unless another type is said."""

    def opened(kind: str = "co_sell", email: str = EMAIL) -> Deal:
        money = {"value_minor": 4_000_000, "currency": "EUR", "close_date": localdate() + timedelta(days=60)}
        ready = {"name": "Till in a box", "status": SolutionStatus.CO_SELL_READY}
        with acting(seller):
            sold, _is_new = Solution.objects.get_or_create(partner_id=seller.partner_id, **ready)
            named = {"solutions": [sold.pk], "team": [seller.pk], "consent": True, "type": kind}
            deal = open_deal(by=seller, name="Twelve tills", company="Kruse Feinkost", **named, **money)
            if email:
                with_contact(deal, email)
            return deal

    return opened


@pytest.fixture
def sent(seller: Membership, deal_of: Any, acting: Any) -> Quote:
    with acting(seller):
        return send_quote(open_quote(deal_of().pk, lines=[TRAINING], by=seller).pk, by=seller)


@pytest.fixture
def anybody(acme: Tenant) -> Client:
    """The customer's browser: it has no account here."""
    return Client()


def again(quote: Quote) -> Quote:
    return Quote.objects.select_related("deal").get(pk=quote.pk)


def told_of(deal_id: Any) -> list[str]:
    return list(Event.objects.filter(subject_id=deal_id).order_by("id").values_list("kind", flat=True))


LINE = st.fixed_dictionaries(
    {
        "text": st.just("Anything"),
        "quantity": st.integers(1, 1_000_000),
        "unit_minor": st.integers(0, 10**9),
        "discount": st.integers(0, 10_000),
    }
)


@given(lines=st.lists(LINE, max_size=12), currency=st.sampled_from(["EUR", "JPY", "KWD"]))
def test_a_total_is_the_sum_of_the_lines_as_they_are_shown(lines: list[dict[str, Any]], currency: str) -> None:
    """Each line is rounded once, half to even; nothing is left for the total to round."""
    now = {"currency": currency, "valid_until": date(2026, 12, 1), "note": "", "lines": []}
    found = checked_quote(now, {"lines": lines})
    shown = [Money(line["total_minor"], currency).amount for line in found["lines"]]
    assert Money(found["total_minor"], currency).amount == sum(shown, Decimal(0))
    unit = Decimal(1).scaleb(-digits_of(currency))
    for asked, line in zip(lines, shown, strict=True):
        price = Decimal(asked["unit_minor"]).scaleb(-digits_of(currency))
        exact = price * asked["quantity"] * (100 - Decimal(asked["discount"]) / 100) / 100
        assert line == exact.quantize(unit, rounding=ROUND_HALF_EVEN)


def test_lines_take_the_price_of_the_catalogue_and_keep_it(
    programme_admin: Membership, seller: Membership, deal_of: Any, acting: Any
) -> None:
    """A product that is retired stays where it was, and comes on no other quote."""
    deal = deal_of()
    with acting(programme_admin):
        till = add_product(by=programme_admin, **TILL | {"currency": "EUR"})
        with pytest.raises(Refused, match="Another product has this code"):
            add_product(by=programme_admin, **TILL | {"sku": "till-1"})
    with acting(seller):
        quote = open_quote(deal.pk, lines=[{"sku": "till-1", "quantity": 3, "discount": 1250}], by=seller)
        (line,) = quote.lines
        assert (line["text"], line["unit_minor"], line["total_minor"]) == ("Till", 89_900, 235_988)
        assert (quote.currency, quote.total_minor, quote.number) == ("EUR", 235_988, 1)
    with acting(programme_admin):
        retire_product(till.pk, by=programme_admin)
        Product.objects.filter(pk=till.pk).update(price_minor=1)
    with acting(seller):
        assert again(quote).lines == [line]
        kept = edit_quote(quote.pk, lines=[{**line}, TRAINING], by=seller)
        assert [one["sku"] for one in kept.lines] == ["TILL-1", ""]
        with pytest.raises(Refused, match="no product with the code TILL-1"):
            open_quote(deal.pk, lines=[{"sku": "TILL-1"}], by=seller)


WRONG = {
    "a hundred and one lines": ({"lines": [TRAINING] * (MOST_LINES + 1)}, "at most 100 lines"),
    "neither product nor words": ({"lines": [{"unit_minor": 1}]}, "Line 1: name a product"),
    "words without a price": ({"lines": [TRAINING, {"text": "Setup"}]}, "Line 2: enter a price in EUR"),
    "more than all of it": ({"lines": [TRAINING | {"discount": 10_001}]}, "from 0 to 100 percent"),
    "more than a column holds": ({"lines": [TRAINING | {"unit_minor": 2**62}]}, "more money than can be kept"),
    "no currency": ({"currency": "XQQ"}, "Choose a currency"),
}


@pytest.mark.parametrize(("values", "why"), WRONG.values(), ids=WRONG.keys())
def test_what_is_no_quote_is_refused_with_the_line(
    values: dict[str, Any], why: str, seller: Membership, deal_of: Any, acting: Any
) -> None:
    deal = deal_of()
    with acting(seller):
        with pytest.raises(Refused, match=why):
            open_quote(deal.pk, by=seller, **values)
        assert not Quote.objects.exists()


def test_it_is_sent_with_a_line_and_a_day_to_come_and_never_changes_then(
    seller: Membership, deal_of: Any, acting: Any
) -> None:
    deal = deal_of()
    with acting(seller):
        quote = open_quote(deal.pk, by=seller, valid_until=localdate() - timedelta(days=2))
        with pytest.raises(Refused) as refused:
            send_quote(quote.pk, by=seller)
        assert {one.code for one in refused.value.reasons} == {"lines", "valid_until"}
        edit_quote(quote.pk, lines=[TRAINING], valid_until=localdate() + timedelta(days=2), by=seller)
        send_quote(quote.pk, by=seller)
        assert told_of(deal.pk)[-1] == "deal.quote_sent"
        with pytest.raises(Refused):
            edit_quote(quote.pk, note="Cheaper!", by=seller)
    for columns in ({"total_minor": 1}, {"lines": []}, {"note": "Cheaper!"}):
        with acting(seller), pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(**columns)


def test_a_new_version_supersedes_the_old_one_when_it_is_sent(
    seller: Membership, sent: Quote, acting: Any, anybody: Client
) -> None:
    with acting(seller):
        new_version(sent.pk, by=seller)
        draft = Quote.objects.get(previous=sent.pk)
        assert (draft.number, draft.status, draft.lines) == (2, QuoteStatus.DRAFT, sent.lines)
        assert again(sent).status == QuoteStatus.SENT
        with pytest.raises(Refused, match="is being written already"):
            new_version(sent.pk, by=seller)
        send_quote(draft.pk, by=seller)
        assert again(sent).status == QuoteStatus.SUPERSEDED
    old = anybody.get(customers_page(sent))
    assert (old.status_code, "a newer version" in old.content.decode()) == (410, True)


def test_what_the_customer_has_accepted_is_not_replaced(seller: Membership, sent: Quote, acting: Any) -> None:
    with acting(seller):
        new_version(sent.pk, by=seller)
        draft = Quote.objects.get(previous=sent.pk)
        accept_quote(sent, name="Ida Kruse", address=None)
        with pytest.raises(Refused, match="has accepted the version before"):
            send_quote(draft.pk, by=seller)


def test_the_customer_reads_the_link_and_accepts_once(
    acme: Tenant, seller: Membership, manager: Membership, sent: Quote, anybody: Client, acting: Any
) -> None:
    """GET changes nothing; a name and a tick are needed; both sides are told by mail and in the deal's timeline."""
    page = customers_page(sent)
    for _each in "ab":
        shown = anybody.get(page)
        assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    for text in ("Kruse Feinkost", "Training", "900.00", "Nordwind", "Acme"):
        assert text in shown.content.decode()
    assert anybody.post(page, {"act": "accept", "name": "Ida Kruse"}).status_code == 422
    assert anybody.post(page, {"act": "accept", "name": " ", "agree": "on"}).status_code == 422
    with acting(seller):
        assert again(sent).version == sent.version
    assert anybody.post(page, {"act": "accept", "name": "Ida Kruse", "agree": "on"}).status_code == 302
    assert anybody.post(page, {"act": "decline", "text": "No."}).status_code == 409
    assert "Ida Kruse accepted this quote" in anybody.get(page).content.decode()
    with acting(seller):
        done = again(sent)
        assert (done.status, done.answered_name, done.answered_from) == ("accepted", "Ida Kruse", "127.0.0.1")
        assert told_of(sent.deal_id)[-2:] == ["deal.quote_sent", "deal.quote_accepted"]
    with tenant_scope(acme):
        fan_out_events()
        found = Message.objects.filter(event__kind="deal.quote_accepted").values_list("recipient", flat=True)
        assert {seller.pk, manager.pk} <= {*found}


def test_the_customer_may_decline_with_words_and_each_side_reads_them(
    seller: Membership, manager: Membership, sent: Quote, anybody: Client, client_of: ClientOf
) -> None:
    assert anybody.post(customers_page(sent), {"act": "decline", "text": "Too dear for us."}).status_code == 302
    for reader in (seller, manager):
        assert "Too dear for us." in client_of(reader).get(f"/acme/deals/quotes/{sent.pk}/").content.decode()


def test_the_mail_to_the_customer_has_the_link_and_no_event_has_it(
    acme: Tenant, sent: Quote, seller: Membership, acting: Any
) -> None:
    token = quote_path(sent.pk).split("/")[2]
    with tenant_scope(acme):
        fan_out_events()
        (row,) = Message.objects.select_related("event").filter(event__kind="quote.sent")
        letter = parsed(write_mail(row, acme, partner_name="Nordwind", at=datetime.now(UTC)).content)
        assert letter["To"] == EMAIL
        assert f"/quotes/{token}/" in text_of(letter)
        assert token not in str([*Event.objects.values_list("data", flat=True)])
        assert row.recipient is None


def test_a_link_is_of_its_own_tenant_and_cannot_be_guessed(
    zenit: Tenant, seller: Membership, sent: Quote, deal_of: Any, acting: Any, anybody: Client
) -> None:
    path = quote_path(sent.pk)
    draft_path = ""
    with acting(seller):
        draft_path = quote_path(open_quote(sent.deal_id, lines=[TRAINING], by=seller).pk)
    for wrong in (
        f"/zenit{path}",
        f"/acme{path[:-2]}x/",
        f"/acme/quotes/{sent.pk.hex}/",
        f"/acme{draft_path}",
        "/acme/quotes/x/",
    ):
        answer = anybody.get(wrong)
        assert answer.status_code == 404, wrong
        assert "Kruse" not in answer.content.decode()


def test_too_many_answers_from_one_network_are_asked_to_wait(sent: Quote, anybody: Client) -> None:
    page = customers_page(sent)
    codes = [anybody.post(page, {"act": "accept"}).status_code for _each in range(22)]
    assert codes == [422] * 20 + [429] * 2
    typed = anybody.post(page, {"act": "accept", "name": "Ida Kruse", "agree": "on"})
    assert (typed.status_code, "Ida Kruse" in typed.content.decode()) == (429, True)


def test_without_an_address_the_link_is_shown_once(
    seller: Membership, deal_of: Any, acting: Any, client_of: ClientOf, call: Call
) -> None:
    client, deal = client_of(seller), deal_of(email="")
    with acting(seller):
        first, second = (open_quote(deal.pk, lines=[TRAINING], by=seller) for _each in "ab")
    link = quote_path(first.pk)
    answer = client.post(f"/acme/deals/quotes/{first.pk}/send/", {"version": 1})
    assert link in answer.content.decode()
    assert link not in client.get(f"/acme/deals/quotes/{first.pk}/").content.decode()
    told = call(seller).post(f"quotes/{second.pk}/send/", {}, version=1).json()
    assert told["customer_link"].endswith(quote_path(second.pk))
    assert call(seller).get(f"quotes/{second.pk}/").json()["customer_link"] == ""


def test_it_expires_the_day_after_in_the_tenants_zone(
    acme: Tenant, seller: Membership, deal_of: Any, acting: Any, anybody: Client
) -> None:
    acme.timezone = "Europe/Berlin"
    acme.save(update_fields=["timezone"])
    with time_machine.travel(datetime(2026, 11, 10, 10, tzinfo=UTC), tick=False) as clock:
        deal = deal_of()
        with acting(seller):
            quote = open_quote(deal.pk, lines=[TRAINING], valid_until=date(2026, 11, 20), by=seller)
            send_quote(quote.pk, by=seller)
        over = datetime(2026, 11, 20, 23, tzinfo=UTC)  # midnight in Berlin
        clock.move_to(over - timedelta(seconds=1))
        assert (sweep_quotes(), anybody.get(customers_page(quote)).status_code) == (0, 200)
        clock.move_to(over)
        assert anybody.get(customers_page(quote)).status_code == 410
        with acting(seller), pytest.raises(Refused):
            accept_quote(quote, name="Ida Kruse", address=None)
        assert (sweep_quotes(), sweep_quotes()) == (1, 0)
        with acting(seller):
            assert again(quote).status == QuoteStatus.EXPIRED
            assert told_of(deal.pk)[-1] == "deal.quote_expired"


def test_with_the_deal_its_quotes_are_over(
    seller: Membership, sent: Quote, acting: Any, anybody: Client, client_of: ClientOf
) -> None:
    with acting(seller):
        draft = open_quote(sent.deal_id, lines=[TRAINING], by=seller)
        lose_deal(sent.deal_id, code="price", by=seller)
        assert {again(one).status for one in (sent, draft)} == {QuoteStatus.WITHDRAWN}
        with pytest.raises(Refused, match="The deal is closed"):
            open_quote(sent.deal_id, by=seller)
        with pytest.raises(Refused):
            new_version(sent.pk, by=seller)
        with pytest.raises(Refused):
            decline_quote(sent, address=None)
    assert anybody.get(customers_page(sent)).status_code == 410
    page = client_of(seller).get(f"/acme/deals/{sent.deal_id}/").content.decode()
    assert ("Quote 1" in page, "New quote" in page) == (True, False)


def test_each_side_sees_the_quotes_of_a_shared_deal_and_works_on_its_own(
    seller: Membership, manager: Membership, rival: Membership, sent: Quote, acting: Any, client_of: ClientOf,
    call: Call,
) -> None:  # fmt: skip
    page, api = f"/acme/deals/quotes/{sent.pk}/", f"quotes/{sent.pk}/"
    assert [client_of(who).get(page).status_code for who in (seller, manager, rival)] == [200, 200, 404]
    assert call(manager).post(f"{api}withdraw/", {"text": "Ours."}, version=sent.version).status_code == 404
    assert call(rival).get(f"deals/{sent.deal_id}/quotes/").status_code == 404
    assert client_of(manager).get(f"/acme/deals/{sent.deal_id}/quotes/1/")["Location"] == page
    with acting(manager):
        theirs = open_quote(sent.deal_id, lines=[TRAINING], by=manager)
        assert (theirs.number, theirs.sender) == (2, "Acme Commerce")
    found = call(seller).get(f"deals/{sent.deal_id}/quotes/").json()["results"]
    assert [one["number"] for one in found] == [2, 1]
    assert client_of(seller).post(f"/acme/deals/quotes/{theirs.pk}/send/", {"version": 1}).status_code == 404
    with acting(seller):
        withdraw_quote(sent.pk, text="They buy elsewhere.", by=seller)
    assert "They buy elsewhere." in client_of(manager).get(f"/acme/deals/{sent.deal_id}/").content.decode()


def test_quotes_of_a_private_deal_are_its_partners_alone(
    acme: Tenant, seller: Membership, manager: Membership, deal_of: Any, acting: Any, client_of: ClientOf
) -> None:
    deal = deal_of(kind="private")
    with acting(seller):
        quote = send_quote(open_quote(deal.pk, lines=[TRAINING], by=seller).pk, by=seller)
        accept_quote(quote, name="Ida Kruse", address=None)
    with acting(manager):
        assert not Quote.objects.filter(pk=quote.pk).exists()
    assert client_of(manager).get(f"/acme/deals/quotes/{quote.pk}/").status_code == 404
    with tenant_scope(acme):
        fan_out_events()
        told = {*Message.objects.filter(event__kind="deal.quote_accepted").values_list("recipient", flat=True)}
        assert (seller.pk in told, manager.pk in told) == (True, False)
        events = Event.objects.filter(kind__contains="quote").values_list("audience", flat=True)
        assert {*events} == {"partner"}


def test_a_draft_is_written_on_the_page_line_by_line(
    seller: Membership, deal_of: Any, client_of: ClientOf, programme_admin: Membership, acting: Any
) -> None:
    client, deal = client_of(seller), deal_of()
    with acting(programme_admin):
        add_product(by=programme_admin, **TILL | {"currency": "EUR"})
    new = f"/acme/deals/{deal.pk}/quotes/new/"
    assert 'value="EUR" selected' in client.get(new).content.decode()
    typed = {"version": deal.version, "currency": "EUR", "valid_until": localdate() + timedelta(days=9), "note": ""}
    edit = client.post(new, typed)["Location"]
    shown = client.get(edit).content.decode()
    assert '<option value="TILL-1">Till</option>' in shown
    assert ('name="line-2-sku"' in shown, 'name="line-3-sku"' in shown) == (True, False)
    lines = {"line-0-sku": "till-1", "line-2-text": "Training", "line-2-price": "450.50", "line-2-discount": "12.5"}
    wrong = client.post(edit, typed | {"version": 1} | lines | {"line-2-price": "much"})
    assert (wrong.status_code, "Line 3: this is no price in EUR." in wrong.content.decode()) == (422, True)
    assert client.post(edit, typed | {"version": 1} | lines).status_code == 302
    with acting(seller):
        found = [(one["text"], one["quantity"], one["total_minor"]) for one in Quote.objects.get().lines]
    assert found == [("Till", 1, 89_900), ("Training", 1, 39_419)]
    assert 'value="12.5"' in client.get(edit.partition("?")[0]).content.decode()


@wants(can_write_pdf(), "Pango is not on this machine: no PDF is offered.")
def test_it_is_a_file_for_who_sees_it(seller: Membership, rival: Membership, sent: Quote, client_of: ClientOf) -> None:
    page = f"/acme/deals/{sent.deal_id}/quotes/1/pdf/"
    answer = client_of(seller).get(page)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert client_of(rival).get(page).status_code == 404
    assert page in client_of(seller).get(f"/acme/deals/quotes/{sent.pk}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_is_taken(
    acme: Tenant, nordwind: Partner, seller: Membership, sent: Quote, admin_cursor: Any
) -> None:
    page = customers_page(sent)

    def accept(name: str) -> int:
        try:
            return Client().post(page, {"act": "accept", "name": name, "agree": "on"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads, transaction.atomic():
        with tenant_scope(acme):
            Deal.objects.select_for_update().get(pk=sent.deal_id)
        asked = [threads.submit(accept, name) for name in ("Ida Kruse", "Ole Kruse")]
        while waiting(admin_cursor) + sum(each.done() for each in asked) < len(asked):
            pass  # until both stand in the queue of the deal's row
    assert sorted(each.result() for each in asked) == [302, 409]
    with tenant_scope(acme):
        assert told_of(sent.deal_id).count("deal.quote_accepted") == 1
        assert again(sent).version == sent.version + 1
