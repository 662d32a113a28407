"""Protection is earned, counts down, is told of in time, and is never shortened (E5, E32, rulings 9)."""

import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now
from time_machine import travel

from leads.models import Lead
from leads.services import assign_lead, award_lead, refuse_lead, reopen_lead, start_lead
from leads.states import ReasonCode
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.notes.services import post_message
from partnerhub.protection import services
from partnerhub.protection.models import GRANTS, Protection, end_of
from partnerhub.protection.selectors import confirmation_of, kept_and_lapsed
from partnerhub.protection.states import MOST_DAYS, Status
from partnerhub.protection.tasks import sweep
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope


@pytest.fixture
def protect(
    new_lead: Callable[..., Lead], seller: Membership, manager: Membership, representative: Membership, acting: Any
) -> Callable[..., Protection]:
    def make(**answers: Any) -> Protection:
        lead = new_lead(seller, **answers)
        with acting(manager):
            assign_lead(lead.pk, to=representative.pk, by=manager)
            start_lead(lead.pk, by=manager)
            return Protection.objects.get(lead=lead)

    return make


@pytest.fixture
def protection(protect: Callable[..., Protection]) -> Protection:
    return protect()


def document() -> SimpleUploadedFile:
    return SimpleUploadedFile("minutes.txt", b"We met.", "text/plain")


def replayed(events: Iterable[Event]) -> datetime:
    """The end by nothing but what the events say."""
    days, starts_at = dict.fromkeys(GRANTS, 0), None
    for event in events:
        if event.kind == "protection.started":
            starts_at = datetime.fromisoformat(event.data["starts_at"])
        days |= {name: event.after[name] for name in GRANTS if name in event.after}
    assert starts_at is not None
    return end_of(starts_at, days.values())


def test_an_accepted_lead_is_protected_for_thirty_days(protection: Protection, acme: Tenant) -> None:
    assert (protection.until - protection.starts_at, protection.days_left) == (timedelta(days=30), 30)
    with tenant_scope(acme):
        assert Lead.objects.get().protected_until == protection.until


@pytest.mark.parametrize("seed", range(5))
def test_replaying_the_events_gives_the_same_end(
    seed: int, protection: Protection, acme: Tenant, seller: Membership, manager: Membership, acting: Any
) -> None:
    """Whatever is earned in whatever order, and refused in between: the sum of the events is the end; it never moves
    back, and 180 days are the most."""
    chance, key = random.Random(seed), protection.pk  # noqa: S311 - the order of acts is no secret
    acts: dict[str, Callable[[], Any]] = {
        "meet": lambda: services.record_meeting(key, met_on=localdate(), uploads=[document()], by=seller),
        "ask": lambda: services.ask_extension(key, text="They decide in June.", by=seller),
        "grant": lambda: services.grant_extension(key, by=manager),
        "refuse": lambda: services.refuse_extension(key, text="No.", by=manager),
        "confirm": lambda: services.confirm_contact(protection),
        "write": lambda: post_message(Lead.objects.get(pk=protection.lead_id), body="Still on it.", by=seller),
    }
    at, ends = now(), [protection.until]
    for _number in range(25):
        at += timedelta(days=chance.randint(0, 12))
        name = chance.choice([*acts])
        with travel(at, tick=True), acting(manager if name in {"grant", "refuse"} else seller):
            with suppress(Refused):
                acts[name]()
            ends.append(Protection.objects.get().until)
    with tenant_scope(acme):
        found = Protection.objects.get()
        assert replayed(Event.objects.filter(subject_id=key).order_by("id")) == found.until == ends[-1]
        assert Lead.objects.get().protected_until == found.until
    assert ends == sorted(ends)
    assert found.until - found.starts_at <= timedelta(days=MOST_DAYS)


def test_a_later_rule_shortens_nothing(
    protection: Protection, seller: Membership, programme_admin: Membership, acting: Any
) -> None:
    with acting(seller):
        earned = services.record_meeting(protection.pk, met_on=localdate(), uploads=[document()], by=seller)
    with acting(programme_admin):
        services.change_rules(base_days=5, contact_days=1, most_days=10, by=programme_admin)
    with acting(seller):
        done = services.confirm_contact(protection)
        assert (done.until, done.meeting_days) == (earned.until, 30)


def test_a_month_with_activity_counts_once(protection: Protection, seller: Membership, acting: Any) -> None:
    def write(days: int) -> int:
        with travel(protection.starts_at + timedelta(days=days), tick=True), acting(seller):
            post_message(Lead.objects.get(pk=protection.lead_id), body="Still on it.", by=seller)
            return Protection.objects.get().activity_days

    assert [write(1), write(20), write(31), write(40)] == [15, 15, 30, 30]


