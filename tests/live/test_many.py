"""Many who listen to one process at once, all told by the same few statements."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.live.selectors import look
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from tests.conftest import make_member
from tests.live.apart import run_apart
from tests.live.load import Heard, many_streams, told
from tests.live.process import LiveProcess, head_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]

PEOPLE, EACH = 20, 10


@pytest.mark.slow
def test_two_hundred_streams_of_one_process_are_told(
    live: LiveProcess, client_of: Callable[..., Client], new_lead: Callable[..., Lead], seller: Membership
) -> None:
    people = [make_member(seller.tenant, f"Manager {number}", Role.CHANNEL_MANAGER) for number in range(PEOPLE)]
    cookies = [head_of(client_of(member))["Cookie"] for member in people for _ in range(EACH)]

    async def run() -> tuple[str, list[Heard]]:
        async with many_streams(live.base, "/acme/live/", cookies) as heard:
            lead = await asyncio.to_thread(submit)
            return str(lead), await told(heard, len(cookies))

    def submit() -> Any:
        try:
            return new_lead(seller).pk
        finally:
            connection.close()

    lead, heard = run_apart(run())
    assert {json.loads(one.data)["id"] for one in heard} == {lead}


def test_statements_grow_neither_with_listeners_nor_with_events(
    client_of: Callable[..., Client], new_lead: Callable[..., Lead], seller: Membership, rival: Membership
) -> None:
    partner = Partner(id=seller.partner_id, tenant_id=seller.tenant_id)
    users = [make_member(seller.tenant, f"User {at}", Role.REFERRALS_USER, partner=partner) for at in range(5)]
    seats = [(client_of(one).session.session_key or "", one.pk) for one in (seller, rival, *users)]
    events = []
    for number in range(3):
        lead = new_lead(seller, website=f"https://s{number}.example.org")
        events.append(event_of(lead))
    counts = []
    for asked, named in ((seats[:1], events[:1]), (seats, events)):
        with CaptureQueriesContext(connection) as sent:
            found = look(seller.tenant_id, asked, named=named)
        counts.append(len(sent))
        assert len(found.told[seats[0]]) == len(named)
    assert counts[0] == counts[1]
    assert [len(found.told[seat]) for seat in seats] == [3, 0, 0, 0, 0, 0, 0]


def event_of(lead: Lead) -> Any:
    from partnerhub.tenancy.scope import tenant_scope

    with tenant_scope(lead.tenant):
        return Event.objects.get(subject_id=lead.pk, kind="lead.submitted").pk
