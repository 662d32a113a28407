"""What the customer does with a quote behind its link, and what is told of it (D5)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connections, transaction
from django.test import Client

from deals.models import Deal
from deals.services import lose_deal
from notifications.models import Message
from notifications.services import fan_out_events
from notifications.services.rendering import write_mail
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.quotes.models import Quote
from partnerhub.quotes.selectors import quote_path
from partnerhub.quotes.services import (
    accept_quote,
    decline_quote,
    new_version,
    open_quote,
    send_quote,
    sweep_quotes,
)
from partnerhub.quotes.states import QuoteStatus
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.kits.test_races import waiting
from tests.notifications.sink import parsed, text_of
from tests.quotes.brings import customers_page
from tests.quotes.conftest import EMAIL, TRAINING, ClientOf, again, told_of

pytestmark = pytest.mark.django_db


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
        assert letter["To"] == f"Ida Kruse <{EMAIL}>"
        assert f"/quotes/{token}/" in text_of(letter)
        assert token not in str([*Event.objects.values_list("data", flat=True)])
        assert row.recipient is None


def test_a_link_is_of_its_own_tenant_and_cannot_be_guessed(
    rival_tenant: Tenant, seller: Membership, sent: Quote, deal_of: Any, acting: Any, anybody: Client
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


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_is_taken(
    acme: Tenant, nordwind: Partner, seller: Membership, sent: Quote, admin_cursor: Any
) -> None:
    page = customers_page(sent)

    def accept(name: str) -> int:
        try:
            return (
                Client(headers={"host": "localhost"})
                .post(page, {"act": "accept", "name": name, "agree": "on"})
                .status_code
            )
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
