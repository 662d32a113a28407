"""Solutions (rulings 21): from a draft to co-sell ready, by the pages and by the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner, Solution
from partnerhub.roles import Role
from partnerhub.solutions.selectors import co_sell_ready_of, offered_by
from partnerhub.solutions.states import SOLUTION
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Membership], Client]
PAGE = "/acme/profile/solutions/"


def test_the_model_names_the_steps_of_its_machine() -> None:
    assert set(Solution.STEPS) == set(SOLUTION.names)


def test_from_an_empty_portal_to_co_sell_ready_by_pages(
    acme: Tenant, nordwind: Partner, seller: Membership, manager: Membership, client_of: ClientOf
) -> None:
    partner, vendor = client_of(seller), client_of(manager)
    assert f"{PAGE}new/" in partner.get(PAGE).content.decode()
    assert partner.post(f"{PAGE}new/", {"name": ""}).status_code == 422
    made = partner.post(f"{PAGE}new/", {"name": "Till in a box", "website": "till.example"})
    assert made.status_code == 302, made.content.decode()[:2000]
    page = made["Location"]
    assert "Send for review" in partner.get(page).content.decode()
    twice = partner.post(f"{PAGE}new/", {"name": "Till in a box"})
    assert (twice.status_code, "There is one called Till in a box already." in twice.content.decode()) == (409, True)
    for client, step, typed in (
        (partner, "send-for-review", {}),
        (vendor, "ask-to-change", {"text": "Which till?"}),
        (partner, "edit", {"name": "Till in a box 2", "description": "With a scanner."}),
        (partner, "send-for-review", {}),
        (vendor, "publish", {}),
        (vendor, "mark-co-sell-ready", {}),
    ):
        with tenant_scope(acme):
            row = Solution.objects.get()
            assert not co_sell_ready_of(nordwind.pk).exists(), step
        answer = client.post(f"{page}{step}/", {"version": row.version, **typed})
        assert answer.status_code == 302, (step, answer.content.decode()[:2000])
    seen = partner.get(page).content.decode()
    for words in ("Till in a box 2", "Co-sell ready", "Which till?", "With a scanner.", "https://till.example"):
        assert (words in seen) == (words != "https://till.example"), words
    while fan_out_events():
        pass
    with tenant_scope(acme):
        assert [row.name for row in co_sell_ready_of(nordwind.pk)] == ["Till in a box 2"]
        told = dict(
            Message.objects.filter(purpose="solution-reviews").values_list("event__kind", "recipient__user__email")
        )
        assert told == {
            "solution.sent": manager.user.email,
            "solution.returned": seller.user.email,
            "solution.published": seller.user.email,
            "solution.co_sell_ready": seller.user.email,
        }
        assert Event.objects.filter(kind="solution.changed").count() == 1


def test_who_keeps_no_profile_is_told_whom_to_ask_and_the_vendor_has_no_button(
    acme: Tenant, nordwind: Partner, colleague: Membership, manager: Membership, client_of: ClientOf
) -> None:
    page = client_of(colleague).get(PAGE).content.decode()
    assert "You need one of the roles Referrals admin, Business profile admin." in page
    assert 'aria-disabled="true"' in page
    assert f'href="{PAGE}new/"' not in page
    assert client_of(colleague).get(f"{PAGE}new/").status_code == 403
    assert "New solution" not in client_of(manager).get(PAGE).content.decode()


def test_what_is_withdrawn_or_retired_is_offered_no_more(
    acme: Tenant, nordwind: Partner, seller: Membership, rival: Membership, manager: Membership, call: Call
) -> None:
    with tenant_scope(acme):
        for name, status, retired in (
            ("Ready", "co_sell_ready", False),
            ("Retired", "co_sell_ready", True),
            ("Withdrawn", "withdrawn", False),
            ("Published", "published", False),
        ):
            Solution.objects.create(partner=nordwind, name=name, status=status, is_retired=retired)
        assert [row.name for row in offered_by(nordwind.pk)] == ["Published", "Ready"]
        assert [row.name for row in co_sell_ready_of(nordwind.pk)] == ["Ready"]
    rows = call(manager).get("solutions/?status=co_sell_ready").json()["results"]
    assert {row["name"] for row in rows} == {"Ready", "Retired"}
    assert call(rival).get("solutions/").json()["results"] == []
    assert call(rival).post(f"solutions/{rows[0]['id']}/edit/", {"name": "Mine"}, version=1).status_code == 404


def test_another_channel_manager_does_not_review_what_a_colleague_looks_after(
    acme: Tenant, nordwind: Partner, seller: Membership, manager: Membership, call: Call
) -> None:
    other = make_member(acme, "Other Manager", Role.CHANNEL_MANAGER)
    with tenant_scope(acme):
        Partner.objects.filter(pk=nordwind.pk).update(managers=[other.pk])
    key = call(seller).post("profile/solutions/", {"name": "Till"}).json()["id"]
    assert call(seller).post(f"solutions/{key}/send-for-review/", {}, version=1).status_code == 200
    refused: Any = call(manager).post(f"solutions/{key}/publish/", {}, version=2)
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "not_managed")
    assert call(other).post(f"solutions/{key}/publish/", {}, version=2).json()["status"] == "published"
