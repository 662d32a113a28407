"""An appeal has its own clock and is decided by another person than the one who refused (E3)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now
from time_machine import travel

from leads.models import Lead
from leads.services import appeal_lead, assign_lead, award_lead, refuse_lead, start_lead, withdraw_lead
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import create_token
from partnerhub.appeals.models import Appeal
from partnerhub.appeals.services import reject, uphold
from partnerhub.appeals.states import Status
from partnerhub.appeals.tasks import sweep
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
    assert appeal.due_at - appeal.created_at < timedelta(days=settings.APPEAL_DAYS, seconds=5)
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

    assert [told(settings.APPEAL_DAYS - 0.1), told(settings.APPEAL_DAYS + 0.1), told(30)] == [0, 1, 1]


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
        assert re.search(r'<a href="[^"]+">.*<span>lease.txt</span>', own), "the files, for whoever decides"
