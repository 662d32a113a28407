"""Two companies, or two contacts, that are one: merged and unmerged by a person."""

import re
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from deals.models import Company, Contact, Duplicate
from deals.services import find_duplicates, merge, remember_customer, split_company, unmerge
from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from tests.deals.conftest import customer_of

Remember = Callable[..., tuple[Company, Contact]]
Browser = Callable[[Membership], Client]
ALTE_WERFT = {"name": "Alte Werft", "host": "werft.example.org", "website": "https://werft.example.org", "postcode": ""}


def api(client: Client, path: str, version: int, **body: Any) -> Any:
    headers = {"If-Match": f'"{version}"'}
    return client.post(f"/acme/api/v1/{path}", body, content_type="application/json", headers=headers)


def names(client: Client, path: str, **query: Any) -> list[str]:
    return [row["name"] for row in client.get(f"/acme/api/v1/{path}", query).json()["results"]]


def test_a_merged_company_is_found_in_the_kept_one_and_comes_back_whole(
    new_lead: Callable[..., Lead], remember: Remember, client_of: Browser, acting: Any, seller: Membership
) -> None:
    client = client_of(seller)
    ours = new_lead(seller, company="Hafenkontor", website="https://hafenkontor.example.org")
    theirs = new_lead(seller, company="Alte Werft", website="https://werft.example.org", email="ole@werft.example.org")
    with acting(seller):
        kept, merged = (Company.objects.get(pk=lead.known_company_id) for lead in (ours, theirs))
    page = client.get(f"/acme/companies/{kept.pk}/merge/", {"other": merged.pk}).content.decode()
    assert "Merge Alte Werft into Hafenkontor?" in page
    assert f"/acme/leads/{theirs.pk}/" in page
    assert f'href="/acme/companies/{merged.pk}/merge/?other={kept.pk}"' in page
    sent = {"version": kept.version, "other_version": merged.version, "name": "kept", "website": "merged"}
    done = client.post(f"/acme/companies/{kept.pk}/merge/?other={merged.pk}", sent)
    assert done.status_code == 302, done.content.decode()
    assert names(client, "companies/") == ["Hafenkontor"]
    assert names(client, "companies/", q="werft") == ["Hafenkontor"], "found by the merged one's name"
    assert client.get(f"/acme/companies/{merged.pk}/")["Location"] == f"/acme/companies/{kept.pk}/"
    page = client.get(f"/acme/companies/{kept.pk}/").content.decode()
    assert all(f"/acme/leads/{lead.pk}/" in page for lead in (ours, theirs))
    assert "Company merged" in page
    assert "https://werft.example.org/" in page
    later, _ = remember(seller, name="Alte Werft", host="hafenkontor.example.org", postcode="99999")
    assert later.pk == kept.pk
    after = new_lead(seller, company="Alte Werft", website="https://werft.example.org", email="jo@werft.example.org")
    assert after.known_company_id == kept.pk
    with acting(seller):
        event = Event.objects.get(kind="company.merged")
        kept.refresh_from_db()
    assert (event.before, event.after) == (
        {"website": "https://hafenkontor.example.org"},
        {"website": "https://werft.example.org"},
    )
    assert (kept.name, kept.host) == ("Hafenkontor", "werft.example.org")
    again = api(client, f"companies/{merged.pk}/unmerge/", 2)
    assert again.status_code == 200, again.content
    assert (again.json()["name"], again.json()["host"], again.json()["known_as"]) == (
        "Alte Werft",
        "werft.example.org",
        None,
    )
    page = client.get(f"/acme/companies/{merged.pk}/").content.decode()
    assert f"/acme/leads/{theirs.pk}/" in page
    assert f"/acme/leads/{after.pk}/" not in page, "what came after the merge stays with the kept one"
    page = client.get(f"/acme/companies/{kept.pk}/").content.decode()
    assert [f"/acme/leads/{lead.pk}/" in page for lead in (ours, theirs, after)] == [True, False, True]
    kept_now = client.get(f"/acme/api/v1/companies/{kept.pk}/").json()
    assert (kept_now["host"], kept_now["website"]) == ("hafenkontor.example.org", "https://hafenkontor.example.org")
    assert sorted(names(client, "companies/", q="werft")) == ["Alte Werft"]


