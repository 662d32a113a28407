"""Awarded leads."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead
from leads.services import assign_lead, award_lead, question_award, start_lead, take_back_award
from partnerhub.accounts.models import Membership


@pytest.fixture
def awarded(
    new_lead: Callable[..., Lead], acting: Any, seller: Membership, manager: Membership, representative: Membership
) -> Callable[..., Lead]:
    """A lead that went all the way: `awarded(company="…", kind="plus", by=…)`."""

    def award(*, by: Membership | None = None, **answers: Any) -> Lead:
        lead = new_lead(by or seller, **answers)
        with acting(manager):
            assign_lead(lead.pk, to=representative.pk, by=manager)
            start_lead(lead.pk, by=manager)
            return award_lead(lead.pk, by=manager)

    return award


@pytest.fixture
def taken_back(acting: Any, manager: Membership, second_manager: Membership) -> Callable[[Lead], Lead]:
    """Its award is taken back, by two people."""

    def take_back(lead: Lead) -> Lead:
        with acting(manager):
            question_award(lead.pk, text="Signed with somebody else.", by=manager)
        with acting(second_manager):
            return take_back_award(lead.pk, by=second_manager)

    return take_back
