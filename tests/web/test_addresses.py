"""Addresses of records come from their models."""

from uuid import UUID

import pytest

from leads.models import Lead
from referrals.models import Referral

KEY = UUID(int=7)


def test_a_record_knows_its_page_and_its_steps() -> None:
    urls = Lead(pk=KEY).urls
    assert urls.page == f"/leads/{KEY}/"
    assert urls.award == f"/leads/{KEY}/award/"
    assert urls.undo_assign == f"/leads/{KEY}/undo-assign/"


def test_what_is_no_step_of_its_machine_has_no_address() -> None:
    with pytest.raises(AttributeError):
        assert Lead(pk=KEY).urls.awrad


def test_a_record_without_pages_has_no_addresses() -> None:
    assert not hasattr(Referral(pk=KEY), "urls")
