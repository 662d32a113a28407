"""What customers bring to the tests of the whole house: see tests/brought.py."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.timezone import now

from deals.models import (
    Company,
    Contact,
    Deal,
    DealRegistration,
    DealRegistrationRule,
    DealSide,
    Duplicate,
    VendorAccount,
)
from deals.services import add_account, find_duplicates, look_for_duplicates, merge, open_deal
from deals.services.deals import DEALS
from deals.services.registering import DEAL_REGISTRATIONS
from deals.states import Status
from deals.states.deals import IS_ACTIVE, IS_CLOSED, DealStatus
from deals.states.registrations import RegistrationStatus
from deals.tables import AccountList, CompanyList, ContactList, DealList, DealRegistrationList, DuplicateList
from leads.models import Lead
from partnerhub.partners.models import Solution
from partnerhub.partners.states import SolutionStatus
from partnerhub.states.lasting import Extension
from partnerhub.tenancy.models import new_id
from partnerhub.web.folding import fold
from tests.brought import Sent, Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import PROGRAMME_ADMIN
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET deals/ RUCFP
    GET deals/export.csv RUCFP
    GET deals/export.xlsx RUCFP
    GET,POST deals/new/ R
    GET deals/<uuid:deal_id>/ RUCFP deal
    GET,POST deals/<uuid:deal_id>/clone/ R deal
    POST deals/<uuid:deal_id>/messages/ RUC deal
    POST deals/<uuid:deal_id>/notes/ RUC deal
    GET api/v1/deals/ RUCFP
    POST api/v1/deals/ R
    GET api/v1/deals/export/ RUCFP
    GET api/v1/deals/<uuid:deal_id>/ RUCFP deal
    PATCH api/v1/deals/<uuid:deal_id>/ RU deal
    GET api/v1/deals/<uuid:deal_id>/timeline/ RUCFP deal
    POST api/v1/deals/<uuid:deal_id>/clone/ R deal
    GET api/v1/deals/<uuid:deal_id>/messages/ RUCFP deal
    POST api/v1/deals/<uuid:deal_id>/messages/ RUC deal
    GET api/v1/deals/<uuid:deal_id>/notes/ RUCFP deal
    POST api/v1/deals/<uuid:deal_id>/notes/ RUC deal
    GET api/v1/deals/<uuid:deal_id>/attachments/ RUCFP deal
    POST api/v1/deals/<uuid:deal_id>/attachments/ RUC deal
    GET deal-registrations/ RUCFP
    GET deal-registrations/export.csv RUCFP
    GET deal-registrations/export.xlsx RUCFP
    GET deal-registrations/<uuid:dealregistration_id>/ RUCFP dealregistration
    GET,POST programme/deal-registrations/ P
    GET api/v1/deal-registrations/ RUCFP
    GET api/v1/deal-registrations/export/ RUCFP
    GET api/v1/deal-registrations/<uuid:dealregistration_id>/ RUCFP dealregistration
    GET api/v1/deal-registrations/<uuid:dealregistration_id>/timeline/ RUCFP dealregistration
    GET,PATCH api/v1/deal-registration-rules/ P
    GET companies/ RCP
    GET companies/export.csv RCP
    GET companies/export.xlsx RCP
    GET companies/<uuid:company_id>/ RCP company
    GET contacts/ RCP
    GET contacts/export.csv RCP
    GET contacts/export.xlsx RCP
    GET contacts/<uuid:contact_id>/ RCP contact
    GET api/v1/companies/ RCP
    GET api/v1/companies/export/ RCP
    GET api/v1/companies/<uuid:company_id>/ RCP company
    GET api/v1/companies/<uuid:company_id>/timeline/ RCP company
    GET api/v1/contacts/<uuid:contact_id>/timeline/ RCP contact
    PATCH api/v1/companies/<uuid:company_id>/external/ RCP company
    PATCH api/v1/contacts/<uuid:contact_id>/external/ RCP contact
    GET api/v1/contacts/ RCP
    GET api/v1/contacts/export/ RCP
    GET api/v1/contacts/<uuid:contact_id>/ RCP contact
    GET,POST companies/<uuid:company_id>/share/ R company
    GET,POST contacts/<uuid:contact_id>/share/ R contact
    POST api/v1/companies/<uuid:company_id>/deals/ R company
    POST api/v1/contacts/<uuid:contact_id>/deals/ R contact
    GET,POST companies/<uuid:company_id>/merge/ RC company
    GET,POST companies/<uuid:company_id>/unmerge/ RC company
    GET,POST companies/<uuid:company_id>/split/ RC company
    POST api/v1/companies/<uuid:company_id>/split/ RC company
    GET,POST contacts/<uuid:contact_id>/split/ RC contact
    POST api/v1/contacts/<uuid:contact_id>/split/ RC contact
    GET,POST contacts/<uuid:contact_id>/merge/ RC contact
    GET,POST contacts/<uuid:contact_id>/unmerge/ RC contact
    POST api/v1/companies/<uuid:company_id>/merge/ RC company
    POST api/v1/companies/<uuid:company_id>/unmerge/ RC company
    POST api/v1/contacts/<uuid:contact_id>/merge/ RC contact
    POST api/v1/contacts/<uuid:contact_id>/unmerge/ RC contact
    GET duplicates/ RCP
    GET duplicates/export.csv RCP
    GET duplicates/export.xlsx RCP
    GET duplicates/<uuid:duplicate_id>/ RCP duplicate
    GET api/v1/duplicates/ RCP
    GET api/v1/duplicates/export/ RCP
    GET api/v1/duplicates/<uuid:duplicate_id>/ RCP duplicate
    GET api/v1/duplicates/<uuid:duplicate_id>/timeline/ RCP duplicate
    GET vendor-accounts/ CP
    GET vendor-accounts/export.csv CP
    GET vendor-accounts/export.xlsx CP
    GET,POST vendor-accounts/new/ CP
    GET,POST vendor-accounts/<uuid:account_id>/ CP account
    GET,POST api/v1/vendor-accounts/ CP
    GET api/v1/vendor-accounts/export/ CP
    GET,PATCH api/v1/vendor-accounts/<uuid:account_id>/ CP account
    GET api/v1/vendor-accounts/<uuid:account_id>/timeline/ CP account
    """
)

