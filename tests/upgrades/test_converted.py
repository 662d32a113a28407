"""A lead that goes on as a deal: what becomes of its upgrade invitation (rulings 3, 6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from leads.models import Lead
from leads.services import convert_lead
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner, Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.services import INVITATIONS, activate, agree
from partnerhub.upgrades.states import Status
from referrals.models import Referral


@pytest.mark.parametrize(("is_agreed", "status"), [(False, Status.WITHDRAWN), (True, Status.AGREED)])
def test_the_link_ends_with_it_and_what_was_agreed_goes_on_and_awards_nothing(
    acme: Tenant,
    nordwind: Partner,
    seller: Membership,
    manager: Membership,
    invited: UpgradeInvitation,
    acting: Any,
    is_agreed: bool,
    status: Status,
) -> None:
    with tenant_scope(acme):
        sold = Solution.objects.create(partner=nordwind, name="Till in a box", status=SolutionStatus.CO_SELL_READY)
        if is_agreed:
            agree(invited, name="Ola Nordmann", address=None, text="x")
        Lead.objects.filter(pk=invited.lead_id).update(status="in_progress")
    columns = {"name": "Tills", "value_minor": 1, "currency": "EUR", "close_date": localdate() + timedelta(days=9)}
    with acting(seller):
        convert_lead(invited.lead_id, by=seller, agreed=True, solutions=[sold.pk], team=[seller.pk], **columns)
        assert UpgradeInvitation.objects.get().status == status
        assert not Lead.objects.get(pk=invited.lead_id).is_set_aside
    if is_agreed:
        with acting(manager):
            done = activate(invited.pk, by=manager)
            assert INVITATIONS.next_words(done) == "The store is upgraded. The lead goes on as a deal."
    with tenant_scope(acme):
        assert Lead.objects.get(pk=invited.lead_id).status == "converted"
        assert not Referral.objects.exists()
