"""Who is told of a record is who sees it in its list: the same rule, asked for all listeners at once."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from leads.models import Lead
from leads.services import assign_lead, award_lead, start_lead
from partnerhub.accounts.models import Membership
from partnerhub.events.watched import WATCHED
from partnerhub.live.selectors import seen_of
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(
    everybody: SimpleNamespace, acting: Callable[[Membership], Any], new_lead: Callable[..., Lead]
) -> SimpleNamespace:
    """Leads of two partners and of both roles of one; an assigned one, and an awarded one with its referral."""
    cast = everybody
    leads = [
        new_lead(by, website=f"https://s{number}.example.org")
        for number, by in enumerate((cast.seller, cast.seller, cast.rival))
    ]
    with acting(cast.manager):
        assign_lead(leads[0].pk, to=cast.representative.pk, by=cast.manager)
        assign_lead(leads[1].pk, to=cast.representative.pk, by=cast.manager)
        start_lead(leads[1].pk, by=cast.manager)
        award_lead(leads[1].pk, by=cast.manager)
    return cast


def test_the_rules_of_all_who_listen_say_what_their_lists_say(house: SimpleNamespace, acme: Tenant) -> None:
    members = [member for name, member in vars(house).items() if name != "stranger"]
    for kind, watched in WATCHED.items():
        model: Any = watched.model
        with tenant_scope(acme):
            ids = list(model.objects.values_list("pk", flat=True))
            rules = {member.pk: watched.seen_by(member) for member in members}
            seen = seen_of(watched, ids, set(rules.values()))
            listed = {rule: set(model.objects.filter(rule.lookup()).values_list("pk", flat=True)) for rule in seen}
        assert {rule: set(versions) for rule, versions in seen.items()} == listed, kind


def test_who_awards_is_heard_by_the_partner_whose_referral_it_is(house: SimpleNamespace, acme: Tenant) -> None:
    watched = WATCHED["referral"]
    with tenant_scope(acme):
        (referral,) = watched.model.objects.all()  # type: ignore[attr-defined]  # every model of ours has its manager
        rules = {name: watched.seen_by(getattr(house, name)) for name in ("seller", "colleague", "rival", "manager")}
        seen = seen_of(watched, [referral.pk], set(rules.values()))
    assert {name for name, rule in rules.items() if seen[rule]} == {"seller", "manager"}