def test_people_of_a_merged_company_are_the_kept_ones_until_it_is_taken_out(
    remember: Remember, client_of: Browser, acting: Any, seller: Membership
) -> None:
    client = client_of(seller)
    kept, jette = remember(seller)
    merged, ole = remember(seller, **ALTE_WERFT, first_name="Ole", last_name="Brandt", email="ole@werft.example.org")
    with acting(seller):
        merge("company", kept.pk, other=merged.pk, by=seller)
    found = client.get("/acme/api/v1/contacts/", {"q": "hafenkontor"}).json()["results"]
    assert {row["id"]: row["company"]["id"] for row in found} == {
        str(jette.pk): str(kept.pk),
        str(ole.pk): str(kept.pk),
    }
    company, again = remember(
        seller, **ALTE_WERFT, first_name="Ole", last_name="Brandt", email="ole@werft.example.org", phone="+49 421 77"
    )
    assert (company.pk, again.pk, again.phone) == (kept.pk, ole.pk, "+49 421 77"), "known again, not doubled"
    _, new = remember(seller, **ALTE_WERFT, first_name="Kai", last_name="Voss", email="kai@werft.example.org")
    with acting(seller):
        unmerge("company", merged.pk, by=seller)
        people = {row.pk: (row.company_id, row.company_key) for row in Contact.objects.all()}
    assert people == {
        jette.pk: (kept.pk, kept.name_key),
        ole.pk: (merged.pk, merged.name_key),
        new.pk: (kept.pk, kept.name_key),
    }


def test_two_contacts_become_one_with_the_values_that_were_chosen(
    remember: Remember, client_of: Browser, acting: Any, seller: Membership
) -> None:
    _, one = remember(seller, email="jette@example.org", phone="")
    _, two = remember(seller, first_name="J.", last_name="Ahlers-Brandt", job_title="", phone="+49 421 9")
    assert one.pk != two.pk
    done = api(client_of(seller), f"contacts/{one.pk}/merge/", 1, other=str(two.pk), take=["email", "phone"])
    assert done.status_code == 200, done.content
    assert (done.json()["email"], done.json()["phone"], done.json()["first_name"]) == (
        "j.ahlers@example.org",
        "+49 421 9",
        "Jette",
    )
    _, known = remember(seller, email="jette@example.org", phone="")
    assert known.pk == one.pk, "by the other address too"
    with acting(seller):
        assert Contact.objects.count() == 2, "both addresses are known"
        Contact.objects.filter(pk=one.pk).update(phone="+49 421 10")
        unmerge("contact", two.pk, by=seller)
        one.refresh_from_db()
        two.refresh_from_db()
    assert (one.email, one.phone) == ("jette@example.org", "+49 421 10"), "a later number stays"
    assert (two.email, two.phone, two.name, two.known_as_id) == (
        "j.ahlers@example.org",
        "+49 421 9",
        "J. Ahlers-Brandt",
        None,
    )


def test_a_chain_comes_apart_in_any_order(remember: Remember, acting: Any, seller: Membership) -> None:
    first, second, third = (
        remember(seller, name=name, host=f"{name.lower()}.example.org")[0] for name in ("Eins", "Zwei", "Drei")
    )
    with acting(seller):
        merge("company", second.pk, other=first.pk, take=["website"], by=seller)
        merge("company", third.pk, other=second.pk, by=seller)
        assert set(Company.objects.filter(known_as=third).values_list("pk", flat=True)) == {first.pk, second.pk}
        with pytest.raises(Refused, match="Eins is merged into Drei already"):
            merge("company", first.pk, other=third.pk, by=seller)
        with pytest.raises(Refused, match="one and the same"):
            merge("company", third.pk, other=third.pk, by=seller)
        unmerge("company", second.pk, by=seller)
        rows = {row.pk: row.known_as_id for row in Company.objects.all()}
        assert rows == {first.pk: second.pk, second.pk: None, third.pk: None}
        unmerge("company", first.pk, by=seller)
        hosts = dict(Company.objects.filter(known_as=None).values_list("name", "host"))
        assert hosts == {"Eins": "eins.example.org", "Zwei": "zwei.example.org", "Drei": "drei.example.org"}
        with pytest.raises(Refused, match="stands on its own"):
            unmerge("company", first.pk, by=seller)


