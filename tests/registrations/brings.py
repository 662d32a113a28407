"""What incentives and registrations bring to the tests of the whole house: see tests/brought.py."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from deals.models import Deal, DealSide
from deals.services import open_deal, win_deal
from deals.states.deals import DealStatus
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.registrations.models import Incentive, Registration, RegistrationRule
from partnerhub.registrations.services import REGISTRATIONS, register_for_incentive
from partnerhub.registrations.states import IncentiveStatus, RegisteredStatus
from partnerhub.registrations.tables import IncentiveList, RegistrationList
from tests.brought import Sent, Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET registrations/ RUCFP
    GET registrations/export.csv RUCFP
    GET registrations/export.xlsx RUCFP
    GET registrations/<uuid:registration_id>/ RUCFP registration
    GET,POST deals/<uuid:deal_id>/register/ RUC deal
    GET programme/incentives/ RUCFP
    GET programme/incentives/export.csv RUCFP
    GET programme/incentives/export.xlsx RUCFP
    GET,POST programme/incentives/new/ P
    GET programme/incentives/<uuid:incentive_id>/ RUCFP incentive
    GET,POST programme/registrations/ P
    GET api/v1/registrations/ RUCFP
    GET api/v1/registrations/export/ RUCFP
    GET api/v1/registrations/<uuid:registration_id>/ RUCFP registration
    GET api/v1/registrations/<uuid:registration_id>/timeline/ RUCFP registration
    GET api/v1/deals/<uuid:deal_id>/registrations/ RUCFP deal
    POST api/v1/deals/<uuid:deal_id>/registrations/ RUC deal
    GET api/v1/incentives/ RUCFP
    POST api/v1/incentives/ P
    GET api/v1/incentives/export/ RUCFP
    GET api/v1/incentives/<uuid:incentive_id>/ RUCFP incentive
    GET api/v1/incentives/<uuid:incentive_id>/timeline/ RUCFP incentive
    GET,PATCH api/v1/registration-rules/ P
    """
)


class IncentiveSteps(Steps):
    """The pages stand in the programme, the API does not."""

    def api_address(self, step: str) -> str:
        return super().api_address(step).replace("programme/", "", 1)


OF_PARTNER = ("edit", "send-for-review", "send-again", "ask-extension")
OF_REVIEWER = ("approve", "reject", "ask-for-changes", "grant-extension", "refuse-extension")
STEPS = {
    "registration": Steps(
        "registrations",
        record="registration",
        seen_by="RUCFP",
        roles=dict.fromkeys(OF_PARTNER, "RU") | dict.fromkeys(OF_REVIEWER, "CP") | {"approve-amount": "CFP"},
    ),
    "incentive": IncentiveSteps(
        "programme/incentives",
        record="incentive",
        seen_by="RUCFP",
        roles=dict.fromkeys(("edit", "retire", "restore"), "P"),
    ),
}
PAGES = {
    "registrations/": each("registrations/", SELLER, MANAGER),
    "registrations/<uuid:registration_id>/": each("registrations/{registration}/", SELLER, MANAGER),
    "registrations/<uuid:record_id>/<slug:step>/": (
        *each("registrations/{registration}/approve/", MANAGER),
        *each("registrations/{registration}/reject/", MANAGER),
    ),
    "deals/<uuid:deal_id>/register/": each("deals/{registered_deal}/register/", SELLER),
    "programme/incentives/": each("programme/incentives/", PROGRAMME_ADMIN, SELLER),
    "programme/incentives/new/": each("programme/incentives/new/", PROGRAMME_ADMIN),
    "programme/incentives/<uuid:incentive_id>/": each("programme/incentives/{incentive}/", PROGRAMME_ADMIN, SELLER),
    "programme/incentives/<uuid:record_id>/<slug:step>/": each(
        "programme/incentives/{incentive}/edit/", PROGRAMME_ADMIN
    ),
    "programme/registrations/": each("programme/registrations/", PROGRAMME_ADMIN),
}
NO_PAGE = files_of("registrations", "programme/incentives")
RECORDS = {"registration": Registration, "incentive": Incentive}
ROADS = {
    "registrations.RegistrationRule": ("POST programme/registrations/", "PATCH api/v1/registration-rules/"),
    "registrations.Incentive": ("POST programme/incentives/new/", "POST api/v1/incentives/"),
    "registrations.Registration": (
        "POST deals/<uuid:deal_id>/register/",
        "POST api/v1/deals/<uuid:deal_id>/registrations/",
    ),
}
WALLS = {"registrations.RegistrationRule": walls_of(lambda house: RegistrationRule.objects.create())}
NEW = {"name": "Retail apps", "code": "retail", "is_ip": True, "threshold_minor": 500_000, "currency": "EUR"}


