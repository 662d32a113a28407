"""The kind of record of these tests: registered as an app registers its own, and addressed."""

from collections.abc import Callable
from typing import Any

import pytest

from leads.models import Lead
from leads.services import award_lead
from partnerhub.accounts.models import Membership
from partnerhub.events import readers
from partnerhub.events.words import FIELDS, GROUPS, KINDS, SUBJECTS, TOLD
from partnerhub.records.registering import register_records
from partnerhub.states import MACHINES
from partnerhub.web.enums import ENUM_NAMES
from partnerhub.web.icons import ICON_OF_KIND
from referrals.models import Referral
from tests.records.kind import ADDRESSES, ENDINGS


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for table in (KINDS, TOLD, FIELDS, GROUPS, SUBJECTS, MACHINES, readers._readers, ICON_OF_KIND, ENUM_NAMES):
        for name in ("ending", "ending.ended", "ending.undone", "ReferralStatus"):
            monkeypatch.setitem(table, name, None)  # type: ignore[arg-type]  # so that it is gone afterwards
            monkeypatch.delitem(table, name)
    monkeypatch.setattr(Referral, "urls", ADDRESSES, raising=False)
    register_records(ENDINGS)


@pytest.fixture
def referral(new_lead: Callable[..., Lead], acting: Any, seller: Membership, manager: Membership) -> Referral:
    lead = new_lead(seller, company="Lumikello Oy")
    with acting(manager):
        award_lead(lead.pk, by=manager)
        return Referral.objects.get(lead=lead)
