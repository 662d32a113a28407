"""Acts on many rows of a list: asked, done with a result for each row, tried again, undone (ux 5-7)."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads.models import Lead
from leads.services import assign_lead
from notifications.models import Message
from notifications.services import fan_out_events
from notifications.states import Status
from partnerhub.accounts.models import Membership
from tests.calls import Call

Browser = Callable[[Membership], Client]
ASSIGN = "/acme/leads/bulk/assign/"


@pytest.fixture
def shops(seller: Membership, new_lead: Callable[..., Any]) -> list[Lead]:
    return [new_lead(seller, company=f"Shop {n:02}", website=f"https://s{n}.example.org") for n in range(12)]


def boxes(client: Client, address: str) -> list[str]:
    return re.findall(r'name="row" value="([^"]+)"', client.get(address).content.decode())


def keepers(acting: Any, manager: Membership) -> dict[str, Any]:
    with acting(manager):
        return dict(Lead.objects.values_list("company", "representative_id"))


def test_selected_rows_are_asked_for_done_and_undone(
    shops: Any, manager: Membership, representative: Membership, client_of: Browser, acting: Callable[..., Any]
) -> None:
    client = client_of(manager)
    marks = boxes(client, "/acme/leads/?sort=company&size=10")
    assert len(marks) == 10
    asked = client.post(f"{ASSIGN}?sort=company&size=10", {"row": marks[:2]}).content.decode()
    assert re.findall(r'name="row" value="([^"]+)"', asked) == marks[:2]
    assert "Shop 00" in asked
    assert "Shop 02" not in asked
    sent = {"row": marks[:2], "confirmed": "1"}
    assert client.post(ASSIGN, sent).status_code == 422  # to whom?
    done = client.post(f"{ASSIGN}?sort=company&size=10", sent | {"to": representative.pk})
    assert done["Location"] == "/acme/leads/?sort=company&size=10"
    kept = keepers(acting, manager)
    assert {name for name, key in kept.items() if key == representative.pk} == {"Shop 00", "Shop 01"}
    page = client.get(done["Location"]).content.decode()
    undo = re.search(r'action="([^"]*/undo/)"', page)
    assert undo is not None
    client.post(unescape(undo[1]))
    assert set(keepers(acting, manager).values()) == {None}


def test_one_refused_row_stops_no_other_and_is_tried_again(
    shops: Any, manager: Membership, representative: Membership, client_of: Browser, acting: Callable[..., Any]
) -> None:
    client = client_of(manager)
    marks = boxes(client, "/acme/leads/?sort=company")[:3]
    other = manager
    with acting(manager):
        Lead.objects.filter(pk=marks[1].partition(":")[0]).update(version=40)  # moved on since
    gone = f"{other.pk}:1"
    sent = {"row": [*marks, gone], "confirmed": "1", "to": representative.pk}
    told = client.post(f"{ASSIGN}?sort=company", sent, follow=True)
    text = told.content.decode()
    assert "2 leads are assigned." in text
    assert "Somebody was faster." in text
    assert "This lead is not there any more." in text
    failed = re.search(r'name="again" value="([^"]+)"', text)
    assert failed is not None
    asked = client.post(ASSIGN, {"again": failed[1]}).content.decode()
    again = re.findall(r'name="row" value="([^"]+)"', asked)
    assert again == [f"{marks[1].partition(':')[0]}:40"]
    client.post(ASSIGN, {"row": again, "confirmed": "1", "to": representative.pk})
    assert list(keepers(acting, manager).values()).count(representative.pk) == 3


def test_all_that_match_are_meant_by_the_list_in_the_address(
    shops: Any, manager: Membership, representative: Membership, client_of: Browser, acting: Callable[..., Any]
) -> None:
    client = client_of(manager)
    text = client.get("/acme/leads/?q=shop&size=10").content.decode()
    assert "Select all 12 leads that match" in text
    assert "Select all" not in client.get("/acme/leads/?q=shop+1&size=10").content.decode().replace(
        "Select all rows", ""
    )
    asked = client.post(f"{ASSIGN}?q=shop+1&size=10", {"all": "1"}).content.decode()
    marks = re.findall(r'name="row" value="([^"]+)"', asked)
    assert len(marks) == 2
    client.post(f"{ASSIGN}?q=shop+1", {"row": marks, "confirmed": "1", "to": representative.pk})
    kept = keepers(acting, manager)
    assert {name for name, key in kept.items() if key} == {"Shop 10", "Shop 11"}


def test_more_than_a_bulk_act_takes_is_refused_and_nothing_is_read(
    shops: Any, manager: Membership, representative: Membership, client_of: Browser, acting: Callable[..., Any]
) -> None:
    rows = [f"01900000-0000-7000-8000-{number:012}:1" for number in range(101)]
    answer = client_of(manager).post(ASSIGN, {"row": rows, "confirmed": "1", "to": representative.pk}, follow=True)
    assert "At most 100 rows are changed at once" in answer.content.decode()


def test_nothing_selected_is_said(manager: Membership, client_of: Browser) -> None:
    for row in ("", "nonsense", "1:1", "01900000-0000-7000-8000-000000000000:x"):
        answer = client_of(manager).post(ASSIGN, {"row": row}, follow=True)
        assert "No row is selected" in answer.content.decode()


def test_who_may_not_act_has_no_boxes(shops: Any, seller: Membership, client_of: Browser) -> None:
    assert boxes(client_of(seller), "/acme/leads/") == []
    assert client_of(seller).post(ASSIGN, {"row": "x"}).status_code == 403


def test_a_member_acts_on_nothing_that_they_do_not_see(
    shops: Any, stranger: Membership, manager: Membership, new_lead: Any, representative: Any, client_of: Browser
) -> None:
    foreign = new_lead(stranger, company="Zenit's shop", website="https://zenit.example.org")
    sent = {"row": f"{foreign.pk}:{foreign.version}", "confirmed": "1", "to": representative.pk}
    told = client_of(manager).post(ASSIGN, sent, follow=True).content.decode()
    assert "0 leads are assigned." in told
    assert "This lead is not there any more." in told
    assert "Zenit" not in told


def test_the_statements_of_asking_do_not_grow_with_the_rows(
    shops: Any, manager: Membership, client_of: Browser
) -> None:
    client = client_of(manager)
    marks = boxes(client, "/acme/leads/")
    client.post(ASSIGN, {"row": marks})
    counts = []
    for chosen in (marks[:1], marks):
        with CaptureQueriesContext(connection) as asked:
            client.post(ASSIGN, {"row": chosen})
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.fixture
def mails(shops: Any, representative: Membership, manager: Membership, acting: Callable[..., Any]) -> list[Any]:
    """Two that were sent, and one that waits."""
    with acting(manager):
        assign_lead(shops[0].pk, to=representative.pk, by=manager)
    fan_out_events()
    with acting(manager):
        rows = list(Message.objects.filter(partner=None).order_by("id").values_list("pk", flat=True))
        rows = rows or list(Message.objects.order_by("id").values_list("pk", flat=True))
        Message.objects.filter(pk__in=rows[:2]).update(status=Status.SENT)
    return rows[:3]


def test_mails_are_sent_again_together(
    mails: list[Any], programme_admin: Membership, client_of: Browser, acting: Callable[..., Any]
) -> None:
    sent = {"row": [f"{key}:0" for key in mails], "confirmed": "1"}
    told = client_of(programme_admin).post("/acme/delivery-log/bulk/resend/", sent, follow=True)
    text = told.content.decode()
    assert "messages are sent again." in text or "message is sent again." in text
    with acting(programme_admin):
        assert set(Message.objects.filter(pk__in=mails).values_list("status", flat=True)) == {Status.QUEUED}


def test_mails_are_sent_again_over_the_api_with_a_result_each(
    mails: list[Any], programme_admin: Membership, manager: Membership, call: Call
) -> None:
    body = {"ids": [str(key) for key in mails]}
    answer = call(programme_admin).post("delivery-log/bulk-resend/", body, Idempotency_Key="once")
    assert [row["id"] for row in answer.json()["results"]] == body["ids"]
    assert [row["ok"] for row in answer.json()["results"]][:2] == [True, True]
    again = call(programme_admin).post("delivery-log/bulk-resend/", body, Idempotency_Key="once")
    assert again.json() == answer.json()
    assert again["Idempotency-Replayed"] == "true"
    assert call(programme_admin).post("delivery-log/bulk-resend/", {"ids": body["ids"] * 2}).status_code == 422
    many = {"ids": [f"01900000-0000-7000-8000-{number:012}" for number in range(101)]}
    assert call(programme_admin).post("delivery-log/bulk-resend/", many).status_code == 422
