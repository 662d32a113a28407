"""What is written on a deal: who reads it, who hears of it, and what stays with the own side (D9-D11, ruling 15)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from deals.models import Deal
from deals.services.deals import edit_deal, lose_deal
from deals.services.opening import open_deal
from deals.states.deals import DealStatus
from notifications.models import Message
from notifications.services import fan_out_events
from notifications.services.rendering import write_mail
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.notes.services import post_message, write_note
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.deals.test_deals import COLUMNS
from tests.notifications.sink import parsed, text_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
SECRET = "zqsecretzq"


@pytest.fixture
def deal(acme: Tenant, nordwind: Partner, seller: Membership, acting: Any) -> Deal:
    with tenant_scope(acme):
        ready = Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)
    with acting(seller):
        return open_deal(by=seller, solutions=[ready.pk], team=[seller.pk], type="co_sell", **COLUMNS)


@pytest.fixture
def private(acting: Any, seller: Membership, deal: Deal) -> Deal:
    with acting(seller):
        rest = {"solutions": deal.solutions, "team": deal.team, "type": "private"}
        return open_deal(by=seller, **rest, **COLUMNS | {"name": "Ours alone"})


def page_of(client: Client, deal: Deal, tab: str = "shared") -> str:
    return client.get(f"/acme/deals/{deal.pk}/?tab={tab}").content.decode()


def test_what_one_side_writes_the_other_reads_and_hears_of(
    acme: Tenant, deal: Deal, seller: Membership, manager: Membership, rival: Membership, client_of: ClientOf
) -> None:
    """And from the first word of the other side on both are at work on it."""
    sent = {"body": "Is the **budget** agreed?", "files": SimpleUploadedFile("offer.txt", b"ten tills", "text/plain")}
    answer = client_of(manager).post(f"/acme/deals/{deal.pk}/messages/", sent)

    assert (answer.status_code, answer["Location"]) == (302, f"/acme/deals/{deal.pk}/?tab=shared#messages")
    assert "<strong>budget</strong>" in page_of(client_of(seller), deal)
    assert "offer.txt" in page_of(client_of(seller), deal, "files")
    assert "Both at work" in page_of(client_of(seller), deal, "")
    with tenant_scope(acme):
        deal.refresh_from_db()
        assert deal.status == DealStatus.ENGAGED
        fan_out_events()
        (told,) = Message.objects.filter(purpose="deal-message")
        mail = parsed(write_mail(told, acme, partner_name="Nordwind", at=now()).content)
    assert told.recipient_id == seller.pk
    assert str(mail["Subject"]) == "Tills for twelve shops: Ilse Brandvold wrote to you"
    assert "Is the **budget** agreed?" in text_of(mail)
    assert "offer.txt" in text_of(mail)
    assert client_of(rival).post(f"/acme/deals/{deal.pk}/messages/", {"body": "Hello?"}).status_code == 404


def test_files_are_attached_where_all_of_them_stand(
    deal: Deal, seller: Membership, manager: Membership, client_of: ClientOf
) -> None:
    """As a message without words: sent twice it is there once, and the other side finds it."""
    client, at = client_of(seller), f"/acme/deals/{deal.pk}/"
    assert f'action="{at}messages/"' in page_of(client, deal, "files")
    once = "0d6e1d4e-7d3c-4a52-8d15-0a3f6f6f7b11"
    for _time in range(2):
        file = SimpleUploadedFile("offer.txt", b"ten tills", "text/plain")
        answer = client.post(f"{at}messages/", {"from": "files", "once": once, "files": file})
        assert (answer.status_code, answer["Location"]) == (302, f"{at}?tab=files#files")
    for tab in ("files", "shared"):
        assert page_of(client_of(manager), deal, tab).count("<span>offer.txt</span>") == 1
    refused = client.post(f"{at}messages/", {"from": "files", "files": SimpleUploadedFile("offer.exe", b"MZ")})
    page = refused.content.decode()
    assert (refused.status_code, 'id="new-files-list"' in page, "offer.exe" in page) == (422, True, True)


def test_a_closed_deal_offers_no_place_for_files(
    acting: Any, deal: Deal, seller: Membership, client_of: ClientOf
) -> None:
    with acting(seller):
        lose_deal(deal.pk, by=seller, code="price")
    page = page_of(client_of(seller), deal, "files")
    assert ("new-files-list" in page, "closed for good" in page) == (False, True)


def test_the_own_sides_words_begin_nothing(acting: Any, deal: Deal, seller: Membership) -> None:
    with acting(seller):
        post_message(deal, by=seller, body="We meet them on Monday.")
        deal.refresh_from_db()
    assert deal.status == DealStatus.ACCEPTED


def test_a_note_stays_with_its_side(
    acting: Any, deal: Deal, seller: Membership, manager: Membership, client_of: ClientOf, call: Call
) -> None:
    answer = client_of(seller).post(f"/acme/deals/{deal.pk}/notes/", {"body": SECRET})

    assert (answer.status_code, answer["Location"]) == (302, f"/acme/deals/{deal.pk}/?tab=notes#notes")
    assert SECRET in page_of(client_of(seller), deal, "notes")
    for tab in ("", "shared", "notes", "files"):
        assert SECRET not in page_of(client_of(manager), deal, tab)
    for word in ("notes/", "messages/", "attachments/", "timeline/", ""):
        assert SECRET not in call(manager).get(f"deals/{deal.pk}/{word}").content.decode()
    assert SECRET in call(seller).get(f"deals/{deal.pk}/notes/").content.decode()


def test_a_private_deal_has_nobody_to_answer(
    acting: Any, private: Deal, seller: Membership, manager: Membership, client_of: ClientOf, call: Call
) -> None:
    """Shared later it has no word from before, and the notes stay the partner's."""
    alone = page_of(client_of(seller), private)
    assert "nobody else could answer" in alone
    assert "is read and answered by the other side" not in alone
    assert "Shared with" not in alone
    refused = call(seller).post(f"deals/{private.pk}/messages/", {"body": "Hello?"})
    assert (refused.status_code, "private" in refused.content.decode()) == (409, True)
    with acting(seller):
        write_note(private, by=seller, body=SECRET)
        edit_deal(private.pk, by=seller, type="co_sell")
    shown = page_of(client_of(manager), private)
    assert "No messages yet." in shown
    assert SECRET not in shown