STEPS = {
    "duplicate": Steps(
        "duplicates", record="duplicate", seen_by="RCP", roles=dict.fromkeys(("not-same", "ask-again"), "RC")
    ),
    "deal": Steps(
        "deals",
        record="deal",
        seen_by="RUCFP",
        roles={"edit": "RU", "move": "RU", "share": "R", "win": "R", "lose": "R", "strike": "RC"},
    ),
}
STEPS["dealregistration"] = Steps(
    "deal-registrations",
    record="dealregistration",
    seen_by="RUCFP",
    roles={
        **dict.fromkeys(("register", "turn-down", "grant-extension", "refuse-extension"), "CP"),
        "ask-extension": "R",
    },
)
PAGES = {
    "deal-registrations/": each("deal-registrations/", SELLER, MANAGER),
    "deal-registrations/<uuid:dealregistration_id>/": each("deal-registrations/{dealregistration}/", SELLER, MANAGER),
    "deal-registrations/<uuid:record_id>/<slug:step>/": each(
        "deal-registrations/{dealregistration}/ask-extension/", SELLER
    ),
    "programme/deal-registrations/": each("programme/deal-registrations/", PROGRAMME_ADMIN),
    "deals/": each("deals/", SELLER, MANAGER),
    "deals/new/": each("deals/new/", SELLER),
    "deals/<uuid:deal_id>/": (
        *each("deals/{deal}/", SELLER, MANAGER),
        *each("deals/{deal}/?tab=shared", SELLER, MANAGER),
        *each("deals/{deal}/?tab=notes", SELLER),
        *each("deals/{deal}/?tab=files", MANAGER),
    ),
    "deals/<uuid:deal_id>/clone/": each("deals/{deal}/clone/", SELLER),
    "deals/<uuid:record_id>/<slug:step>/": (
        *each("deals/{deal}/edit/", SELLER),
        *each("deals/{deal}/win/", SELLER),
        *each("deals/{deal}/share/", SELLER),
        *each("deals/{deal}/strike/", MANAGER),
    ),
    "duplicates/": each("duplicates/", SELLER, MANAGER),
    "duplicates/<uuid:duplicate_id>/": each("duplicates/{duplicate}/", SELLER, MANAGER),
    "duplicates/<uuid:record_id>/<slug:step>/": each("duplicates/{duplicate}/not-same/", SELLER),
    "companies/": each("companies/", SELLER, MANAGER),
    "companies/<uuid:company_id>/": each("companies/{company}/", SELLER, MANAGER),
    "contacts/": each("contacts/", SELLER, MANAGER),
    "contacts/<uuid:contact_id>/": each("contacts/{contact}/", SELLER, MANAGER),
    "companies/<uuid:company_id>/share/": each("companies/{company}/share/", SELLER),
    "contacts/<uuid:contact_id>/share/": each("contacts/{contact}/share/", SELLER),
    "companies/<uuid:company_id>/merge/": each("companies/{company}/merge/", SELLER, MANAGER),
    "companies/<uuid:company_id>/split/": each("companies/{company}/split/", SELLER, MANAGER),
    "contacts/<uuid:contact_id>/split/": each("contacts/{contact}/split/", SELLER),
    "contacts/<uuid:contact_id>/merge/": each("contacts/{contact}/merge/", SELLER, MANAGER),
    "vendor-accounts/": each("vendor-accounts/", MANAGER),
    "vendor-accounts/new/": each("vendor-accounts/new/", MANAGER),
    "vendor-accounts/<uuid:account_id>/": each("vendor-accounts/{account}/", MANAGER),
}

