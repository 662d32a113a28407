"""Customers of the cast's partners."""

from collections.abc import Callable
from typing import Any

import pytest

from deals.models import Company, Contact
from deals.services import remember_customer
from partnerhub.accounts.models import Membership

FACTS = {
    "name": "Hafenkontor Feinkost GmbH",
    "host": "hafenkontor.example.org",
    "website": "https://hafenkontor.example.org",
    "country": "DE",
    "postcode": "28195",
    "first_name": "Jette",
    "last_name": "Ahlers",
    "email": "j.ahlers@example.org",
    "phone": "+49 421 5550184",
    "job_title": "Owner",
}


def customer_of(member: Membership) -> dict[str, Any]:
    """What a lead of this person's partner says of its customer."""
    return {"partner_id": member.partner_id, "by": member, **FACTS}


@pytest.fixture
def remember(acting: Any) -> Callable[..., tuple[Company, Contact]]:
    """Keep a customer of this person's partner: `remember(seller, name="…")`."""

    def keep(by: Membership, **changes: Any) -> tuple[Company, Contact]:
        with acting(by):
            company, contact = remember_customer(**(customer_of(by) | changes))
            return Company.objects.get(pk=company), Contact.objects.get(pk=contact)

    return keep