def written(house: Any) -> dict[str, Sent]:
    rules = {"deadline_days": 90, "answer_days": 7, "extension_days": 14, "two_from_minor": 9_000_000}
    other, deal = house.first(Incentive, code="ip-premium"), house.first(Deal, name=WON, partner=house.nordwind)
    return {
        "PATCH api/v1/registration-rules/": Sent("P", rules | {"currency": "EUR"}),
        "POST api/v1/incentives/": Sent("P", NEW),
        "POST api/v1/deals/<uuid:deal_id>/registrations/": Sent("R", {"incentive": str(other)}, record=deal),
    }


def records(house: Any) -> dict[str, dict[str, Any]]:
    """Both partners have registered a won deal for the first of two incentives."""
    cast, found = house.cast, {}
    with house.acting(cast.programme_admin):
        first, _other = (incentive(code) for code in ("ip-co-sell", "ip-premium"))
    for whose, who, team in (("own", cast.seller, cast.colleague), ("rival", cast.rival, cast.rival)):
        with house.acting(who):
            found[whose] = register_for_incentive(won_by(who, team).pk, incentive=first.pk, by=who).pk
    return {"registration": found, "incentive": {"own": first.pk}}


WON = "Tills, registered"


def incentive(code: str = "ip-co-sell", **columns: Any) -> Incentive:
    known = {"name": code.title(), "is_ip": True, "threshold_minor": 2_500_000, "currency": "USD"}
    return Incentive.objects.create(code=code, **known | columns)


def won_by(who: Any, team: Any, **columns: Any) -> Deal:
    """A partner-led deal of this person's that was opened ten days ago and is won now."""
    deal = opened_by(who, team, **columns)
    return win_deal(deal.pk, value_minor=deal.value_minor, currency=deal.currency, close_date=localdate(), by=who)


def opened_by(who: Any, team: Any, age: timedelta = timedelta(days=10), **columns: Any) -> Deal:
    ready = {"status": SolutionStatus.CO_SELL_READY, "name": f"To be registered {Solution.objects.count()}"}
    solution = Solution.objects.create(partner_id=who.partner_id, **ready)
    named = {"solutions": [solution.pk], "team": [team.pk], "close_date": localdate() + timedelta(days=9)}
    asked = {"type": "partner_led", "value_minor": 4_200_000, "currency": "USD", **columns}
    deal = open_deal(by=who, name=WON, company="Zarejestrowana & Söhne", consent=True, **asked, **named)
    Deal.objects.filter(pk=deal.pk).update(created_at=now() - age)
    return Deal.objects.get(pk=deal.pk)


def known(stack: Stack) -> dict[str, str]:
    """One that waits for the review, its deal and an incentive, from the demo's data."""
    seller = Person(stack, SELLER)
    one = seller.look("/tallvik/api/v1/registrations/?status=in_review").json()["results"][0]
    return {"registration": one["id"], "registered_deal": one["deal"]["id"], "incentive": one["incentive"]["id"]}


def registrations(house: Any, count: int) -> None:
    own = Registration.objects.get(pk=house.records["registration"]["own"])
    deals = copies(Deal.objects.get(pk=own.deal_id), count, status=lambda _number: DealStatus.ACCEPTED.value)
    DealSide.objects.bulk_create(
        [DealSide(deal=one, partner_id=side) for one in deals for side in (own.partner_id, None)]
    )
    states = [status.value for status in RegisteredStatus]
    copies(
        own,
        count,
        deal_id=lambda number: deals[number].pk,
        status=lambda number: states[number % len(states)],
        due_at=moment,
        updated_at=moment,
    )


