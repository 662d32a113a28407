"""Programs that a tenant adds to the two it was opened with."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead, Program
from leads.services.programs import MOST_PROGRAMS, add_program
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import answers

NEW = {
    "kind": "pos",
    "name": "Market stalls",
    "description": "",
    "is_active": True,
    "terms_version": "1",
    "terms_text": "The terms.",
}
PAGE = "/acme/programs/new/"


def test_a_program_is_added_and_takes_leads(
    client_of: Callable[..., Client], programme_admin: Membership, seller: Membership, acme: Tenant
) -> None:
    assert client_of(programme_admin).post(PAGE, NEW | {"is_active": "on"}).status_code == 302
    with tenant_scope(acme):
        program = Program.objects.get(slug="market-stalls")
        event = Event.objects.get(kind="program.added")
    assert (program.kind, program.position) == ("pos", 2)
    assert event.after["name"] == "Market stalls"

    browser = client_of(seller)
    assert "Submit a Market stalls lead" in browser.get("/acme/leads/").content.decode()
    sent = browser.post(
        "/acme/leads/new/market-stalls/", answers(lead="01900000-0000-7000-8000-000000000001", submit="1")
    )
    assert sent.status_code in (302, 303)
    with tenant_scope(acme):
        assert Lead.objects.get().program_id == program.pk


def test_the_api_adds_one_too(call: Call, programme_admin: Membership, manager: Membership) -> None:
    added = call(programme_admin).post("programs/", NEW)
    assert (added.status_code, added.json()["slug"], added.json()["kind"]) == (201, "market-stalls", "pos")
    again = call(programme_admin).post("programs/", NEW)
    assert (again.status_code, list(again.json()["errors"])) == (422, ["name"])
    wrong = call(programme_admin).post("programs/", NEW | {"kind": "shop"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["kind"])
    assert call(manager).post("programs/", NEW).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"kind": "shop"}, 422), ({"name": ""}, 422), ({"terms_text": ""}, 422), ({"name": "Pos"}, 409)],
)
def test_what_is_wrong_comes_back(
    client_of: Callable[..., Client], programme_admin: Membership, acme: Tenant, wrong: dict[str, str], status: int
) -> None:
    assert client_of(programme_admin).post(PAGE, NEW | wrong).status_code == status
    with tenant_scope(acme):
        assert Program.objects.count() == 2


def test_a_name_in_other_letters_has_an_address_too(acting: Any, programme_admin: Membership) -> None:
    with acting(programme_admin):
        one, other = (add_program(NEW | {"name": name}, by=programme_admin) for name in ("店舗", "市場"))
    assert one.slug.startswith("pos-")
    assert one.slug != other.slug


def test_there_are_at_most_twenty_and_nobody_else_adds_one(
    acting: Any, programme_admin: Membership, manager: Membership
) -> None:
    with acting(manager), pytest.raises(NotPermitted):
        add_program(NEW, by=manager)
    with acting(programme_admin):
        for number in range(MOST_PROGRAMS - 2):
            add_program(NEW | {"name": f"Program {number}"}, by=programme_admin)
        with pytest.raises(Refused):
            add_program(NEW, by=programme_admin)