NOT_SENT = {
    "POST api/v1/deals/<uuid:deal_id>/attachments/": "files come in a form: tests/api/test_preflight.py",
}

NO_PAGE = files_of("deals", "deal-registrations", "companies", "contacts", "duplicates", "vendor-accounts") | {
    f"{kind}/<uuid:{one}_id>/unmerge/": "leads on to the record, unless a person has merged it"
    for kind, one in (("companies", "company"), ("contacts", "contact"))
}


def twin_of(house: Any, model: Any, number: int) -> Any:
    """Another one of the same partner; its id."""
    with house.acting(house.cast.manager):
        row = model.objects.get(pk=house.records[model._meta.model_name]["own"])
        row.pk, row.name_key = new_id(), f"twin {number}"
        if model is Company:
            row.name, row.host = f"Twin {number}", f"twin{number}.example.org"
        else:
            row.first_name, row.last_name = "Twin", str(number)
        row.save(force_insert=True)
    return row.pk


def merge_in(house: Any, kind: str, own: Any, other: Any) -> None:
    with house.acting(house.cast.manager):
        merge(kind, own, other=other, by=house.cast.manager)


def written(house: Any) -> dict[str, Sent]:
    accounts = {
        "POST api/v1/vendor-accounts/": Sent("C", {"name": "Hafenkontor", "domains": ["hafenkontor.example.org"]}),
        "PATCH api/v1/vendor-accounts/<uuid:account_id>/": Sent("C", {"customer_since": "2024-03-01"}),
    }
    merging = {}
    for kind, model in (("company", Company), ("contact", Contact)):
        plural, own = {"company": "companies"}.get(kind, f"{kind}s"), house.records[kind]["own"]
        one, two = (twin_of(house, model, number) for number in (1, 2))
        address = f"POST api/v1/{plural}/<uuid:{kind}_id>"
        merging[f"{address}/merge/"] = Sent("R", {"other": str(one), "take": ["name"]})
        merging[f"{address}/unmerge/"] = Sent("C", record=two, before=partial(merge_in, house, kind, own, two))
    person = {"name": "Split off", "contacts": [str(house.records["contact"]["own"])]}
    with house.acting(house.cast.manager):
        source = Contact.objects.get(pk=house.records["contact"]["own"]).company_id
    merging["POST api/v1/companies/<uuid:company_id>/split/"] = Sent("R", person, record=source)
    with house.acting(house.cast.manager):
        lead = Lead.objects.filter(known_contact__isnull=False, partner=house.nordwind).first()
    other = {"last_name": "Split off", "brought": [str(lead.pk)]}
    merging["POST api/v1/contacts/<uuid:contact_id>/split/"] = Sent("R", other, record=lead.known_contact_id)
    day = "2027-04-30"
    own = {"solutions": [solution_of(house)], "team": [str(house.cast.seller.pk)]}
    money = {"value_minor": 1_840_000, "currency": "EUR", "close_date": day}
    deals = {
        "POST api/v1/deals/": Sent(
            "R", {"name": "Tills", "company": "Kruse", "type": "co_sell", "consent": True, **money, **own}
        ),
        "PATCH api/v1/deals/<uuid:deal_id>/": Sent("R", {"name": "Ten tills", "value_minor": 900}),
        "POST api/v1/deals/<uuid:deal_id>/clone/": Sent("R", {"close_date": day}),
        "POST api/v1/deals/<uuid:deal_id>/messages/": Sent("R", {"body": "A word."}),
        "POST api/v1/deals/<uuid:deal_id>/notes/": Sent("R", {"body": "A word for us."}),
        "PATCH api/v1/deal-registration-rules/": Sent("P", {"protected_days": 120}),
    }
    shared = {"name": "Tills", "intro_note": "They open in May.", "consent": True, **money, **own}
    deals |= {
        "POST api/v1/companies/<uuid:company_id>/deals/": Sent("R", shared),
        "POST api/v1/contacts/<uuid:contact_id>/deals/": Sent("R", shared | {"pain": "One tax rate."}),
    }
    return (
        deals
        | accounts
        | merging
        | {
            f"PATCH api/v1/{kind}/<uuid:{one}_id>/external/": Sent(
                "R", {"external_id": "c-1", "metadata": {"crm": "x"}}
            )
            for kind, one in (("companies", "company"), ("contacts", "contact"))
        }
    )


