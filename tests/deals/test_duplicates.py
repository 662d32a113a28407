"""Customers that may be one: found by the worker, merged or said to be two by a person, and remembered."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deals.models import Company, Contact, Duplicate, DuplicateWatch
from deals.services import doubling, find_duplicates, forget_customer, look_for_duplicates, merge, say_not_same, unmerge
from deals.states import Likeness, Status
from deals.tasks import sweep
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.events.selectors import events_for
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

Remember = Callable[..., tuple[Company, Contact]]
FEINKOST = {"name": "Hafenkontor Feinkost", "host": "feinkost.example.org", "email": "x@feinkost.example.org"}


def swept(acme: Tenant) -> list[tuple[str, str, str, str]]:
    with tenant_scope(acme):
        look_for_duplicates()
        rows = Duplicate.objects.select_related("company", "company_twin", "contact", "contact_twin").order_by("id")
        return [(str(row.one), str(row.twin), row.likeness, row.status) for row in rows]


def test_what_may_be_one_is_found_merged_and_asked_about_again(
    acme: Tenant,
    remember: Remember,
    seller: Membership,
    rival: Membership,
    client_of: Callable[[Membership], Client],
    call: Call,
    acting: Any,
) -> None:
    one, _ = remember(seller, name="Hafenkontor")
    twin, _ = remember(seller, **FEINKOST, first_name="Ole", last_name="Brandt")
    remember(seller, name="Alte Werft", host="werft.example.org", email="j.werft@example.org")
    remember(rival, **FEINKOST)
    pairs = [
        ("Hafenkontor", "Hafenkontor Feinkost", Likeness.NEARLY, Status.OPEN),
        ("Jette Ahlers", "Jette Ahlers", Likeness.NAME, Status.OPEN),
    ]
    assert swept(acme) == pairs
    assert swept(acme) == pairs, "each once"
    assert call(rival).get("duplicates/").json()["results"] == []
    rows = {row["kind"]: row for row in call(seller).get("duplicates/").json()["results"]}
    page = client_of(seller).get(f"/acme/duplicates/{rows['company']['id']}/").content.decode()
    assert page.count('data-label="Known for longer"') == page.count('data-label="Came later"') > 0  # on a phone, too
    assert f'href="/acme/companies/{one.pk}/merge/?other={twin.pk}"' in page
    assert client_of(rival).get(f"/acme/duplicates/{rows['company']['id']}/").status_code == 404
    address = f"duplicates/{rows['contact']['id']}/"
    assert call(seller).post(f"{address}not-same/", version=1).json()["status"] == "not_same"
    assert swept(acme)[1][3] == Status.NOT_SAME, "remembered"
    assert call(seller).post(f"{address}ask-again/", version=2).json()["status"] == "open"
    with acting(seller):
        merge("company", one.pk, other=twin.pk, by=seller)
        assert Duplicate.objects.get(company=one).status == Status.MERGED
        unmerge("company", twin.pk, by=seller)
        pair = Duplicate.objects.get(company=one)
        assert pair.status == Status.OPEN
        kinds = Event.objects.filter(subject_id=pair.pk).order_by("id").values_list("kind", flat=True)
        assert list(kinds) == ["duplicate.found", "duplicate.merged", "duplicate.found_again"]
        say_not_same(pair.pk, by=seller)
        third, _ = remember(seller, name="Hafenkontor Cafe", host="cafe.example.org", first_name="Kai")
        find_duplicates(third)
        merge("company", third.pk, other=twin.pk, by=seller)
        states = {(str(row.one), str(row.twin)): row.status for row in Duplicate.objects.exclude(company=None)}
    assert states == {
        ("Hafenkontor", "Hafenkontor Feinkost"): Status.NOT_SAME,
        ("Hafenkontor", "Hafenkontor Cafe"): Status.OPEN,
        ("Hafenkontor Feinkost", "Hafenkontor Cafe"): Status.MERGED,
    }


def test_a_forgotten_customer_takes_its_pairs_along(
    acme: Tenant, remember: Remember, seller: Membership, call: Call
) -> None:
    remember(seller, name="Hafenkontor")
    company, contact = remember(seller, **FEINKOST, first_name="Jette", last_name="Ahlers")
    assert len(swept(acme)) == 2
    pair = call(seller).get("duplicates/").json()["results"][0]["id"]
    with tenant_scope(acme):
        forget_customer(company.pk, contact.pk, is_brought=lambda one: False)
        assert not Duplicate.objects.exists()
        assert events_for(seller).filter(subject_id=pair).count() == 0


def test_the_look_goes_on_where_it_ended(
    acme: Tenant, remember: Remember, seller: Membership, monkeypatch: Any
) -> None:
    for number in range(5):
        remember(seller, name=f"Laden {number}", host=f"laden{number}.example.org", email=f"a{number}@example.org")
    monkeypatch.setattr(doubling, "LOOKED_AT", 2)
    with tenant_scope(acme):
        Company.objects.update(updated_at="2026-11-01T12:00Z")
        Contact.objects.update(updated_at="2026-11-01T12:00Z")
        seen = []
        for _run in range(3):
            look_for_duplicates()
            seen.append(DuplicateWatch.objects.get(kind="company").looked_id)
        ids = list(Company.objects.order_by("id").values_list("pk", flat=True))
        assert seen[:2] == [ids[1], ids[3]]
        assert DuplicateWatch.objects.get(kind="company").looked_until.year == 2026


def test_the_worker_looks_at_all_of_them_some_in_each_transaction(
    acme: Tenant, remember: Remember, seller: Membership, monkeypatch: Any
) -> None:
    for number in range(5):
        remember(seller, name=f"Laden {number}", host=f"laden{number}.example.org", email=f"a{number}@example.org")
    monkeypatch.setattr(doubling, "LOOKED_AT", 2)
    with CaptureQueriesContext(connection) as captured:
        sweep()
    entered = [query for query in captured if "set_config('app.tenant_id'" in query["sql"]]
    assert len(entered) == 3
    with tenant_scope(acme):
        watches = DuplicateWatch.objects.values_list("kind", "looked_id")
        assert sorted(watches) == [("company", doubling.NO_ID), ("contact", doubling.NO_ID)], "both came to the end"
