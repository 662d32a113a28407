"""A customer is remembered once per partner, and completed by each lead."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deals.models import Company, Contact
from deals.services import CONTACTS, remember_customer
from partnerhub.accounts.models import Membership
from partnerhub.errors import Stale
from partnerhub.events.models import Event
from partnerhub.events.services import happened
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.deals.conftest import customer_of

Remember = Callable[..., tuple[Company, Contact]]


def test_the_same_website_is_the_same_company_and_a_corrected_name_is_taken_over(
    remember: Remember, seller: Membership, acting: Any
) -> None:
    first, jette = remember(seller, name="Hafenkontr")
    second, _ = remember(seller, name="HAFENKONTOR GmbH & Co. KG", email="other@example.org")
    assert second.pk == first.pk
    assert (second.name, second.name_key, second.name_core) == (
        "HAFENKONTOR GmbH & Co. KG",
        "hafenkontor gmbh & co. kg",
        "hafenkontor",
    )
    assert "hafenkontor gmbh" in second.search_text
    with acting(seller):
        event = Event.objects.get(kind="company.changed")
        jette.refresh_from_db()
    assert (event.before, event.after) == ({"name": "Hafenkontr"}, {"name": "HAFENKONTOR GmbH & Co. KG"})
    assert (jette.company_key, "hafenkontor gmbh" in jette.search_text) == (second.name_key, True)


def test_two_businesses_below_one_website_are_not_mixed(remember: Remember, seller: Membership) -> None:
    shared = {"host": "mall.example.org", "website": "https://mall.example.org/shops"}
    one, ada = remember(seller, name="Kawa GmbH", **shared)
    other, jo = remember(seller, name="Anna GmbH", **shared)
    again, _ = remember(seller, name="Anna", **shared)
    assert (other.pk == one.pk, ada.pk == jo.pk) == (False, False)
    assert (one.name, one.host, other.name, other.host) == ("Kawa GmbH", "mall.example.org", "Anna GmbH", "")
    assert other.website == "https://mall.example.org/shops"
    assert again.pk != one.pk


def test_a_corrected_persons_name_is_the_same_person_but_not_at_a_desk(remember: Remember, seller: Membership) -> None:
    _, wrong = remember(seller, first_name="Jete", last_name="Ahlres")
    _, right = remember(seller, first_name="Jette", last_name="Ahlers", phone="+49 421 9")
    assert (right.pk, right.name, right.name_key, right.phone) == (
        wrong.pk,
        "Jette Ahlers",
        "jette ahlers",
        "+49 421 9",
    )
    _, husband = remember(seller, first_name="Ole", last_name="Ahlers", phone="+49 421 3")
    assert (husband.pk == right.pk, husband.phone) == (False, "+49 421 3")
    desk = {"email": "info@hafenkontor.example.org"}
    _, anna = remember(seller, first_name="Anna", last_name="Petersen", phone="+49 421 4", **desk)
    _, anne = remember(seller, first_name="Anne", last_name="Petersen", phone="+49 421 5", **desk)
    assert (anna.pk == anne.pk, anna.phone, anne.phone) == (False, "+49 421 4", "+49 421 5")


def test_what_was_missing_is_filled_in_and_what_is_known_stays(remember: Remember, seller: Membership) -> None:
    remember(seller, country="", postcode="", phone="", job_title="Owner")
    company, contact = remember(seller, country="DE", postcode="28195", phone="+49 1", job_title="")
    assert (str(company.country), company.postcode) == ("DE", "28195")
    assert (contact.phone, contact.job_title) == ("+49 1", "Owner")


def test_an_address_is_one_person_however_it_is_written(remember: Remember, seller: Membership) -> None:
    _, first = remember(seller, email="J.Ahlers@Example.org")
    _, second = remember(seller, email=" j.ahlers@example.org ")
    assert (first.pk, first.email) == (second.pk, "j.ahlers@example.org")


def test_two_people_with_one_mailbox_are_two_contacts(remember: Remember, seller: Membership) -> None:
    shared = {"email": "info@hafenkontor.example.org"}
    company, jette = remember(seller, **shared, phone="+49 421 1", job_title="Owner")
    same, ole = remember(seller, **shared, first_name="Ole", last_name="Brandt", phone="+49 421 2", job_title="Buyer")
    _, again = remember(seller, **shared, first_name="Ole", last_name="Brandt", phone="", job_title="Head of buying")
    assert (same.pk, again.pk) == (company.pk, ole.pk)
    _, jette_again = remember(seller, **shared, phone="", job_title="")
    assert jette_again.pk == jette.pk
    assert (jette_again.name, jette_again.phone, jette_again.job_title) == ("Jette Ahlers", "+49 421 1", "Owner")
    assert (again.name, again.phone, again.job_title) == ("Ole Brandt", "+49 421 2", "Head of buying")


def test_a_corrected_name_and_number_are_taken_over_and_told(
    remember: Remember, seller: Membership, acting: Any
) -> None:
    _, wrong = remember(seller, first_name="łucja", last_name="ahlers", phone="+49 421 1")
    _, right = remember(seller, first_name="Lucja", last_name="Ahlers", phone="+49 421 2")
    assert (right.pk, right.name, right.phone) == (wrong.pk, "Lucja Ahlers", "+49 421 2")
    with acting(seller):
        event = Event.objects.get(kind="contact.changed")
    assert event.before == {"first_name": "łucja", "last_name": "ahlers", "phone": "+49 421 1"}
    assert event.after == {"first_name": "Lucja", "last_name": "Ahlers", "phone": "+49 421 2"}
    assert (event.actor_id, event.subject_id, event.partner_id) == (seller.pk, wrong.pk, seller.partner_id)
    assert (wrong.version, right.version, event.data) == (1, 2, {"version": 2})


def test_what_happened_before_takes_nothing_from_what_is_newer(remember: Remember, seller: Membership) -> None:
    remember(seller, phone="", job_title="Owner")
    with happened(now() - timedelta(days=300)):
        _, contact = remember(seller, phone="+49 421 1", job_title="Trainee")
    assert (contact.phone, contact.job_title) == ("+49 421 1", "Owner")


def test_what_is_filled_in_of_a_company_is_told(remember: Remember, seller: Membership, acting: Any) -> None:
    remember(seller, postcode="", name="HAFENKONTOR FEINKOST GMBH")
    beside, _ = remember(seller, name="Alte Werft", host="werft.example.org")
    first, _ = remember(seller, postcode="28195")
    again, _ = remember(seller, postcode="28195")
    assert (first.version, again.version) == (2, 2), "the same again changes nothing"
    with acting(seller):
        beside.refresh_from_db()
        assert beside.version == 1, "nobody else's version moves"
        event = Event.objects.get(kind="company.changed")
    assert event.before == {"name": "HAFENKONTOR FEINKOST GMBH", "postcode": ""}
    assert event.after == {"name": "Hafenkontor Feinkost GmbH", "postcode": "28195"}


@pytest.mark.parametrize("host", ["facebook.com", "m.facebook.com", "de-de.facebook.com", "etsy.com"])
def test_businesses_on_a_host_that_many_share_are_not_one_company(
    remember: Remember, seller: Membership, host: str
) -> None:
    one, _ = remember(seller, name="Kawa", host=host, website=f"https://{host}/kawa")
    other, _ = remember(seller, name="Café Anna", host=host, website=f"https://{host}/anna")
    again, _ = remember(seller, name="KAWA", host=host, website=f"https://{host}/kawa")
    assert (other.pk == one.pk, again.pk == one.pk) == (False, True)
    assert (one.host, one.website, other.website) == ("", f"https://{host}/kawa", f"https://{host}/anna")


@pytest.mark.parametrize("host", ["cafe-anna.github.io", "notfacebook.com", "facebook.com.example.org"])
def test_a_host_of_ones_own_below_a_shared_one_is_ones_own(remember: Remember, seller: Membership, host: str) -> None:
    one, _ = remember(seller, name="Kawa", host=host)
    same, _ = remember(seller, name="Café Kawa", host=host)
    assert (same.pk, one.host) == (one.pk, host)


def test_without_a_website_the_folded_name_tells_companies_apart(remember: Remember, seller: Membership) -> None:
    first, _ = remember(seller, name="Łódź Kawa", host="", website="")
    same, _ = remember(seller, name="LODZ  KAWA", host="", website="")
    other, _ = remember(seller, name="Gdańsk Kawa", host="", website="")
    assert (same.pk == first.pk, other.pk == first.pk) == (True, False)


def test_two_partners_that_know_the_same_company_have_one_each(
    remember: Remember, seller: Membership, rival: Membership, manager: Membership, acting: Any
) -> None:
    ours, _ = remember(seller)
    theirs, _ = remember(rival)
    assert ours.pk != theirs.pk
    with acting(seller):
        assert list(Company.objects.all()) == [ours]
    with acting(manager):
        assert Company.objects.count() == 2


def test_two_tenants_share_nothing(remember: Remember, seller: Membership, stranger: Membership, acting: Any) -> None:
    ours, _ = remember(seller)
    theirs, _ = remember(stranger)
    assert ours.pk != theirs.pk
    with acting(stranger):
        assert list(Contact.objects.values_list("company", flat=True)) == [theirs.pk]


def test_it_takes_two_statements(
    remember: Remember, seller: Membership, acting: Any, django_assert_num_queries: Any
) -> None:
    with acting(seller), django_assert_num_queries(2):
        remember_customer(**customer_of(seller))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_company_and_one_contact_come(acting: Any, acme: Tenant, seller: Membership) -> None:
    ready = Barrier(8)
    found: list[Any] = []

    def keep() -> None:
        try:
            with acting(seller):
                ready.wait(60)
                found.append(remember_customer(**customer_of(seller)))
        finally:
            connection.close()

    threads = [Thread(target=keep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    with tenant_scope(acme):
        assert (Company.objects.count(), Contact.objects.count()) == (1, 1)


def test_a_contact_cannot_point_into_another_tenant(
    remember: Remember, seller: Membership, stranger: Membership, acting: Any
) -> None:
    company, _ = remember(seller)
    _, contact = remember(stranger)
    with acting(stranger), pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(company=company.pk)


def test_what_changed_since_a_version_was_seen_is_known(
    remember: Remember, seller: Membership, colleague: Membership, acting: Any
) -> None:
    _, contact = remember(seller, phone="+49 421 1")
    remember(seller, phone="+49 421 2")
    remember(colleague, phone="+49 421 3", job_title="Head of buying")
    with acting(seller), pytest.raises(Stale) as stale:
        CONTACTS.locked(contact.pk, by=seller, seen=1)
    assert stale.value.difference == {"phone": ("+49 421 1", "+49 421 3"), "job_title": ("Owner", "Head of buying")}
    assert stale.value.who == colleague.name
    with acting(seller):
        assert CONTACTS.locked(contact.pk, by=seller, seen=3).phone == "+49 421 3"


BUSINESSES = {
    "Kawa": "Ada Lovelace",
    "Hafenkontor": "Ole Brandt",
    "Salon Żyrafa": "Mei Chen",
    "Bäckerei Nord": "Yusuf Öz",
}
BROUGHT = st.tuples(
    st.sampled_from(sorted(BUSINESSES)),
    st.sampled_from(["facebook.com", "etsy.com", "", "one-mall.example.org"]),
    st.sampled_from(["info@gmail.com", "office@one-mall.example.org", "kontakt@kawa.example.org"]),
    st.integers(min_value=100, max_value=999),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BROUGHT, min_size=2, max_size=8))
def test_whatever_they_share_nobody_gets_anothers_name_or_number(
    remember: Remember, seller: Membership, acting: Any, brought: list[tuple[str, str, str, int]]
) -> None:
    with acting(seller):
        Contact.objects.all().delete()
        Company.objects.all().delete()
    last: dict[Any, tuple[str, str, str]] = {}
    for name, host, mailbox, number in brought:
        first, family = BUSINESSES[name].split()
        company, contact = remember(
            seller,
            name=name,
            host=host,
            website=host and f"https://{host}/x",
            email=mailbox,
            first_name=first,
            last_name=family,
            phone=f"+49 421 {number}",
        )
        last[contact.pk] = (name, BUSINESSES[name], f"+49 421 {number}")
        assert company.name == name
    with acting(seller):
        kept = {one.pk: (one.company.name, one.name, one.phone) for one in Contact.objects.select_related("company")}
    assert kept == last
