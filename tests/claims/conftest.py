"""A lead that the vendor brings, in whatever place a test needs."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead, Program
from partnerhub.accounts.models import Membership
from partnerhub.claims.services import To, WhereTo, bring_lead
from partnerhub.tenancy.models import new_id

CONTACT = {
    "company": "Hafenkontor",
    "website": "https://hafenkontor.example.org",
    "country": "DE",
    "postcode": "20457",
    "first_name": "Jette",
    "last_name": "Ahlers",
    "email": "j.ahlers@hafenkontor.example.org",
    "phone": "",
    "job_title": "",
    "notes": "Ring the second bell.",
}
FACTS = {"industry": "restaurant", "size": "Four shops", "need": "Tills that work offline"}


@pytest.fixture
def bring(acting: Any, manager: Membership) -> Callable[..., Lead]:
    """`bring()` puts a lead into the fallback queue; `bring(WhereTo.OFFER, partner=…)` offers it."""

    def make(way: str = WhereTo.QUEUE, *, number: int = 0, by: Membership = manager, **to: Any) -> Lead:
        answers = CONTACT | {"company": f"Hafenkontor {number}"} if number else CONTACT
        with acting(by):
            program = Program.objects.get(slug="pos")
            return bring_lead(new_id(), program=program, answers=answers, facts=FACTS, to=To(way, **to), by=by)

    return make
