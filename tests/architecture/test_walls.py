"""Every address and verb × every role × own, colleague's, rival's, other tenant's and no record at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from deals.models import Company, Contact
from leads.models import Lead, OwnField, Program
from leads.selectors import lead_for
from leads.services import assign_lead, new_lead_id, save_draft
from leads.services.programs import add_field
from notifications.models import Message
from partnerhub.accounts.models import AccessRequest, ApiToken, Invitation, Membership
from partnerhub.accounts.services import invite_member, request_access
from partnerhub.events.models import Event
from partnerhub.notes.models import Attachment
from partnerhub.notes.services import post_message
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.test_addresses import ours
from tests.architecture.wanted import API_NAMES, LEADS, PUBLIC, STEPS, WANTED, Row
from tests.conftest import make_member

pytestmark = pytest.mark.timeout(600)  # thousands of requests

PARTNER = "ARUB"
OUT = {401, 403, 404}
NOT_THIS_METHOD = 405  # said to whoever may use the address by another method
OF_DRAFTS = {"submit", "discard", "restore"}
WHOSE = ("own", "colleague", "rival", "tenant", "none")
NARROW = {"lead", "file"}  # a Referrals user sees their own, a Sales representative those assigned


@dataclass
class House:
    """Everybody by role letter, and the records of everybody: kind → whose → id."""

    people: dict[str, Membership]
    records: dict[str, dict[str, Any]]
    stranger: Membership


def methods_of(entry: URLPattern) -> list[str]:
    actions = getattr(entry.callback, "actions", None)
    if actions:
        return [method.upper() for method in actions if method != "head"]
    view = entry.callback.view_class
    return [method.upper() for method in ("get", "post", "put", "patch", "delete") if hasattr(view, method)]


def served() -> set[tuple[str, str]]:
    """Every method of every address, the lead's steps apart: they have a table of their own."""
    found = {(method, address) for address, entry in ours() for method in methods_of(entry)}
    steps = {f"api/v1/leads/<uuid:lead_id>/{API_NAMES.get(step, step)}/" for step in STEPS}
    return {(method, address) for method, address in found if "<slug:step>" not in address and address not in steps}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert served() == set(WANTED)


@pytest.fixture
def house(
    everybody: Any,
    nordwind: Any,
    baltkassa: Any,
    new_lead: Callable[..., Lead],
    acting: Callable[..., Any],
    acme: Tenant,
) -> House:
    cast = everybody
    people = {
        "A": cast.admin,
        "R": cast.seller,
        "U": cast.colleague,
        "B": cast.profile_admin,
        "C": cast.manager,
        "S": cast.representative,
        "F": cast.finance,
        "P": cast.programme_admin,
    }
    rival_admin = make_member(acme, "Kadri Saar", Role.ACCOUNT_ADMIN, partner=baltkassa)
    zenit = Tenant.objects.get(slug="zenit")
    make_member(zenit, "Hana Novotna", Role.CHANNEL_MANAGER)
    mine = new_lead(cast.seller, company="Maren's shop", website="https://maren.example.org")
    theirs = new_lead(cast.rival, company="Rival's shop", website="https://rival.example.org")
    foreign = new_lead(cast.stranger, company="Zenit's shop", website="https://zenit.example.org")
    with tenant_scope(acme):  # the Referrals user's own lead; they could not have sent it themselves
        own = Lead.objects.get(pk=mine.pk)
        own.pk, own.number, own.submitted_by = new_id(), 900, cast.colleague
        own.save(force_insert=True)
    with acting(cast.manager):
        assign_lead(own.pk, to=cast.representative.pk, by=cast.manager)
    records = _records(cast, people, acme, zenit, own, mine, theirs, foreign, acting, nordwind, baltkassa, rival_admin)
    return House(people, records, cast.stranger)