RECORDS = {
    "deal": Deal,
    "dealregistration": DealRegistration,
    "company": Company,
    "contact": Contact,
    "account": VendorAccount,
    "duplicate": Duplicate,
}


def pair_of(house: Any, partner: Any) -> Duplicate:
    """Two contacts of a partner with one name, found."""
    with house.acting(house.cast.manager):
        one = Contact.objects.filter(partner=partner).order_by("id").first()
        twin = copies(one, 1, email=lambda number: "twin@example.org")[0]
        find_duplicates(twin)
        return Duplicate.objects.filter(contact_twin=twin.pk).order_by("id")[0]


def deals_of(house: Any) -> dict[str, Any]:
    """A deal of each partner that is shared with the vendor, its colleague in the team."""
    cast, found = house.cast, {}
    for whose, who, team in (("own", cast.seller, cast.colleague), ("rival", cast.rival, cast.rival)):
        with house.acting(who):
            ready = {"status": SolutionStatus.CO_SELL_READY, "name": f"For deals {whose}"}
            solution = Solution.objects.create(partner_id=who.partner_id, **ready)
            found[whose] = open_deal(
                by=who,
                name="Tills for twelve shops",
                company="Kruse Feinkost",
                consent=True,
                value_minor=1_840_000,
                currency="EUR",
                close_date=moment(0).date(),
                type="co_sell",
                solutions=[solution.pk],
                team=[team.pk],
            ).pk
    return found


def solution_of(house: Any) -> str:
    """The solution of Nordwind's that its deal names; its id."""
    with house.acting(house.cast.manager):
        return str(Solution.objects.get(partner=house.nordwind, name="For deals own").pk)


def deal_of(stack: Stack) -> str:
    """A shared deal of the seller's, from the demo's data."""
    rows = Person(stack, MANAGER).look("/tallvik/api/v1/deals/?view=open&type=co_sell").json()["results"]
    mine = {row["id"] for row in Person(stack, SELLER).look("/tallvik/api/v1/deals/").json()["results"]}
    return str(next(row["id"] for row in rows if row["id"] in mine))