def test_a_meeting_needs_a_document_and_a_day_that_has_been(
    protection: Protection, seller: Membership, acting: Any
) -> None:
    with acting(seller):
        for day, files, code in (
            (localdate(), [], "document"),
            (localdate() + timedelta(days=2), [document()], "met_on"),
        ):
            with pytest.raises(Refused) as refused:
                services.record_meeting(protection.pk, met_on=day, uploads=files, by=seller)
            assert [reason.code for reason in refused.value.reasons] == [code]


def test_by_page_and_api(
    protection: Protection, seller: Membership, manager: Membership, client_of: Any, call: Any
) -> None:
    client, version = client_of(seller), protection.version
    form = {"version": version, "met_on": str(localdate()), "files": document()}
    assert client.post(f"/acme/protections/{protection.pk}/record-meeting/", form).status_code == 302
    lead = f"leads/{protection.lead_id}"
    for reader in (seller, manager):
        page = client_of(reader).get(f"/acme/{lead}/").content.decode()
        assert "75 days left" in page  # 30, 30 for the meeting, 15 for the month: the file is activity too
    page = client.get(f"/acme/protections/{protection.pk}/").content.decode()
    assert "Together" in page
    assert "Ask for an extension" in client.get(f"/acme/{lead}/").content.decode()
    own = call(seller)
    now_ = own.get(f"protections/{protection.pk}/").json()
    wordless = client.post(f"/acme/protections/{protection.pk}/ask-extension/", {"version": now_["version"]})
    assert ">Why? Write a few words: the other side reads them.</a>" in wordless.content.decode()
    asked = own.post(f"protections/{protection.pk}/ask-extension/", {"text": "In June."}, version=now_["version"])
    assert (asked.status_code, asked.json()["extension"]) == (200, "asked")
    shown = client.get(f"/acme/protections/{protection.pk}/").content.decode()
    assert "<dt>Extension</dt><dd>Asked for</dd>" in shown
    again = own.post(
        f"protections/{protection.pk}/ask-extension/", {"text": "Please."}, version=asked.json()["version"]
    )
    assert again.status_code == 409
    granted = call(manager).post(f"protections/{protection.pk}/grant-extension/", version=asked.json()["version"])
    assert (granted.status_code, granted.json()["days"]) == (200, 105)


def test_the_contact_confirms_by_a_click_and_not_by_a_scanner(
    protection: Protection, acme: Tenant, seller: Membership, acting: Any
) -> None:
    anybody = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    link = f"/acme{confirmation_of(protection.pk)}"
    assert anybody.get(link).status_code == 410  # nobody has asked yet
    assert anybody.post(link).status_code == 404
    with acting(seller):
        services.ask_contact(protection.pk, by=seller)
    while fan_out_events():
        pass
    with tenant_scope(acme):
        message = Message.objects.get(event__kind="protection.contact_asked")
        assert message.address == "j.ahlers@example.org"
        assert confirmation_of(protection.pk) not in str(message.event.data)
    page = anybody.get(link)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "<script" not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    with tenant_scope(acme):
        assert Protection.objects.get().contact_days == 0
    for _twice in range(2):
        assert anybody.post(link).status_code == 302
    with tenant_scope(acme):
        found = Protection.objects.get()
        assert (found.contact_days, found.until - found.starts_at) == (15, timedelta(days=45))
    assert "Thank you" in anybody.get(link).content.decode()
    assert anybody.get(link[:-2] + "x/").status_code == 404


def test_what_has_run_out_is_not_confirmed_before_the_clock_says_so(
    protection: Protection, acme: Tenant, seller: Membership, acting: Any
) -> None:
    anybody = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    link = f"/acme{confirmation_of(protection.pk)}"
    with acting(seller):
        services.ask_contact(protection.pk, by=seller)
    with travel(protection.until + timedelta(minutes=1), tick=True):
        assert (anybody.get(link).status_code, anybody.post(link).status_code) == (410, 409)
    with tenant_scope(acme):
        assert Protection.objects.get().contact_days == 0


def kinds_at(acme: Tenant, days: float) -> list[str]:
    with travel(now() + timedelta(days=days), tick=True):
        sweep()
        sweep()
    with tenant_scope(acme):
        told = Event.objects.filter(kind__in=["protection.ends_soon", "protection.lapsed"]).order_by("id")
        return [event.data.get("days", "lapsed") for event in told]


def test_reminders_at_fourteen_seven_and_one_day_and_the_end(protection: Protection, acme: Tenant) -> None:
    days = (15.5, 16.5, 20, 23.5, 29.5, 30.1)
    assert [kinds_at(acme, day) for day in days] == [
        [],
        ["14"],
        ["14"],
        ["14", "7"],
        ["14", "7", "1"],
        ["14", "7", "1", "lapsed"],
    ]
    with tenant_scope(acme):
        assert Protection.objects.get().status == Status.LAPSED
        assert Lead.objects.get().status == "in_progress"


