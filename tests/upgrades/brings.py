"""What upgrade invitations bring to the tests of the whole house: see tests/brought.py."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from leads.models import Lead
from notifications.models import Endpoint
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeActivation, UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.services import publish_terms, send_invitation
from partnerhub.upgrades.services.records import INVITATIONS
from partnerhub.upgrades.states import ANSWERABLE, Status
from partnerhub.upgrades.tables import InvitationList, TermsList
from partnerhub.web.folding import fold
from tests.brought import LEADS, Sent, Steps, Visit, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import ANYBODY, PROGRAMME_ADMIN
from tests.stack import MANAGER, SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET upgrade-invitations/ RUCSFP
    GET upgrade-invitations/export.csv RUCSFP
    GET upgrade-invitations/export.xlsx RUCSFP
    POST upgrade-invitations/bulk/remind-owner/ RC
    POST upgrade-invitations/bulk/withdraw/ RC
    GET upgrade-invitations/<uuid:upgrade_id>/ RUCSFP upgrade
    GET,POST leads/<uuid:lead_id>/upgrade-invitation/ R plus
    GET,POST invitations/<str:token>/ public
    GET,POST settings/upgrade-activation/ P
    GET,POST settings/upgrade-activation/secret/ P
    GET,POST settings/upgrade-activation/test/ P
    GET,POST settings/upgrade-activation/people/ P
    GET,PUT,DELETE api/v1/upgrade-activation/ P
    GET settings/upgrade-terms/ P
    GET settings/upgrade-terms/export.csv P
    GET settings/upgrade-terms/export.xlsx P
    GET,POST settings/upgrade-terms/new/ P
    GET settings/upgrade-terms/<uuid:terms_id>/ P terms
    GET api/v1/upgrade-invitations/ RUCSFP
    GET api/v1/upgrade-invitations/export/ RUCSFP
    POST api/v1/upgrade-invitations/bulk/remind-owner/ RC
    POST api/v1/upgrade-invitations/bulk/withdraw/ RC
    GET api/v1/upgrade-invitations/<uuid:upgrade_id>/ RUCSFP upgrade
    GET api/v1/upgrade-invitations/<uuid:upgrade_id>/timeline/ RUCSFP upgrade
    POST api/v1/leads/<uuid:lead_id>/upgrade-invitation/ R plus
    GET,POST api/v1/upgrade-terms/ P
    GET api/v1/upgrade-terms/export/ P
    """
)
STEPS = {
    "upgradeinvitation": Steps(
        "upgrade-invitations",
        record="upgrade",
        seen_by=LEADS,
        roles={"activate": "C", "withdraw": "RC", "remind-owner": "RC"},
    )
}
PAGES = {
    "upgrade-invitations/": each("upgrade-invitations/", SELLER, MANAGER),
    "upgrade-invitations/<uuid:upgrade_id>/": each("upgrade-invitations/{upgrade}/", SELLER, MANAGER),
    "upgrade-invitations/<uuid:record_id>/<slug:step>/": each("upgrade-invitations/{upgrade}/withdraw/", SELLER),
    "leads/<uuid:lead_id>/upgrade-invitation/": each("leads/{merchant}/upgrade-invitation/", SELLER),
    "invitations/<str:token>/": (
        Visit(ANYBODY, "invitations/{owner_link}/"),
        Visit(ANYBODY, "invitations/gone/", 404),
    ),
    "settings/upgrade-activation/": each("settings/upgrade-activation/", PROGRAMME_ADMIN),
    "settings/upgrade-terms/": each("settings/upgrade-terms/", PROGRAMME_ADMIN),
    "settings/upgrade-terms/new/": each("settings/upgrade-terms/new/", PROGRAMME_ADMIN),
    "settings/upgrade-terms/<uuid:terms_id>/": each("settings/upgrade-terms/{upgrade_terms}/", PROGRAMME_ADMIN),
}
NO_PAGE = files_of("upgrade-invitations", "settings/upgrade-terms")
RECORDS = {"upgrade": UpgradeInvitation, "terms": UpgradeTerms, "plus": Lead}
ROADS = {
    "upgrades.UpgradeTerms": ("POST settings/upgrade-terms/new/", "POST api/v1/upgrade-terms/"),
    "upgrades.UpgradeActivation": ("POST settings/upgrade-activation/", "PUT api/v1/upgrade-activation/"),
    "upgrades.UpgradeInvitation": (
        "POST leads/<uuid:lead_id>/upgrade-invitation/",
        "POST api/v1/leads/<uuid:lead_id>/upgrade-invitation/",
    ),
}


def written(house: Any) -> dict[str, Sent]:
    """What each write of upgrade invitations takes."""
    record = house.records["upgrade"]["own"]

    def stands(status: str) -> Callable[[], Any]:
        return lambda: UpgradeInvitation.objects.filter(pk=record).update(status=status)

    return {
        "POST api/v1/leads/<uuid:lead_id>/upgrade-invitation/": Sent("R", {"language": "en"}, before=stands("expired")),
        "PUT api/v1/upgrade-activation/": Sent("P", {"url": "https://upgrades.example.org/in"}),
        "DELETE api/v1/upgrade-activation/": Sent("P"),
        "POST api/v1/upgrade-terms/": Sent("P", {"en": "You pay each month."}),
        "POST api/v1/upgrade-invitations/<uuid:upgrade_id>/activate/": Sent("C", before=stands("agreed")),
        "POST api/v1/upgrade-invitations/<uuid:upgrade_id>/withdraw/": Sent("R", {"text": "A test record."}),
        "POST api/v1/upgrade-invitations/<uuid:upgrade_id>/remind-owner/": Sent("R"),
        "POST api/v1/upgrade-invitations/bulk/remind-owner/": Sent("R", {"rows": [{"id": str(record)}]}),
        "POST api/v1/upgrade-invitations/bulk/withdraw/": Sent(
            "R", {"rows": [{"id": str(record)}], "text": "A test record."}
        ),
    }