def records(house: Any) -> dict[str, dict[str, Any]]:
    """The customers that their leads made, and an account of the vendor's."""
    with house.acting(house.cast.manager):
        account = add_account({"name": "Tallvik Oil", "domains": ["oil.example.org"]}, by=house.cast.manager)
    pairs = {"own": house.nordwind, "rival": house.baltkassa}
    found = {whose: pair_of(house, partner).pk for whose, partner in pairs.items()}
    deals = deals_of(house)
    with house.acting(house.cast.manager):
        registered = {whose: DealRegistration.objects.get(deal=key).pk for whose, key in deals.items()}
    return {"account": {"own": account.pk}, "duplicate": found, "deal": deals, "dealregistration": registered} | {
        kind: {"own": house.first(model, partner=house.nordwind), "rival": house.first(model, partner=house.baltkassa)}
        for kind, model in (("company", Company), ("contact", Contact))
    }


ROADS = {
    "deals.DealRegistrationRule": ("POST programme/deal-registrations/", "PATCH api/v1/deal-registration-rules/"),
    "deals.Deal": ("POST deals/new/", "POST api/v1/deals/"),
    "deals.VendorAccount": ("POST vendor-accounts/new/", "POST api/v1/vendor-accounts/"),
}
FOLLOWS = {
    "deals.Company": "leads.Lead",
    "deals.Contact": "leads.Lead",
    "deals.Duplicate": "deals.Company",
    "deals.DuplicateWatch": "deals.Company",
    "deals.DealSide": "deals.Deal",
    "deals.DealRegistration": "deals.Deal",
}

NEWEST = {
    "company": ("deals_company", ""),
    "contact": ("deals_contact", ""),
    "duplicate": ("deals_duplicate", "AND status = 'open'"),
}


def companies(house: Any, count: int) -> None:
    copies(
        Company.objects.filter(partner=house.nordwind).first(),
        count,
        name=name,
        name_key=lambda number: fold(name(number)),
        host=lambda number: f"shop{number}.example.org",
        country=lambda number: ("DE", "NO", "")[number % 3],
        search_text=lambda number: fold(f"{name(number)} shop{number}.example.org"),
        updated_at=moment,
    )


