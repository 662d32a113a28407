"""What the ranking brings to the tests of the whole house: see tests/brought.py."""

from typing import Any

from partnerhub.ranking.models import RankingCase, RankingTally, Scorecard, UncountedEvent
from partnerhub.tenancy.models import new_id
from tests.brought import each, rows
from tests.kits.declared import walls_of
from tests.kits.rows import moment
from tests.stack import MANAGER, SELLER

ADDRESSES = rows(
    """
    GET partners/ranking/ CP
    GET profile/score/ ARB
    GET api/v1/ranking/ CP
    GET api/v1/partners/<uuid:partner_id>/score/ CP partner
    GET api/v1/profile/score/ ARB
    """
)
PAGES = {
    "partners/ranking/": (
        *each("partners/ranking/", MANAGER),
        *each("partners/ranking/?country=DE&compare={partner}", MANAGER),
    ),
    "profile/score/": each("profile/score/", SELLER),
}
FOLLOWS = {
    "ranking.UncountedEvent": "events.Event",
    "ranking.RankingCase": "events.Event",
    "ranking.RankingTally": "events.Event",
    "ranking.Scorecard": "partners.Partner",
}


def partners_of(house: Any) -> tuple[Any, Any]:
    return house.nordwind, house.baltkassa


def cases(house: Any) -> None:
    for one in partners_of(house):
        RankingCase.objects.create(partner=one, kind="deal", subject_id=new_id(), month=moment(0).date())


def tallies(house: Any) -> None:
    for one in partners_of(house):
        RankingTally.objects.create(partner=one, month=moment(0).date(), about="country:SE", cases=1)


def cards(house: Any) -> None:
    for one in partners_of(house):
        Scorecard.objects.get_or_create(partner=one)


WALLS = {
    "ranking.UncountedEvent": walls_of(
        lambda house: UncountedEvent.objects.create(about="deal", subject_id=new_id(), recorded_at=moment(0))
    ),
    "ranking.RankingCase": walls_of(cases),
    "ranking.RankingTally": walls_of(tallies),
    "ranking.Scorecard": walls_of(cards),
}