def _records(
    cast: Any, people: Any, acme: Tenant, zenit: Tenant, own: Any, mine: Any, theirs: Any, foreign: Any,
    acting: Any, nordwind: Any, baltkassa: Any, rival_admin: Membership,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    def file_on(lead: Any, by: Membership) -> Any:
        with acting(by):
            upload = SimpleUploadedFile("note.txt", b"hello", "text/plain")
            return post_message(lead_for(by, lead.pk), by=by, body="With a file", uploads=[upload]).pk

    for lead, by in ((own, cast.seller), (mine, cast.seller), (theirs, cast.rival), (foreign, cast.stranger)):
        file_on(lead, by)
    with acting(cast.seller):
        draft = save_draft(new_lead_id(), program=Program.objects.first(), typed={"company": "x"}, by=cast.seller)
    with acting(cast.rival):
        rival_draft = save_draft(new_lead_id(), program=Program.objects.first(), typed={"company": "y"}, by=cast.rival)
    with acting(cast.admin):
        own_invitation = invite_member(
            email="new@example.org", name="New", roles=[Role.REFERRALS_USER], partner=nordwind, by=cast.admin
        )
    with acting(rival_admin):
        rival_invitation = invite_member(
            email="new2@example.org", name="New", roles=[Role.REFERRALS_USER], partner=baltkassa, by=rival_admin
        )
    with acting(cast.profile_admin):
        own_request = request_access(cast.profile_admin, role=Role.REFERRALS_ADMIN)
    with acting(rival_admin):
        rival_request = request_access(rival_admin, role=Role.REFERRALS_ADMIN)
    zenit_admin = make_member(zenit, "Eva Mala", Role.PROGRAMME_ADMIN)
    fields = {name: _own_field(by, acting) for name, by in (("own", cast.programme_admin), ("tenant", zenit_admin))}
    former = make_member(acme, "Jonna Ekdahl", Role.REFERRALS_USER, partner=nordwind, is_active=False)
    rival_former = make_member(acme, "Mart Poom", Role.REFERRALS_USER, partner=baltkassa, is_active=False)
    with tenant_scope(acme):
        tokens = {
            name: ApiToken.objects.create(
                partner_id=member.partner_id, membership=member, created_by=member, name=name, prefix="x",
                digest=name, scopes=[], expires_at="2030-01-01T00:00Z",
            ).pk
            for name, member in (("own", cast.admin), ("rival", rival_admin))
        }  # fmt: skip

        def of(model: Any, **narrowed: Any) -> Any:
            return model.objects.filter(**narrowed).values_list("pk", flat=True).first()

        records = {
            "lead": {"own": own.pk, "colleague": mine.pk, "rival": theirs.pk},
            "file": {
                "own": of(Attachment, subject_id=own.pk),
                "colleague": of(Attachment, subject_id=mine.pk),
                "rival": of(Attachment, subject_id=theirs.pk),
            },
            "draft": {"own": draft.pk, "rival": rival_draft.pk},
            "member": {"own": cast.profile_admin.pk, "rival": cast.rival.pk},
            "former": {"own": former.pk, "rival": rival_former.pk},
            "invitation": {"own": own_invitation.pk, "rival": rival_invitation.pk},
            "request": {"own": own_request.pk, "rival": rival_request.pk},
            "token": tokens,
            "event": {"own": of(Event, subject_id=mine.pk), "rival": of(Event, subject_id=theirs.pk)},
            "message": {
                "own": of(Message, partner_id=nordwind.pk, recipient__isnull=False),
                "rival": of(Message, partner_id=baltkassa.pk, recipient__isnull=False),
            },
            "company": {"own": of(Company, partner=nordwind), "rival": of(Company, partner=baltkassa)},
            "contact": {"own": of(Contact, partner=nordwind), "rival": of(Contact, partner=baltkassa)},
            "program": {"own": of(Program)},
            "field": {"own": fields["own"]},
        }
    foreign_models = {
        "lead": Lead, "file": Attachment, "draft": Lead, "member": Membership, "event": Event, "message": Message,
        "company": Company, "contact": Contact, "invitation": Invitation, "request": AccessRequest, "token": ApiToken,
        "former": Membership, "program": Program, "field": OwnField,
    }  # fmt: skip
    with tenant_scope(zenit):
        for kind, model in foreign_models.items():
            records[kind]["tenant"] = model.objects.values_list("pk", flat=True).first() or new_id()
    for by_whose in records.values():
        by_whose["none"] = UUID("01900000-0000-7000-8000-000000000000")
    return records


def _own_field(by: Membership, acting: Callable[..., Any]) -> UUID:
    values = {"label": "Tills", "help_text": "", "kind": "number", "choices": []}
    with acting(by):
        program = Program.objects.get(slug="pos")
        return add_field(program.pk, values | {"is_required": False, "vendor_only": True}, by=by).pk


def ask(client: Client, method: str, path: str) -> Any:
    """One request whose effect is undone."""
    with transaction.atomic():
        body: dict[str, Any] = {} if method == "GET" else {"data": {"lead": str(new_id())}}
        if path.startswith("/acme/api/") and body:
            body = {"data": {}, "content_type": "application/json"}
        answer = getattr(client, method.lower())(path, **body)
        transaction.set_rollback(True)
    return answer


def path_to(address: str, record: Any) -> str:
    plain = {"<slug:program>": "pos", "<str:token>": "x", "<int:id>": "0"}
    parts = [str(record) if part.startswith("<uuid:") else plain.get(part, part) for part in address.split("/")]
    return "/acme/" + "/".join(parts)


def wanted(letter: str, row: Row, whose: str, kind: str) -> str:
    if letter not in row.roles:
        return "404" if row.hidden else "403"
    if whose in ("tenant", "none") or (kind == "token" and letter == "P"):  # a token is its own organisation's
        return "404"
    if whose == "rival" and letter in PARTNER:
        return "404"
    if kind in NARROW and letter in "US" and whose != "own":
        return "404"
    return "in"


def got(answer: Any) -> str:
    return str(answer.status_code) if answer.status_code in OUT or answer.status_code >= 500 else "in"


def differences(letter: str, house: House, client: Client) -> Iterator[str]:
    for (method, address), row in sorted(WANTED.items()):
        if row.roles == PUBLIC or "<str:token>" in address or "<int:id>" in address:
            continue
        records = house.records.get(row.record, {"own": None})
        bodies = set()
        for whose in (name for name in WHOSE if name in records):
            answer = ask(client, method, path_to(address, records[whose]))
            want = wanted(letter, row, whose, row.record)
            if got(answer) != want and answer.status_code != NOT_THIS_METHOD:
                yield f"{method} {address} on {whose}: {answer.status_code}, wanted {want}"
            if got(answer) == "404" and whose in ("rival", "tenant", "none"):
                bodies.add(answer.content)
        if len(bodies) > 1:
            yield f"{method} {address}: the 404s differ"


@pytest.mark.parametrize("letter", "ARUBCSFP")
def test_the_wrong_person_gets_nowhere(house: House, client_of: Callable[..., Client], letter: str) -> None:
    wrong = list(differences(letter, house, client_of(house.people[letter])))
    assert not wrong, "\n".join(wrong)


def test_a_stranger_gets_404_and_nobody_gets_in_without_signing_in(
    house: House, client_of: Callable[..., Client]
) -> None:
    stranger, nobody = client_of(house.stranger), Client(HTTP_HOST="127.0.0.1")
    wrong = []
    for (method, address), row in sorted(WANTED.items()):
        if row.roles == PUBLIC:
            continue
        record = house.records.get(row.record, {}).get("own")
        is_api = address.startswith("api/v1/")
        path = path_to(address, record)
        status = ask(stranger, method, path).status_code
        if status not in ({401, 404} if is_api else {404}):
            wrong.append(f"{method} {address} as a stranger: {status}")
        status = ask(nobody, method, path).status_code
        if status not in ({401} if is_api else {302, 401}):
            wrong.append(f"{method} {address} as nobody: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_by_its_roles_only(house: House, client_of: Callable[..., Client], step: str) -> None:
    wrong = []
    record = house.records["draft" if step in OF_DRAFTS else "lead"]
    for letter, member in house.people.items():
        client = client_of(member)
        for where in ("api/v1/leads", "leads"):
            if where == "leads" and step in OF_DRAFTS:
                continue
            name = API_NAMES.get(step, step) if where.startswith("api") else step
            answer = ask(client, "POST", f"/acme/{where}/{record['own']}/{name}/")
            if letter in STEPS[step]:
                right = got(answer) == "in"
            elif letter not in LEADS:
                right = answer.status_code == 403
            else:
                right = answer.status_code in (403, 404)
            if not right:
                wrong.append(f"{where} {step} as {letter}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
