"""What protection brings to the tests of the whole house: see tests/brought.py."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from leads.models import Lead
from leads.services import assign_lead, start_lead
from partnerhub.notes.models import Attachment
from partnerhub.notes.services import attach_files
from partnerhub.protection.models import Protection, ProtectionRules
from partnerhub.protection.services import PROTECTIONS
from partnerhub.protection.states import Status
from partnerhub.protection.tables import ProtectionList
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold
from tests.brought import LEADS, Sent, Steps, Visit, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import ANYBODY, PROGRAMME_ADMIN
from tests.stack import MANAGER, SELLER, Person, Stack
from tests.upgrades.brings import merchants_lead

ADDRESSES = rows(
    """
    GET protections/ RUCSFP
    GET protections/export.csv RUCSFP
    GET protections/export.xlsx RUCSFP
    GET protections/<uuid:protection_id>/ RUCSFP protection
    GET,POST confirmations/<str:token>/ public
    GET,POST programme/protection/ P
    GET,PATCH api/v1/protection-rules/ P
    GET api/v1/protections/ RUCSFP
    GET api/v1/protections/export/ RUCSFP
    GET api/v1/protections/ratio/ RUCSFP
    GET api/v1/protections/<uuid:protection_id>/ RUCSFP protection
    GET api/v1/protections/<uuid:protection_id>/timeline/ RUCSFP protection
    """
)
ROLES = {
    "ask-extension": "R",
    "grant-extension": "C",
    "refuse-extension": "C",
    "record-meeting": "R",
    "ask-contact": "R",
}
STEPS = {"protection": Steps("protections", record="protection", seen_by=LEADS, roles=ROLES)}
PAGES = {
    "programme/protection/": each("programme/protection/", PROGRAMME_ADMIN),
    "protections/": each("protections/", SELLER, MANAGER),
    "protections/<uuid:protection_id>/": each("protections/{protection}/", SELLER, MANAGER),
    "protections/<uuid:record_id>/<slug:step>/": (
        *each("protections/{protection}/ask-extension/", SELLER),
        *each("protections/{protection}/record-meeting/", SELLER),
        *each("protections/{protection}/ask-contact/", SELLER),
    ),
    "confirmations/<str:token>/": (
        Visit(ANYBODY, "confirmations/{contact_link}/"),
        Visit(ANYBODY, "confirmations/gone/", 404),
    ),
}
NO_PAGE = files_of("protections")
LINKS = {"contact_link": r"/confirmations/([^/\s>]+)/"}
RECORDS = {"protection": Protection}
ROADS = {
    "protection.Protection": ("step start",),
    "protection.ProtectionRules": ("POST programme/protection/", "PATCH api/v1/protection-rules/"),
}


def written(house: Any) -> dict[str, Sent]:
    """A meeting, of which the file on the protected lead tells."""
    key = house.records["protection"]["own"]
    with tenant_scope(house.tenant):
        file = Attachment.objects.get(subject_id=Protection.objects.get(pk=key).lead_id)

    def running() -> None:
        Protection.objects.filter(pk=key).update(status=Status.RUNNING, **columns(house, "", ""))

    body = {"met_on": str(localdate()), "file": str(file.pk)}
    return {
        "POST api/v1/protections/<uuid:protection_id>/record-meeting/": Sent("R", body, before=running),
        "PATCH api/v1/protection-rules/": Sent("P", {"base_days": 45}),
    }


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A protected lead of each partner, with a file about a meeting."""
    cast, made = house.cast, {}
    for whose, by in (("own", cast.seller), ("rival", cast.rival)):
        lead = house.new_lead(by, company=f"Held {whose}", website=f"https://held-{whose}.example.org")
        with house.acting(cast.manager):
            assign_lead(lead.pk, to=cast.representative.pk, by=cast.manager)
            start_lead(lead.pk, by=cast.manager)
        with house.acting(by):
            minutes = SimpleUploadedFile("minutes.txt", b"We met.", "text/plain")
            attach_files(Lead.objects.get(pk=lead.pk), by=by, uploads=[minutes])
        with tenant_scope(house.tenant):  # also seen by who sees their own leads alone
            if whose == "own":
                Lead.objects.filter(pk=lead.pk).update(owner=cast.colleague)
            made[whose] = Protection.objects.get(lead=lead).pk
    return {"protection": made}


def known(stack: Stack) -> dict[str, str]:
    """A protected lead, made by the API."""
    seller, manager = Person(stack, SELLER), Person(stack, MANAGER)
    lead = merchants_lead(seller, "protected-merchant")
    whom = manager.look("/tallvik/api/v1/representatives/").json()["results"][0]
    for step, body in (("assign", {"to": whom["id"]}), ("start", {})):
        answer = manager.api(f"leads/{lead['id']}/{step}/", body, **{"If-Match": "*"})
        assert answer.status_code == 200, answer.text
    found = seller.look("/tallvik/api/v1/protections/?sort=-since").json()["results"]
    key = next(one["id"] for one in found if one["lead"] == lead["id"])
    asked = seller.api(f"protections/{key}/ask-contact/", {}, **{"If-Match": "*"})
    assert asked.status_code == 200, asked.text
    return {"protection": key}


def protections(house: Any, count: int) -> None:
    states = [status.value for status in Status]
    own = Protection.objects.get(pk=house.records["protection"]["own"])
    leads = copies(Lead.objects.get(pk=own.lead_id), count, number=lambda number: 7000 + number)
    copies(
        own,
        count,
        lead_id=lambda number: leads[number].pk,
        company=name,
        company_key=lambda number: fold(name(number)),
        status=lambda number: states[number % len(states)],
        extension=lambda number: ("", "asked", "granted", "refused")[number % 4],
        starts_at=moment,
        until=lambda number: moment(number // 2),
    )


LISTS = list_of(ProtectionList, protections)
WALLS = {"protection.ProtectionRules": walls_of(lambda house: ProtectionRules.objects.get_or_create())}


def columns(house: Any, state: str, step: str) -> dict[str, Any]:
    """A protection that runs, and lacks nothing that the step asks for."""
    return {
        "status_changed_at": moment(0),
        "updated_at": moment(0),
        "until": now() + timedelta(days=20),
        "extension": "asked" if step in {"grant_extension", "refuse_extension"} else "",
        "met_on": None,
        "contact_confirmed_at": None,
    }


TABLE: dict[str, tuple[Any, str | None]] = dict.fromkeys(
    ("ask_extension", "grant_extension", "refuse_extension", "ask_contact"), ((Status.RUNNING,), None)
)
MACHINES = steps_of(
    "protection",
    TABLE,
    columns=columns,
    sent=lambda house, step: {"text": "They decide in June."} if step in {"ask_extension", "refuse_extension"} else {},
    apart=frozenset({"record_meeting"}),
)
REASON = {"reason_text": "They decide in June."}
LETTERS = letters_of(
    "protection",
    (
        ("protection.contact_asked", "R", {"email": "contact@example.org"}),
        ("protection.ends_soon", "C", {"days": "7"}),
        ("protection.lapsed", "C", {}),
        ("protection.extension_asked", "R", REASON),
        ("protection.extension_granted", "C", {}),
        ("protection.extension_refused", "C", REASON),
    ),
    words=lambda house, protection: PROTECTIONS.event_data(protection),
)
