"""What a quote comes to, how it is drafted, sent and replaced, and who sees it (D5)."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.money import Money, digits_of
from partnerhub.quotes.models import Product, Quote
from partnerhub.quotes.services import (
    accept_quote,
    add_product,
    edit_quote,
    new_version,
    open_quote,
    retire_product,
    send_quote,
    withdraw_quote,
)
from partnerhub.quotes.services.drafting import checked_quote
from partnerhub.quotes.states import MOST_LINES, QuoteStatus
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.paper import can_write_pdf
from tests.calls import Call
from tests.missing import wants
from tests.quotes.brings import TILL, customers_page
from tests.quotes.conftest import TRAINING, ClientOf, again, told_of

pytestmark = pytest.mark.django_db


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
        with pytest.raises(Refused, match="No product with the code TILL-1"):
            open_quote(deal.pk, lines=[{"sku": "TILL-1"}], by=seller)


WRONG = {
    "a hundred and one lines": ({"lines": [TRAINING] * (MOST_LINES + 1)}, "at most 100 lines"),
    "neither product nor words": ({"lines": [{"unit_minor": 1}]}, "Line 1: Name a product"),
    "words without a price": ({"lines": [TRAINING, {"text": "Setup"}]}, "Line 2: Enter a price in EUR"),
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
    assert (wrong.status_code, "Line 3: This is no price in EUR." in wrong.content.decode()) == (422, True)
    assert client.post(edit, typed | {"version": 1} | lines).status_code == 302
    with acting(seller):
        found = [(one["text"], one["quantity"], one["total_minor"]) for one in Quote.objects.get().lines]
    assert found == [("Till", 1, 89_900), ("Training", 1, 39_419)]
    with acting(programme_admin):
        add_product(by=programme_admin, **TILL | {"name": "Reader", "sku": "READ", "price_minor": 5, "currency": "EUR"})
    kept = {"line-0-sku": "READ", "line-0-text": "Till", "line-0-price": "899.00", "line-0-quantity": "2"}
    assert client.post(edit, typed | {"version": 2} | kept).status_code == 302
    with acting(seller):
        (line,) = Quote.objects.get().lines
    assert (line["text"], line["unit_minor"], line["total_minor"]) == ("Reader", 5, 10)
    assert client.post(edit, typed | {"version": 3} | lines).status_code == 302
    assert 'value="12.5"' in client.get(edit.partition("?")[0]).content.decode()


@wants(can_write_pdf(), "Pango is not on this machine: no PDF is offered.")
def test_it_is_a_file_for_who_sees_it(seller: Membership, rival: Membership, sent: Quote, client_of: ClientOf) -> None:
    page = f"/acme/deals/{sent.deal_id}/quotes/1/pdf/"
    answer = client_of(seller).get(page)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert client_of(rival).get(page).status_code == 404
    assert page in client_of(seller).get(f"/acme/deals/quotes/{sent.pk}/").content.decode()