def test_a_closed_deal_is_read_and_noted_but_not_written_on(
    acting: Any, deal: Deal, seller: Membership, manager: Membership, client_of: ClientOf
) -> None:
    with acting(manager):
        post_message(deal, by=manager, body="We lost them to a rival.")
    with acting(seller):
        lose_deal(deal.pk, code="price", by=seller)
        with pytest.raises(Refused, match="closed for good"):
            post_message(Deal.objects.get(pk=deal.pk), by=seller, body="Too late.")
        write_note(Deal.objects.get(pk=deal.pk), by=seller, body="Ask again in a year.")
    shown = page_of(client_of(seller), deal)
    assert "We lost them to a rival." in shown
    assert "The deal is closed for good. What was written can still be read." in shown


def test_who_reads_only_is_told_why(client_of: ClientOf, finance: Membership, deal: Deal) -> None:
    assert "Your role lets you read here, and not write." in page_of(client_of(finance), deal)
    assert client_of(finance).post(f"/acme/deals/{deal.pk}/messages/", {"body": "Hello."}).status_code == 403


def test_what_is_not_taken_stays_in_the_form(client_of: ClientOf, seller: Membership, deal: Deal) -> None:
    client, path = client_of(seller), f"/acme/deals/{deal.pk}"
    empty = client.post(f"{path}/messages/", {"body": " "})
    assert (empty.status_code, "Write a message or attach a file." in empty.content.decode()) == (422, True)
    looked = client.post(f"{path}/messages/", {"body": "It is **bold**", "preview": "1"}).content.decode()
    assert "<strong>bold</strong>" in looked
    assert "It is **bold**</textarea>" in looked
    again = client.post(f"{path}/notes/", {"body": "n" * 5001})
    assert (again.status_code, "n" * 5001 in again.content.decode()) == (422, True)
    assert client.get(f"{path}/messages/").status_code == 405
