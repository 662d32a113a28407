"""An appeal has its own clock and is decided by another person than the one who refused (E3)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now
from time_machine import travel

from leads.models import NEVER, Lead
from leads.services import (
    answer_question,
    appeal_lead,
    ask_for_information,
    assign_lead,
    award_lead,
    refuse_lead,
    start_lead,
    withdraw_lead,
)
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import create_token
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services import reject, uphold
from partnerhub.appeals.states import Status
from partnerhub.appeals.tasks import sweep
from partnerhub.calendars.hours import add_business, business_between, business_day
from partnerhub.calendars.selectors import current_calendar
from partnerhub.calendars.services import change_calendar
from partnerhub.clocks.models import Clock
from partnerhub.clocks.services import reckon_anew, sweep_clocks
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.roles import LEADS_SECOND, LEADS_VIEW, LEADS_VIEW_ALL, Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Caller

APPEAL_TEXT = "They open in May.\nThe lease is attached."
WHY = {"code": "not_a_fit", "text": "They have no shop."}


@pytest.fixture
def appealed(new_lead: Callable[..., Lead], seller: Membership, manager: Membership, acting: Any) -> Lead:
    lead = new_lead(seller)
    with acting(manager):
        refuse_lead(lead.pk, **WHY, by=manager)
    with acting(seller):
        file = SimpleUploadedFile("lease.txt", b"From May.", "text/plain")
        return appeal_lead(lead.pk, text=APPEAL_TEXT, uploads=[file], by=seller)


@pytest.fixture
def appeal(appealed: Lead, acme: Tenant) -> Appeal:
    with tenant_scope(acme):
        return Appeal.objects.get(lead=appealed)


def codes(refusal: Refused) -> list[str]:
    return [reason.code for reason in refusal.reasons]


def test_it_keeps_what_was_decided_and_why_it_is_wrong(appeal: Appeal, acme: Tenant, seller: Membership) -> None:
    assert (appeal.status, appeal.text, appeal.appealed_by_id) == ("open", APPEAL_TEXT, seller.pk)
    assert (appeal.refused_code, appeal.refused_text) == (WHY["code"], WHY["text"])
    with tenant_scope(acme):
        hours = current_calendar().hours
        clock = Clock.objects.get(step="appeal")
        assert Lead.objects.get().due_at == clock.due_at == appeal.due_at
    assert business_between(hours, appeal.created_at, appeal.due_at) == settings.APPEAL_DAYS * business_day(hours)
    with tenant_scope(acme):
        assert Event.objects.get(kind="lead.appealed").data["files"] == ["lease.txt"]


def test_whoever_refused_does_not_decide(
    appeal: Appeal, acme: Tenant, manager: Membership, second_manager: Membership, acting: Any
) -> None:
    """By no road: not on the appeal, not on the lead, not by another seat."""
    with acting(manager):
        for act in (
            lambda: uphold(appeal.pk, text="Well.", by=manager),
            lambda: reject(appeal.pk, **WHY, by=manager),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert codes(refused.value) == ["second-person"]
        for act in (
            lambda: refuse_lead(appeal.lead_id, **WHY, by=manager),
            lambda: award_lead(appeal.lead_id, by=manager),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert codes(refused.value) == ["second-look"]
    with acting(second_manager):
        assert uphold(appeal.pk, text="Look again.", by=second_manager).status == Status.UPHELD


def test_a_token_of_whoever_refused_decides_nothing(appeal: Appeal, manager: Membership, acting: Any) -> None:
    scopes, until = [LEADS_VIEW, LEADS_VIEW_ALL, LEADS_SECOND], now() + timedelta(days=30)
    manager.roles = [*manager.roles, Role.PROGRAMME_ADMIN]  # who may make tokens
    with acting(manager):
        manager.save()
        _token, secret = create_token(name="Triage", membership=manager, scopes=scopes, expires_at=until, by=manager)
    headers = {"host": "localhost", "authorization": f"Bearer {secret}"}
    api = Caller(Client(enforce_csrf_checks=True, headers=headers), "/acme/api/v1/")
    answer = api.post(f"appeals/{appeal.pk}/uphold/", {"text": "Well."}, version=appeal.version)
    assert answer.status_code == 409, answer.content
    assert answer.json()["reasons"][0]["code"] == "second-person"


def test_upheld_the_lead_is_in_triage_again_and_anybody_decides(
    appeal: Appeal, acme: Tenant, manager: Membership, programme_admin: Membership, acting: Any
) -> None:
    with acting(programme_admin):
        done = uphold(appeal.pk, text="They have a lease.", by=programme_admin)
        assert (done.status, done.answer, done.decided_by) == (
            Status.UPHELD,
            "They have a lease.",
            programme_admin.name,
        )
    with acting(manager):
        lead = Lead.objects.get(pk=appeal.lead_id)
        assert (lead.status, lead.refused_person) == ("submitted", None)
        assert award_lead(lead.pk, by=manager).status == "awarded"


def test_rejected_the_lead_is_not_eligible_and_both_sides_hear_it_once(
    appeal: Appeal,
    acme: Tenant,
    seller: Membership,
    colleague: Membership,
    manager: Membership,
    second_manager: Membership,
    acting: Any,
) -> None:
    with acting(second_manager):
        done = reject(appeal.pk, code="out_of_region", text="Not in our countries.", by=second_manager)
        assert (done.status, done.code, done.answer) == (Status.REJECTED, "out_of_region", "Not in our countries.")
    while fan_out_events():
        pass
    with tenant_scope(acme):
        lead = Lead.objects.get(pk=appeal.lead_id)
        assert (lead.status, lead.reason_code, lead.reason_text) == (
            "not_eligible",
            "out_of_region",
            "Not in our countries.",
        )
        told = Message.objects.filter(event__kind__in=["lead.refused", "appeal.rejected"])
        newest = told.filter(event__occurred_at__gte=done.status_changed_at - timedelta(seconds=5))
        kinds = {(message.event.kind, message.address) for message in newest}
        assert ("appeal.rejected", manager.user.email) in kinds
        assert ("appeal.rejected", seller.user.email) not in kinds
        assert ("lead.refused", seller.user.email) in kinds
    with tenant_scope(acme):
        Membership.objects.filter(pk=colleague.pk).update(roles=seller.roles)
        another = Membership.objects.get(pk=colleague.pk)
    for member in (seller, another):  # once for the organisation
        with acting(member), pytest.raises(Refused, match="possible once"):
            appeal_lead(appeal.lead_id, text="Please.", by=member)


@pytest.mark.parametrize(
    ("act", "status"), [("refuse", Status.REJECTED), ("award", Status.UPHELD), ("start", Status.UPHELD)]
)
def test_who_decides_on_the_lead_decides_on_the_appeal(
    appeal: Appeal,
    acme: Tenant,
    second_manager: Membership,
    representative: Membership,
    manager: Membership,
    acting: Any,
    act: str,
    status: Status,
) -> None:
    with acting(second_manager):
        assign_lead(appeal.lead_id, to=representative.pk, by=second_manager)
        verbs: dict[str, Callable[[], Lead]] = {
            "refuse": lambda: refuse_lead(appeal.lead_id, **WHY, by=second_manager),
            "award": lambda: award_lead(appeal.lead_id, by=second_manager),
            "start": lambda: start_lead(appeal.lead_id, by=second_manager),
        }
        verbs[act]()
        found = Appeal.objects.get()
        assert (found.status, found.decided_by) == (status, second_manager.name)
    if act == "start":  # it is decided: the first manager may go on
        with acting(manager):
            assert award_lead(appeal.lead_id, by=manager).status == "awarded"


def test_withdrawn_it_ends(appeal: Appeal, seller: Membership, acting: Any) -> None:
    with acting(seller):
        withdraw_lead(appeal.lead_id, by=seller)
        assert Appeal.objects.get().status == Status.ENDED


def test_late_it_is_told_once(appeal: Appeal, acme: Tenant) -> None:
    def told(days: float) -> int:
        with travel(now() + timedelta(days=days), tick=True):
            sweep()
            sweep()
        with tenant_scope(acme):
            return Event.objects.filter(kind="appeal.late").count()

    left = (appeal.due_at - now()) / timedelta(days=1)
    assert [told(left - 0.1), told(left + 0.1), told(30)] == [0, 1, 1]


def test_overdue_the_list_and_both_pages_say_so(
    appeal: Appeal, seller: Membership, second_manager: Membership, client_of: Any
) -> None:
    addresses = ("appeals/", f"appeals/{appeal.pk}/", f"leads/{appeal.lead_id}/")

    def overdue(reader: Membership) -> list[bool]:
        client = client_of(reader)
        return ["Overdue" in client.get(f"/acme/{one}").content.decode() for one in addresses]

    for reader in (seller, second_manager):
        assert overdue(reader) == [False, False, False]
        with travel(appeal.due_at + timedelta(minutes=1), tick=True):
            assert overdue(reader) == [True, True, True]


def test_its_deciders_are_reminded_once_before_and_a_changed_calendar_moves_it(
    appeal: Appeal, acme: Tenant, programme_admin: Membership, manager: Membership, acting: Any, client_of: Any
) -> None:
    with tenant_scope(acme):
        hours = current_calendar().hours
    whole = settings.APPEAL_DAYS * business_day(hours)
    with travel(add_business(hours, appeal.created_at, whole - timedelta(minutes=30)), tick=True):
        sweep_clocks()
        sweep_clocks()
        while fan_out_events():
            pass
        page = client_of(programme_admin).get("/acme/appeals/").content.decode()
        assert "30 min left" in page or "29 min left" in page
    with tenant_scope(acme):
        reminded = Event.objects.get(kind="appeal.reminded")
        assert programme_admin.pk in Message.objects.filter(event=reminded).values_list("recipient", flat=True)
    with acting(programme_admin):
        closing = [one.isoformat() for one in (localdate(appeal.due_at), localdate(appeal.due_at) - timedelta(days=1))]
        change_calendar({"closing_days": closing}, by=programme_admin)
    reckon_anew(acme)
    with tenant_scope(acme):
        moved = Appeal.objects.get()
        assert moved.due_at == Clock.objects.get(step="appeal").due_at == Lead.objects.get().due_at
        assert moved.due_at > appeal.due_at


@pytest.mark.parametrize("decide", ["uphold", "reject", "withdraw"])
def test_with_the_decision_its_clock_stops(
    decide: str, appeal: Appeal, acme: Tenant, seller: Membership, second_manager: Membership, acting: Any
) -> None:
    acts: dict[str, Callable[[], Any]] = {
        "uphold": lambda: uphold(appeal.pk, text="Well.", by=second_manager),
        "reject": lambda: reject(appeal.pk, **WHY, by=second_manager),
        "withdraw": lambda: withdraw_lead(appeal.lead_id, by=seller),
    }
    with acting(seller if decide == "withdraw" else second_manager):
        acts[decide]()
    with tenant_scope(acme):
        clock = Clock.objects.get(step="appeal")
        assert (clock.stopped_at is None, clock.is_answered) == (False, decide != "withdraw")
        going = Clock.objects.filter(stopped_at=None).values_list("step", flat=True)
        assert [*going] == (["decision"] if decide == "uphold" else [])
        assert (Lead.objects.get().due_at == NEVER) == (decide != "uphold")


def test_while_the_partner_is_asked_something_its_clock_is_paused(
    appeal: Appeal, acme: Tenant, seller: Membership, second_manager: Membership, acting: Any, client_of: Any
) -> None:
    def clocks() -> dict[str, bool]:
        return {clock.step: clock.is_running for clock in Clock.objects.filter(stopped_at=None)}

    with acting(second_manager):
        ask_for_information(appeal.lead_id, question="When in May?", by=second_manager)
        assert clocks() == {"appeal": False, "answer": True}
        assert (Appeal.objects.get().due, Lead.objects.get().due_at) == (None, Clock.objects.get(step="answer").due_at)
    with travel(appeal.due_at + timedelta(days=30), tick=True):
        sweep()
        client = client_of(second_manager)
        page = client.get(f"/acme/appeals/{appeal.pk}/").content.decode()
        assert "The partner was asked something." in page
        assert "Overdue" not in page
        assert "Paused" in client.get("/acme/appeals/").content.decode()
        assert client.get(f"/acme/api/v1/appeals/{appeal.pk}/").json()["due_at"] is None
        with acting(seller):
            answer_question(appeal.lead_id, answer="On the 4th.", by=seller)
            assert clocks() == {"appeal": True}
            assert Appeal.objects.get().due_at == Clock.objects.get(step="appeal").due_at == Lead.objects.get().due_at
    with tenant_scope(acme):
        assert Appeal.objects.get().due_at > appeal.due_at + timedelta(days=30)
        assert not Event.objects.filter(kind="appeal.late").exists()


def test_one_of_an_older_release_gets_a_clock_that_keeps_what_was_promised(appeal: Appeal, acme: Tenant) -> None:
    with tenant_scope(acme):
        Clock.objects.filter(step="appeal").delete()
    sweep()
    sweep()
    with tenant_scope(acme):
        assert Clock.objects.get(step="appeal").due_at == Appeal.objects.get().due_at == appeal.due_at


def test_both_sides_read_it_on_the_lead(
    appeal: Appeal, client_of: Any, seller: Membership, second_manager: Membership, acting: Any
) -> None:
    with acting(second_manager):
        uphold(appeal.pk, text="They have a lease.", by=second_manager)
    for reader in (seller, second_manager):
        page = client_of(reader).get(f"/acme/leads/{appeal.lead_id}/").content.decode()
        assert "Appeal upheld" in page
        assert appeal.urls.page in page
        assert page.index("See appeal") < page.index("See receipt")  # papers last
        own = client_of(reader).get(f"/acme/appeals/{appeal.pk}/").content.decode()
        assert "<dt>Decision appealed</dt><dd>Not a fit for the program<small>They have no shop.</small></dd>" in own
        assert '<dt>Why</dt><dd class="prose">They open in May.\nThe lease is attached.</dd>' in own
        assert re.search(r'<a href="[^"]+">(?:(?!</a>)[\s\S])*<span>lease.txt</span>', own), (
            "the files, for whoever decides"
        )