def incentives(house: Any, count: int) -> None:
    copies(
        Incentive.objects.get(pk=house.records["incentive"]["own"]),
        count,
        name=name,
        code=lambda number: f"code-{number}",
        updated_at=moment,
    )


LISTS = list_of(RegistrationList, registrations) | list_of(IncentiveList, incentives, api="incentives")
WITH_PARTNER = (RegisteredStatus.DRAFT, RegisteredStatus.ACTION_REQUIRED)
IN_REVIEW = (RegisteredStatus.IN_REVIEW,)


def lacking_nothing(house: Any, state: str, step: str) -> dict[str, Any]:
    """Described, and as large or as overdue as the step wants it."""
    return {
        "status_changed_at": moment(0),
        "updated_at": moment(0),
        "signed_on": localdate() - timedelta(days=5),
        "contract_start": localdate(),
        "contract_end": localdate() + timedelta(days=364),
        "needs_two": step == "approve_amount",
        "extension": "asked" if step in {"grant_extension", "refuse_extension"} else "",
    }


def sent(house: Any, step: str) -> dict[str, Any]:
    days = {"signed_on": _day(-3), "contract_start": _day(1), "contract_end": _day(700)}
    ready = {"partner": house.people["R"].partner_id, "status": SolutionStatus.CO_SELL_READY}
    contract = {"solution": str(house.first(Solution, **ready)), "currency": "EUR", **days}
    words = {"text": "The order names the shops."}
    return {
        "edit": contract | {"contract_minor": 3_900_000},
        "reject": {"code": "contract", **words},
        **dict.fromkeys(("send_again", "ask_for_changes", "ask_extension", "refuse_extension"), words),
    }.get(step, {})


def typed(house: Any, step: str) -> dict[str, Any]:
    return sent(house, step) | ({"contract": "39,000.00"} if step == "edit" else {})


def _day(days: int) -> str:
    return (localdate() + timedelta(days=days)).isoformat()


BOTH = tuple(IncentiveStatus)
MACHINES = steps_of(
    "registration",
    {
        "edit": (WITH_PARTNER, None),
        "send_for_review": ((RegisteredStatus.DRAFT,), RegisteredStatus.IN_REVIEW),
        "send_again": ((RegisteredStatus.ACTION_REQUIRED,), RegisteredStatus.IN_REVIEW),
        "ask_extension": (WITH_PARTNER, None),
        "approve_amount": (IN_REVIEW, None),
        "approve": (IN_REVIEW, RegisteredStatus.APPROVED),
        "reject": (IN_REVIEW, RegisteredStatus.REJECTED),
        "ask_for_changes": (IN_REVIEW, RegisteredStatus.ACTION_REQUIRED),
        "grant_extension": (WITH_PARTNER, None),
        "refuse_extension": (WITH_PARTNER, None),
    },
    columns=lacking_nothing,
    sent=sent,
    typed=typed,
) | steps_of(
    "incentive",
    {
        "edit": (BOTH, None),
        "retire": ((IncentiveStatus.ACTIVE,), IncentiveStatus.RETIRED),
        "restore": ((IncentiveStatus.RETIRED,), IncentiveStatus.ACTIVE),
    },
    columns=lambda house, state, step: {"status_changed_at": moment(0), "updated_at": moment(0)},
    sent=lambda house, step: NEW if step == "edit" else {},
    typed=lambda house, step: NEW | {"threshold": "5,000.00"} if step == "edit" else {},
)
WROTE = {"reason_text": "The order names the shops."}
LETTERS = letters_of(
    "registration",
    (
        ("registration.opened", "C", {}),
        ("registration.sent", "R", {"is_small": False}),
        ("registration.answered", "R", {"is_small": True, **WROTE}),
        ("registration.amount_approved", "F", {}),
        ("registration.asked", "C", WROTE),
        ("registration.approved", "P", {}),
        ("registration.rejected", "C", {"code": "contract", **WROTE}),
        ("registration.reminded", "C", {}),
        ("registration.expired", "C", {}),
        ("registration.extension_asked", "R", WROTE),
        ("registration.extension_granted", "C", {}),
        ("registration.extension_refused", "C", WROTE),
    ),
    words=lambda house, registration: REGISTRATIONS.event_data(registration),
)