LINKS = {"owner_link": r"/invitations/([^/\s>]+)/"}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """An invitation of each partner, and the lead it is from; the terms."""
    cast = house.cast
    with house.acting(cast.programme_admin):
        terms = publish_terms({"en": "You pay monthly."}, by=cast.programme_admin)
    leads = {whose: _merchant(house, by, whose) for whose, by in (("own", cast.seller), ("rival", cast.rival))}
    sent = {}
    for whose, by in (("own", cast.seller), ("rival", cast.rival)):
        with house.acting(by):
            sent[whose] = send_invitation(leads[whose].pk, language="en", by=by).pk
    with tenant_scope(house.tenant):  # also seen by who sees their own leads alone
        Lead.objects.filter(pk=leads["own"].pk).update(owner=cast.colleague, representative=cast.representative)
    more = {whose: lead.pk for whose, lead in leads.items()}
    return {"upgrade": sent, "terms": {"own": terms.pk}, "plus": more}


def _merchant(house: Any, by: Membership, whose: str) -> Lead:
    lead: Lead = house.new_lead(
        by,
        kind="plus",
        company=f"Store {whose}",
        website=f"https://{whose}-store.example.org",
        is_merchant=True,
        store_url=f"https://shop.{whose}-store.example.org",
        store_owner_email=f"owner@{whose}-store.example.org",
    )
    return lead


def known(stack: Stack) -> dict[str, str]:
    """Terms, a merchant's lead without an invitation, and an invitation of another one, whose link comes by mail."""
    admin, seller = Person(stack, PROGRAMME_ADMIN), Person(stack, SELLER)
    terms = admin.api("upgrade-terms/", {"en": "You pay monthly.\n\nYou may leave each month."})
    assert terms.status_code == 201, terms.text
    merchant, invited = (merchants_lead(seller, host) for host in ("one-merchant", "another-merchant"))
    seen = {"If-Match": f'"{invited["version"]}"'}
    sent = seller.api(f"leads/{invited['id']}/upgrade-invitation/", {"language": "en"}, **seen)
    assert sent.status_code == 201, sent.text
    return {"merchant": merchant["id"], "upgrade": sent.json()["id"], "upgrade_terms": terms.json()["id"]}


def merchants_lead(seller: Person, host: str, **more: Any) -> Any:
    """A Plus lead of a business that has a store, sent by the API."""
    sent = {
        "program": "plus",
        "company": host.title(),
        "website": f"https://{host}.example.org",
        "country": "DE",
        "first_name": "Jette",
        "last_name": "Ahlers",
        "email": "j.ahlers@example.org",
        "is_merchant": True,
        "store_url": f"https://shop.{host}.example.org",
        "store_owner_email": f"owner@{host}.example.org",
        "consent": True,
        "terms": True,
        "consent_basis": "spoken",
        "consent_date": "2026-11-01",
    }
    made = seller.api("leads/", sent | more, **{"Idempotency-Key": str(uuid4())})
    assert made.status_code == 201, made.text
    return made.json()


def invitations(house: Any, count: int) -> None:
    states = [status.value for status in Status if status != Status.EXPIRED]
    copies(
        UpgradeInvitation.objects.get(pk=house.records["upgrade"]["own"]),
        count,
        company=name,
        company_key=lambda number: fold(name(number)),
        store_host=lambda number: f"store{number}.example.org",
        status=lambda number: states[number % len(states)],
        created_at=moment,
        updated_at=lambda number: moment(number // 2),
    )


def versions(house: Any, count: int) -> None:
    copies(UpgradeTerms.objects.get(pk=house.records["terms"]["own"]), count, number=lambda number: 2 + number)


def activations(house: Any) -> None:
    """A system that upgrades stores."""
    admin = house.cast.programme_admin
    endpoint = Endpoint.objects.create(owner=admin, url="https://upgrades.example.org/in")
    UpgradeActivation.objects.create(endpoint=endpoint)


WALLS = {"upgrades.UpgradeActivation": walls_of(activations)}
LISTS = {**list_of(InvitationList, invitations), **list_of(TermsList, versions)}

MACHINES = steps_of(
    "upgradeinvitation",
    {
        "activate": ((Status.AGREED,), Status.ACTIVE),
        "withdraw": (ANSWERABLE, Status.WITHDRAWN),
        "remind_owner": (ANSWERABLE, None),
    },
    columns=lambda house, state, step: {
        "status_changed_at": moment(0),
        "updated_at": moment(0),
        "agreed_at": moment(0) if state in {Status.AGREED, Status.ACTIVE} else None,
    },
    sent=lambda house, step: {"text": "They asked us not to."} if step == "withdraw" else {},
)

AGREED = {"agreed_name": "Ola Nordmann", "due_at": "2026-11-03T10:00:00+00:00"}
LETTERS = letters_of(
    "upgrade",
    (
        ("upgrade.sent", "R", {}),
        ("upgrade.reminded", "R", {}),
        ("upgrade.agreed", "C", AGREED),
        ("upgrade.active", "C", {}),
        ("upgrade.declined", "C", {}),
        ("upgrade.expired", "C", {}),
        ("upgrade.withdrawn", "C", {"reason_text": "They asked us not to."}),
        ("upgrade.ended", "C", {}),
        ("upgrade.late", "C", AGREED),
    ),
    words=lambda house, invitation: INVITATIONS.event_data(invitation),
)