def test_whoever_decides_on_an_older_state_or_may_not_changes_nothing(
    remember: Remember,
    client_of: Browser,
    acting: Any,
    seller: Membership,
    manager: Membership,
    rival: Membership,
    programme_admin: Membership,
) -> None:
    kept, _ = remember(seller)
    other, _ = remember(seller, **ALTE_WERFT)
    foreign, _ = remember(rival)
    remember(seller, **ALTE_WERFT | {"postcode": "28199"})
    client = client_of(seller)
    stale = api(client, f"companies/{kept.pk}/merge/", 1, other=str(other.pk), other_version=1)
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2), stale.content
    page = client.post(f"/acme/companies/{kept.pk}/merge/?other={other.pk}", {"version": 1, "other_version": 1})
    assert page.status_code in {409, 422}
    assert api(client, f"companies/{kept.pk}/merge/", 1, other=str(foreign.pk)).status_code == 404
    assert client.get(f"/acme/companies/{kept.pk}/merge/", {"other": "x"}).status_code == 404
    with acting(manager), pytest.raises(Refused, match="two partners"):
        merge("company", kept.pk, other=foreign.pk, by=manager)
    with acting(programme_admin), pytest.raises(NotPermitted):
        merge("company", kept.pk, other=other.pk, by=programme_admin)
    with acting(seller), pytest.raises(Stale):
        merge("company", kept.pk, other=other.pk, by=seller, seen=7)
    with acting(seller):
        assert not Company.objects.filter(known_as__isnull=False).exists()
    found = client.get(f"/acme/companies/{kept.pk}/merge/", {"q": "werft"}).content.decode()
    assert f"?other={other.pk}" in found
    alike, _ = remember(seller, name="Hafenkontor Feinkost", host="feinkost.example.org", email="x@example.org")
    remember(seller, name="Feinkost Albers", host="albers.example.org", email="y@example.org")
    found = client.get(f"/acme/companies/{kept.pk}/merge/").content.decode()
    assert re.findall(r"\?other=([^\"]+)", found) == [str(alike.pk)]
    assert "Nearly the same name" in found


def test_a_company_made_of_two_is_split_with_the_chosen_people_and_leads(
    new_lead: Callable[..., Lead], client_of: Browser, acting: Any, seller: Membership, manager: Membership
) -> None:
    client = client_of(seller)
    site = {"website": "https://mall.example.org", "postcode": "28195"}
    ours = new_lead(seller, company="Kawa", email="jo@mall.example.org", **site)
    theirs = new_lead(seller, company="Kawa Anna", email="anna@mall.example.org", last_name="Anna", **site)
    assert ours.known_company_id == theirs.known_company_id
    before = client.get(f"/acme/api/v1/companies/{ours.known_company_id}/").json()
    address = f"companies/{before['id']}/split/"
    assert f'value="{theirs.pk}"' in client.get(f"/acme/{address}").content.decode()
    wrong = api(client, address, before["version"], name="Anna", brought=[str(manager.pk)])
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["brought"]), wrong.content
    assert api(client, address, before["version"], name="Anna").status_code == 422
    sent = {"brought": [str(theirs.pk)], "contacts": [str(theirs.known_contact_id)]}
    done = api(client, address, before["version"], name="Café Anna", **sent)
    assert (done.status_code, done.json()["name"]) == (201, "Café Anna"), done.content
    with acting(seller):
        assert [Lead.objects.get(pk=lead.pk).known_company_id for lead in (ours, theirs)] == [
            ours.known_company_id,
            Company.objects.get(name="Café Anna").pk,
        ]
        moved = Contact.objects.get(pk=theirs.known_contact_id)
        assert (str(moved.company_id), moved.company_key) == (done.json()["id"], "cafe anna")
        assert Event.objects.get(kind="company.split").data["brought"] == [str(theirs.pk)]
    page = client.get(f"/acme/companies/{done.json()['id']}/").content.decode()
    assert [f"/acme/leads/{lead.pk}/" in page for lead in (ours, theirs)] == [False, True]
    assert names(client, "companies/", q="cafe anna") == ["Café Anna"]


