"""A customer is remembered once per partner, and completed by each lead."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from deals.models import Company, Contact
from deals.services import remember_customer
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.deals.conftest import customer_of

Remember = Callable[..., tuple[Company, Contact]]


def test_the_same_website_is_the_same_company(remember: Remember, seller: Membership) -> None:
    first, _ = remember(seller, name="Hafenkontor")
    second, _ = remember(seller, name="HAFENKONTOR GmbH & Co. KG", email="other@example.org")
    assert second.pk == first.pk
    assert second.name == "Hafenkontor"


def test_what_was_missing_is_filled_in_and_what_is_known_stays(remember: Remember, seller: Membership) -> None:
    remember(seller, country="", postcode="", phone="", job_title="Owner")
    company, contact = remember(seller, country="DE", postcode="28195", phone="+49 1", job_title="")
    assert (str(company.country), company.postcode) == ("DE", "28195")
    assert (contact.phone, contact.job_title) == ("+49 1", "Owner")


def test_an_address_is_one_person_however_it_is_written(remember: Remember, seller: Membership) -> None:
    _, first = remember(seller, email="J.Ahlers@Example.org")
    _, second = remember(seller, email=" j.ahlers@example.org ")
    assert (first.pk, first.email) == (second.pk, "j.ahlers@example.org")


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
                ready.wait(10)
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