def test_what_was_reminded_holds_up_nothing_behind_it(
    protect: Callable[..., Protection], acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock takes a few at a time."""
    monkeypatch.setattr("partnerhub.tenancy.sweeping.SWEPT_AT_ONCE", 1)
    first, second = protect(), protect(company="Zweites Kontor", website="https://zweites.example.org")
    kinds_at(acme, 17)
    with tenant_scope(acme):
        assert {one.pk: one.reminded for one in Protection.objects.all()} == {first.pk: 14, second.pk: 14}


def test_a_worker_that_was_away_reminds_once(protection: Protection, acme: Tenant) -> None:
    assert kinds_at(acme, 29.5) == ["1"]


def test_what_was_accepted_before_begins_now(protection: Protection, acme: Tenant) -> None:
    with tenant_scope(acme):
        Protection.objects.all().delete()
        Lead.objects.update(protected_until=None)
    sweep()
    with tenant_scope(acme):
        assert Protection.objects.get().days_left == 30
        assert Lead.objects.get().protected_until is not None


def test_with_the_lead_it_ends_and_goes_on_with_what_was_earned(
    protect: Callable[..., Protection], acme: Tenant, seller: Membership, manager: Membership, acting: Any, call: Any
) -> None:
    kept, ended, lapsed = (
        protect(company=name, website=f"https://{name.lower()}.example.org") for name in ("Kept", "Ended", "Lapsed")
    )
    with acting(manager):
        award_lead(kept.lead_id, by=manager)
        refuse_lead(ended.lead_id, code="other", text="Not now.", by=manager)
        assert Protection.objects.get(pk=kept.pk).status == Status.KEPT
        assert Protection.objects.get(pk=ended.pk).status == Status.ENDED
        reopen_lead(ended.lead_id, text="After all.", by=manager)
        start_lead(ended.lead_id, by=manager)
        again = Protection.objects.get(pk=ended.pk)
        assert (again.status, again.until) == (Status.RUNNING, ended.until)
    with tenant_scope(acme):
        Protection.objects.filter(pk=lapsed.pk).update(until=now() - timedelta(hours=1))
    sweep()
    with tenant_scope(acme):
        assert kept_and_lapsed(seller.partner_id) == (1, 1)
    assert call(seller).get("protections/ratio/").json() == {"kept": 1, "lapsed": 1}


def test_the_figures_are_the_tenants_own(
    protect: Callable[..., Protection],
    acme: Tenant,
    seller: Membership,
    programme_admin: Membership,
    acting: Any,
    call: Any,
    client_of: Any,
) -> None:
    admin = client_of(programme_admin)
    figures = {"base_days": 20, "meeting_days": 7, "contact_days": 0, "activity_days": 0, "extension_days": 9}
    saved = admin.post("/acme/programme/protection/", figures | {"most_days": 25, "version": 1})
    assert saved.status_code == 302, saved.content
    assert call(programme_admin).get("protection-rules/").json() == figures | {"most_days": 25, "version": 2}
    assert admin.post("/acme/programme/protection/", figures | {"most_days": 5, "version": 2}).status_code == 409
    protection = protect()
    assert (protection.until - protection.starts_at, protection.days) == (timedelta(days=20), 20)
    with acting(seller):
        done = services.record_meeting(protection.pk, met_on=localdate(), uploads=[document()], by=seller)
        assert (done.meeting_days, done.days) == (7, 25)


def test_what_is_over_says_so(protection: Protection, client_of: Any, seller: Membership) -> None:
    with travel(protection.until + timedelta(minutes=1), tick=True):
        for address in (protection.urls.page, "/protections/"):
            page = client_of(seller).get(f"/acme{address}").content.decode()
            assert "over" in page
            assert "0 days left" not in page


def test_counting_stops(
    protect: Callable[..., Protection],
    acme: Tenant,
    monkeypatch: pytest.MonkeyPatch,
    client_of: Any,
    manager: Membership,
) -> None:
    for name in ("Eins", "Zwei", "Drei"):
        protect(company=name, website=f"https://{name.lower()}.example.org")
    monkeypatch.setattr("partnerhub.protection.selectors.COUNTED_AT_MOST", 2)
    with tenant_scope(acme):
        Protection.objects.update(status=Status.KEPT)
        assert kept_and_lapsed(None) == (2, 0)
        Lead.objects.exclude(company="Drei").update(reason_code=ReasonCode.TEST)
        assert kept_and_lapsed(None) == (1, 0)  # tests are kept out of figures (rulings 13)
        Lead.objects.update(reason_code="")
    assert "2+ protected leads were" in client_of(manager).get("/acme/protections/").content.decode()