def contacts(house: Any, count: int) -> None:
    copies(
        Contact.objects.filter(partner=house.nordwind).first(),
        count,
        first_name=lambda number: "Ada",
        last_name=lambda number: name(number)[:80],
        name_key=lambda number: fold(f"Ada {name(number)[:80]}"),
        company_key=lambda number: fold(name(number + number // 9)),
        email=lambda number: f"ada{number}@example.org" if number % 5 else f"@ada{number}@example.org",
        search_text=lambda number: fold(f"Ada {name(number)[:80]} ada{number}@example.org"),
        updated_at=moment,
    )


def known(stack: Stack) -> dict[str, str]:
    """An account of the vendor's."""
    made = Person(stack, MANAGER).api("vendor-accounts/", {"name": "Tallvik Oil", "domains": ["oil.example.org"]})
    assert made.status_code == 201, made.text
    deal = deal_of(stack)
    rows = Person(stack, MANAGER).look("/tallvik/api/v1/deal-registrations/").json()["results"]
    registered = next(row["id"] for row in rows if row["deal"]["id"] == deal)
    return {"account": made.json()["id"], "deal": deal, "dealregistration": registered}


def accounts(house: Any, count: int) -> None:
    copies(
        VendorAccount.objects.get(pk=house.records["account"]["own"]),
        count,
        name=name,
        name_key=lambda number: fold(name(number)),
        domains=lambda number: [f"shop{number}.example"] if number % 3 else [],
        keys=lambda number: [f"d:shop{number}.example"],
        seller=lambda number: "Ada Berg" if number % 2 else "",
        search_text=lambda number: fold(f"{name(number)} shop{number}.example"),
        customer_since=lambda number: moment(number).date() if number % 4 else None,
        is_managed=lambda number: number % 2 == 0,
        updated_at=moment,
    )


def duplicates(house: Any, count: int) -> None:
    own = Duplicate.objects.get(pk=house.records["duplicate"]["own"])
    twins = copies(
        Contact.objects.get(pk=own.contact_twin_id),
        count,
        first_name=lambda number: "",
        last_name=lambda number: name(number)[:80],
        name_key=lambda number: f"twin {number}",
        email=lambda number: f"twin{number}@example.org",
    )
    states = [status.value for status in Status]
    copies(
        own,
        count,
        contact_twin_id=lambda number: twins[number].pk,
        status=lambda number: states[number % len(states)],
        likeness=lambda number: ("name", "email")[number % 2],
        created_at=moment,
    )


WALLS = {
    "deals.DealRegistrationRule": walls_of(lambda house: DealRegistrationRule.objects.create()),
    "deals.VendorAccount": walls_of(lambda house: VendorAccount.objects.create(name="Walled", name_key="walled")),
    "deals.DuplicateWatch": walls_of(lambda house: look_for_duplicates()),
}


def deals(house: Any, count: int) -> None:
    made = copies(
        Deal.objects.get(pk=house.records["deal"]["own"]),
        count,
        name=name,
        search_text=lambda number: fold(f"{name(number)} Kruse Feinkost"),
        status=lambda number: ("accepted", "engaged", "accepted", "pending")[number % 4],
        stage=lambda number: (10, 20, 40)[number % 3],
        type=lambda number: ("co_sell", "partner_led")[number % 2],
        close_date=lambda number: moment(number).date(),
        active_registrations=lambda number: number % 3,
        updated_at=moment,
    )
    sides = (house.nordwind.pk, None)
    DealSide.objects.bulk_create([DealSide(deal=one, partner_id=side) for one in made for side in sides])
    # Closed behind their sides: the database keeps those of a closed deal.
    Deal.objects.filter(pk__in=[one.pk for one in made[::5]]).update(status=DealStatus.LOST)


def registrations(house: Any, count: int) -> None:
    own = DealRegistration.objects.get(pk=house.records["dealregistration"]["own"])
    deals = copies(Deal.objects.get(pk=own.deal_id), count)
    DealSide.objects.bulk_create(
        [DealSide(deal=one, partner_id=side) for one in deals for side in (own.partner_id, None)]
    )
    states = [status.value for status in RegistrationStatus]
    copies(
        own,
        count,
        deal_id=lambda number: deals[number].pk,
        status=lambda number: states[number % len(states)],
        until=moment,
        updated_at=moment,
    )


def in_view(deal: Deal, value: str) -> bool:
    return {"mine": False, "open": deal.status not in IS_CLOSED, "closed": deal.status in IS_CLOSED}[value]


def is_registered(deal: Deal, value: str) -> bool:
    count = deal.active_registrations
    return {"0": count == 0, "1": count == 1, "more": count > 1}[value]


def sent_with(house: Any, step: str) -> dict[str, Any]:
    why = {"lose": {"code": "price"}, "strike": {"code": "duplicate", "text": "Twice."}}
    money = {"value_minor": 2_000_000, "currency": "EUR", "close_date": "2026-11-20"}
    shared = {"contact": str(house.cast.manager.pk), "intro_note": "They open in May.", "reached_out": True}
    return {"edit": {"name": "Ten tills"}, "share": shared, "move": {"stage": "40"}, "win": money, **why}.get(step, {})


def typed_with(house: Any, step: str) -> dict[str, Any]:
    typed = {"value": "20,000", "currency": "EUR", "close_date": "2026-11-20"}
    own = {"solutions": [solution_of(house)], "team": [str(house.cast.seller.pk), str(house.cast.colleague.pk)]}
    shared = sent_with(house, "share") | {"reached_out": "on", "page": "1"}
    return {"share": shared, "win": typed, "edit": {"name": "Ten tills", "type": "co_sell", **typed, **own}}.get(
        step
    ) or sent_with(house, step)


def columns_for(house: Any, state: str, step: str) -> dict[str, Any]:
    dates = {"status_changed_at": moment(0), "updated_at": moment(0)}
    return dates | ({"type": "private"} if step == "share" else {})


MACHINES = steps_of(
    "deal",
    {
        "edit": (IS_ACTIVE, None),
        "move": (IS_ACTIVE, None),
        "share": (IS_ACTIVE, None),
        "win": (IS_ACTIVE, DealStatus.WON),
        "lose": (IS_ACTIVE, DealStatus.LOST),
        "strike": (IS_ACTIVE, DealStatus.ERROR),
    },
    columns=columns_for,
    sent=sent_with,
    typed=typed_with,
) | steps_of(
    "duplicate",
    {"not_same": ((Status.OPEN,), Status.NOT_SAME), "ask_again": ((Status.NOT_SAME,), Status.OPEN)},
    columns=lambda house, state, step: {"status_changed_at": moment(0), "updated_at": moment(0)},
)


def the_manager(house: Any) -> list[str]:
    """Whom a deal is shared with, as its event names them."""
    return [str(house.cast.manager.pk)]


IS_REGISTERED, DAY_OF_END = (RegistrationStatus.ACTIVE,), "2026-12-11T16:00:00+00:00"


def registered_with(house: Any, state: str, step: str) -> dict[str, Any]:
    asked = Extension.ASKED if step in {"grant_extension", "refuse_extension"} else ""
    dates = {"status_changed_at": moment(0), "updated_at": moment(0)}
    return dates | {"extension": asked, "until": now() + timedelta(days=20)}


MACHINES |= steps_of(
    "dealregistration",
    {
        "register": ((RegistrationStatus.REVIEW, RegistrationStatus.EXPIRED), RegistrationStatus.ACTIVE),
        "turn_down": ((RegistrationStatus.REVIEW,), RegistrationStatus.ENDED),
        "ask_extension": (IS_REGISTERED, None),
        "grant_extension": (IS_REGISTERED, None),
        "refuse_extension": (IS_REGISTERED, None),
    },
    columns=registered_with,
    sent=lambda house, step: {} if step in {"register", "grant_extension"} else {"text": "They open in May."},
)
LETTERS = letters_of(
    "deal",
    (
        ("deal.won", "R", {}),
        (
            "deal.shared",
            "R",
            {
                "contact_name": "Ada",
                "contact_ids": the_manager,
                "intro_note": "They open in May.",
            },
        ),
        ("deal.lost", "R", {"reason_text": "The price: Too dear."}),
        ("deal.struck", "C", {"reason_text": "A duplicate"}),
    ),
    words=lambda house, deal: DEALS.event_data(deal),
) | letters_of(
    "dealregistration",
    (
        ("dealregistration.held", "R", {}),
        ("dealregistration.started", "C", {}),
        ("dealregistration.refused", "C", {"reason_text": "Another one came first."}),
        ("dealregistration.ends_soon", "C", {"days": "7"}),
        ("dealregistration.expired", "C", {}),
        ("dealregistration.extension_asked", "R", {"reason_text": "They open in May."}),
        ("dealregistration.extension_granted", "C", {}),
        ("dealregistration.extension_refused", "C", {"reason_text": "Ninety days are enough."}),
    ),
    words=lambda house, registration: DEAL_REGISTRATIONS.event_data(registration),
)
LISTS = {
    **list_of(
        DealList,
        deals,
        words=lambda row: (row.name, row.company.name),
        filters={"view": in_view, "registrations": is_registered},
        reader="C",
    ),
    **list_of(DealRegistrationList, registrations, reader="C"),
    **list_of(AccountList, accounts, words=lambda row: (row.name,), reader="C"),
    **list_of(CompanyList, companies, words=lambda row: (row.name, row.host)),
    **list_of(ContactList, contacts, words=lambda row: (row.name, row.email, row.company.name)),
    **list_of(DuplicateList, duplicates),
}
