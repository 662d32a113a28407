"""Addresses of records come from their models."""

from uuid import UUID

import pytest

from leads.models import Lead
from partnerhub.web.lists.addresses import RecordAddresses

KEY = UUID(int=7)


@pytest.fixture
def urls() -> RecordAddresses:
    return RecordAddresses(Lead.urls, KEY)


def test_a_record_knows_its_page_and_its_steps(urls: RecordAddresses) -> None:
    assert urls.page == f"/leads/{KEY}/"
    assert urls.award == f"/leads/{KEY}/award/"
    assert urls.undo_assign == f"/leads/{KEY}/undo-assign/"


def test_what_is_no_step_of_its_machine_has_no_address(urls: RecordAddresses) -> None:
    with pytest.raises(AttributeError):
        assert urls.awrad
