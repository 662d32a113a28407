"""How many there may be, where several at once add the last one: the bound holds, and each is told."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from leads.services import programs
from leads.services.programs import add_program
from notifications.services import add_endpoint, endpoints
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.partners import entries
from partnerhub.partners.kept import add_location, add_tier
from partnerhub.partners.models import Partner
from tests.leads.test_services_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 6
Add = Callable[[str, Membership, Partner], Any]


def webhook(name: str, by: Membership, partner: Partner) -> Any:
    return add_endpoint(url=f"https://{name}.example.org/", by=by)


def location(name: str, by: Membership, partner: Partner) -> Any:
    return add_location(partner.pk, {"name": name}, by=by)


def tier(name: str, by: Membership, partner: Partner) -> Any:
    return add_tier({"name": name}, by=by)


def program(name: str, by: Membership, partner: Partner) -> Any:
    values = {"name": name, "description": "", "is_active": False, "terms_version": "", "terms_text": ""}
    return add_program(values | {"kind": "pos"}, by=by)


@pytest.mark.parametrize(
    ("add", "room", "bound", "there_are"),
    [
        (webhook, endpoints, "MOST_ENDPOINTS", 0),
        (location, entries, "MOST_OF_A_KIND", 0),
        (tier, entries, "MOST_OF_A_KIND", 0),
        (program, programs, "MOST_PROGRAMS", 2),
    ],
    ids=["webhooks", "locations", "tiers", "programs"],
)
def test_of_several_at_once_the_last_place_goes_to_one(
    acting: Any,
    nordwind: Partner,
    programme_admin: Membership,
    monkeypatch: pytest.MonkeyPatch,
    add: Add,
    room: Any,
    bound: str,
    there_are: int,
) -> None:
    monkeypatch.setattr(room, bound, there_are + 1)

    def act(number: int) -> Callable[[], Any]:
        def run() -> Any:
            with acting(programme_admin):
                return add(f"one-{number}", programme_admin, nordwind)

        return run

    outcomes = at_once(act(number) for number in range(TOGETHER))
    assert Counter(isinstance(one, Refused) for one in outcomes) == {False: 1, True: TOGETHER - 1}