def test_of_two_businesses_of_one_name_without_a_website_each_keeps_its_own(
    remember: Remember, acting: Any, seller: Membership
) -> None:
    anna = {"name": "Café Anna", "host": "", "website": "", "email": "info@anna.example.org"}
    here, _ = remember(seller, **anna, postcode="28195", phone="+49 421 1")
    there, jo = remember(seller, **anna, postcode="10115", first_name="Jo", last_name="Voss", phone="+49 30 2")
    assert here.pk != there.pk
    assert (there.name, there.postcode, jo.company_id) == ("Café Anna", "10115", there.pk)
    for place, company in (("28 195", here), ("10115", there), ("", here)):
        assert remember(seller, **anna, postcode=place)[0].pk == company.pk, place
    assert remember(seller, **anna | {"country": "AT"}, postcode="")[0].pk == here.pk, "nothing says where it is"
    with acting(seller):
        rows = Company.objects.order_by("name_key").values_list("name", "country", "postcode")
        assert list(rows) == [("Café Anna", "DE", "28195"), ("Café Anna", "DE", "10115")]
        find_duplicates(there)
        assert Duplicate.objects.get(company=here).company_twin_id == there.pk
        ids = list(Contact.objects.filter(company=here).values_list("pk", flat=True)[:1])
        made = split_company(here.pk, name="Café Anna", contacts=ids, by=seller)
        assert Company.objects.filter(name="Café Anna").count() == 3
        assert made.pk not in {here.pk, there.pk}
        merge("company", here.pk, other=there.pk, take=["name", "postcode"], by=seller)
    assert remember(seller, **anna, postcode="10115")[0].pk == here.pk, "the merged one is known as the kept one"


def test_a_contact_made_of_two_is_split_with_the_chosen_leads(
    new_lead: Callable[..., Lead], client_of: Browser, acting: Any, seller: Membership, rival: Membership
) -> None:
    client = client_of(seller)
    shop = {"company": "Hafenkontor", "website": "https://hafenkontor.example.org", "email": "info@hafen.example.org"}
    ours, theirs = (new_lead(seller, **shop) for _ in range(2))
    contact = ours.known_contact_id
    assert theirs.known_contact_id == contact
    page = client.get(f"/acme/contacts/{contact}/split/").content.decode()
    assert theirs.reference in page
    version = client.get(f"/acme/api/v1/contacts/{contact}/").json()["version"]
    address, other = f"contacts/{contact}/split/", {"first_name": "Ole", "last_name": "Brandt"}
    foreign = new_lead(rival, **shop)
    for wrong in ({"brought": []}, {"brought": [str(foreign.pk)]}, {"brought": [str(theirs.pk)], "email": "no"}):
        assert api(client, address, version, **other, **wrong).status_code in {409, 422}
    same = {"first_name": ours.first_name, "last_name": ours.last_name, "email": ours.email}
    assert api(client, address, version, **same, brought=[str(theirs.pk)]).status_code in {409, 422}
    done = api(client, address, version, **other, phone="+49 421 9", brought=[str(theirs.pk)])
    assert (done.status_code, done.json()["last_name"], done.json()["phone"]) == (201, "Brandt", "+49 421 9")
    with acting(seller):
        made = Contact.objects.get(pk=done.json()["id"])
        assert [Lead.objects.get(pk=lead.pk).known_contact_id for lead in (ours, theirs)] == [contact, made.pk]
        assert (made.company_id, made.company_key) == (ours.known_company_id, "hafenkontor")
        assert Event.objects.get(kind="contact.split").data["brought"] == [str(theirs.pk)]
    assert [row["id"] for row in client.get("/acme/api/v1/contacts/", {"q": "brandt"}).json()["results"]] == [
        str(made.pk)
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_merge_each_into_the_other_one_wins(acting: Any, seller: Membership) -> None:
    facts = customer_of(seller)
    with acting(seller):
        one, _ = remember_customer(**facts)
        two, _ = remember_customer(**facts | ALTE_WERFT)
    gate, results = Barrier(2), []

    def try_it(kept: Any, other: Any) -> None:
        try:
            with acting(seller):
                gate.wait(60)
                merge("company", kept, other=other, by=seller)
                results.append("done")
        except Refused as refusal:
            results.append(refusal.reasons[0].text)
        finally:
            connection.close()

    threads = [Thread(target=try_it, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done, refused = sorted(map(str, results), key=len)
    assert done == "done"
    assert "is merged into" in refused
    assert "None" not in refused
