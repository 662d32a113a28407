"""What leads bring to the tests of the whole house: see tests/brought.py."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from leads.api.leads import NEW_LEAD
from leads.models import NEVER, ConflictCount, Lead, OwnField, Program, VendorAnswers
from leads.selectors import lead_for
from leads.services import assign_lead, new_lead_id, save_draft
from leads.services.programs import add_field
from leads.services.steps import event_data
from leads.states import KEPT, LISTED, OPEN, Status
from leads.tables import DraftList, LeadList, TriageList
from partnerhub.accounts.models import Membership
from partnerhub.notes.services import post_message
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.folding import fold
from tests.brought import LEADS, Sent, Steps, Visit, each, files_of, rows
from tests.conftest import make_member
from tests.deals.brings import solution_of
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.outside.people import ADMIN, PROGRAMME_ADMIN
from tests.stack import MANAGER, OTHER_MANAGER, SELLER, Person, Stack, form

# Who looks at the page of each step, and at a lead in which state.
LOOKS = {
    "assign": (MANAGER, "submitted"),
    "start": (MANAGER, "submitted"),
    "ask-info": (MANAGER, "in_progress"),
    "give-info": (SELLER, "more_info"),
    "award": (MANAGER, "in_progress"),
    "refuse": (MANAGER, "in_progress"),
    "withdraw": (SELLER, "submitted"),
    "ask-support": (SELLER, "alone"),
    "convert": (SELLER, "in_progress"),
    "appeal": (SELLER, "not_eligible"),
    "reopen": (MANAGER, "not_eligible"),
    "question-award": (MANAGER, "awarded"),
    "take-back-award": (OTHER_MANAGER, "questioned"),
    "keep-award": (OTHER_MANAGER, "questioned"),
}
STATES = ("submitted", "alone", "in_progress", "more_info", "awarded", "not_eligible", "withdrawn")

ADDRESSES = rows(
    """
    GET leads/ RUCSFP
    GET leads/export.csv RUCSFP
    GET leads/export.xlsx RUCSFP
    GET leads/drafts/ R
    GET leads/drafts/export.csv R
    GET leads/drafts/export.xlsx R
    GET,POST leads/new/<slug:program>/ R
    POST leads/new/<slug:program>/draft/ R
    POST leads/new/<slug:program>/known/ R
    GET leads/<uuid:lead_id>/ RUCSFP lead
    POST leads/<uuid:lead_id>/messages/ RUCS lead
    POST leads/<uuid:lead_id>/notes/ RUCS lead
    GET,POST leads/<uuid:lead_id>/correct/ RC lead
    POST leads/<uuid:record_id>/discard/ R draft
    POST leads/<uuid:record_id>/restore/ R draft
    POST leads/<uuid:record_id>/undo-assign/ C lead
    POST leads/<uuid:lead_id>/vendor-fields/ CS lead
    GET programs/ P
    GET,POST programs/conflict-check/ P
    GET,POST programs/new/ P
    GET,POST programs/<uuid:program_id>/ P program
    GET,POST programs/<uuid:program_id>/fields/new/ P program
    GET,POST programs/fields/<uuid:field_id>/ P field
    POST programs/fields/<uuid:field_id>/move/ P field
    POST programs/fields/<uuid:field_id>/retire/ P field
    POST programs/fields/<uuid:field_id>/restore/ P field
    GET triage/ C
    GET triage/export.csv C
    GET triage/export.xlsx C
    POST triage/bulk/assign/ C
    POST triage/bulk/award/ C
    POST triage/bulk/refuse/ C
    GET triage/people/ C
    GET triage/<uuid:lead_id>/readers/ C lead
    POST leads/bulk/assign/ C
    POST leads/bulk/award/ C
    POST leads/bulk/refuse/ C
    GET api/v1/programs/ RUCSFP
    POST api/v1/programs/ P
    GET,PUT api/v1/conflict-check/ P
    GET api/v1/representatives/ C
    GET api/v1/drafts/ R
    GET api/v1/drafts/export/ R
    GET api/v1/leads/ RUCSFP
    POST api/v1/leads/ R
    GET api/v1/leads/export/ RUCSFP
    POST api/v1/leads/bulk-assign/ C
    POST api/v1/leads/bulk/assign/ C
    POST api/v1/leads/bulk/award/ C
    POST api/v1/leads/bulk/refuse/ C
    GET api/v1/triage/ C
    GET api/v1/triage/export/ C
    POST api/v1/triage/bulk/assign/ C
    POST api/v1/triage/bulk/award/ C
    POST api/v1/triage/bulk/refuse/ C
    GET api/v1/leads/<uuid:lead_id>/ RUCSFP lead
    PATCH api/v1/leads/<uuid:lead_id>/ RC lead
    GET,PUT api/v1/leads/<uuid:lead_id>/vendor-fields/ CS lead
    PATCH api/v1/leads/<uuid:lead_id>/external/ RCP lead
    GET api/v1/leads/<uuid:lead_id>/representatives/ C lead
    GET api/v1/leads/<uuid:lead_id>/readers/ C lead
    GET api/v1/leads/<uuid:lead_id>/timeline/ RUCSFP lead
    GET api/v1/leads/<uuid:lead_id>/messages/ RUCSFP lead
    POST api/v1/leads/<uuid:lead_id>/messages/ RUCS lead
    GET api/v1/leads/<uuid:lead_id>/notes/ RUCSFP lead
    POST api/v1/leads/<uuid:lead_id>/notes/ RUCS lead
    GET api/v1/leads/<uuid:lead_id>/attachments/ RUCSFP lead
    POST api/v1/leads/<uuid:lead_id>/attachments/ RUCS lead
    """
)

PAGES = {
    "leads/": (
        *each("leads/", SELLER, MANAGER, PROGRAMME_ADMIN),
        *each("leads/?q=nobody-is-called-this", SELLER),
        Visit(ADMIN, "leads/", 403),
    ),
    "leads/drafts/": each("leads/drafts/", SELLER),
    "leads/new/<slug:program>/": (
        *each("leads/new/pos/", SELLER),
        *each("leads/new/plus/", SELLER),
        *each("leads/new/pos/?draft={draft}", SELLER),
    ),
    "leads/<uuid:lead_id>/correct/": each("leads/{submitted}/correct/", SELLER),
    "leads/<uuid:lead_id>/": (
        *(Visit(SELLER, f"leads/{{{state}}}/") for state in STATES),
        *(Visit(MANAGER, f"leads/{{{state}}}/") for state in ("submitted", "in_progress", "questioned")),
        Visit(SELLER, "leads/00000000-0000-7000-8000-000000000000/", 404),
    ),
    "leads/<uuid:record_id>/<slug:step>/": tuple(
        Visit(who, f"leads/{{{state}}}/{step}/") for step, (who, state) in LOOKS.items()
    ),
    "programs/": each("programs/", PROGRAMME_ADMIN),
    "programs/conflict-check/": each("programs/conflict-check/", PROGRAMME_ADMIN),
    "programs/new/": each("programs/new/", PROGRAMME_ADMIN),
    "programs/<uuid:program_id>/": each("programs/{program}/", PROGRAMME_ADMIN),
    "programs/<uuid:program_id>/fields/new/": each("programs/{program}/fields/new/", PROGRAMME_ADMIN),
    "programs/fields/<uuid:field_id>/": each("programs/fields/{own_field}/", PROGRAMME_ADMIN),
    "triage/": (*each("triage/", MANAGER), *each("triage/?lead={submitted}", MANAGER)),
    "triage/people/": (Visit(MANAGER, "triage/people/", moves=True),),
    "triage/<uuid:lead_id>/readers/": (Visit(MANAGER, "triage/{submitted}/readers/", moves=True),),
}

NO_PAGE = files_of("leads", "leads/drafts", "triage")

# Whoever sees the lead from the other side gets 404 on a page.
STEPS = {
    "lead": Steps(
        "leads",
        record="lead",
        seen_by=LEADS,
        roles={
            "submit": "R",
            "discard": "R",
            "restore": "R",
            "withdraw": "R",
            "give-info": "R",
            "appeal": "R",
            "ask-support": "R",
            "name-team": "R",
            "convert": "R",
            "assign": "C",
            "undo-assign": "C",
            "mark-seen": "C",
            "unmark-seen": "C",
            "let-stand": "C",
            "start": "CS",
            "ask-info": "CS",
            "correct-question": "CS",
            "take-back-question": "CS",
            "award": "C",
            "refuse": "C",
            "reopen": "C",
            "question-award": "C",
            "take-back-award": "CP",
            "keep-award": "CP",
        },
        api_names={"give-info": "answer"},
        early=dict.fromkeys(("submit", "discard", "restore"), "draft"),
        only_api=frozenset({"submit", "discard", "restore"}),
    )
}

NOT_SENT = {
    "POST api/v1/leads/<uuid:lead_id>/attachments/": "files come in a form: tests/api/test_preflight.py",
}


def written(house: Any) -> dict[str, Sent]:
    """What each write of leads takes, and the steps of drafts."""
    lead, draft, cast = house.records["lead"]["own"], house.records["draft"]["own"], house.cast

    def draft_is(**columns: Any) -> Callable[[], Any]:
        return lambda: Lead.objects.filter(pk=draft).update(**columns)

    apart = {
        "submit": Sent("R", before=draft_is(draft=_as_typed())),
        "discard": Sent("R"),
        "restore": Sent("R", before=draft_is(status="discarded")),
        "undo-assign": Sent("C"),
    }
    program = {"kind": "pos", "name": "Kiosk", "terms_version": "1", "terms_text": "As agreed."}
    return {f"POST api/v1/leads/<uuid:lead_id>/{word}/": one for word, one in apart.items()} | {
        "POST api/v1/programs/": Sent("P", program),
        "PUT api/v1/conflict-check/": Sent("P", {"mode": "mark"}),
        "POST api/v1/leads/": Sent("R", NEW_LEAD),
        "POST api/v1/leads/bulk-assign/": Sent("C", {"to": str(cast.representative.pk), "leads": [{"id": str(lead)}]}),
        "POST api/v1/triage/bulk/assign/": Sent("C", {"to": str(cast.representative.pk), "rows": [{"id": str(lead)}]}),
        "POST api/v1/triage/bulk/award/": Sent("C", {"rows": [{"id": str(lead)}]}),
        "POST api/v1/triage/bulk/refuse/": Sent(
            "C", {"code": "not_a_fit", "text": "No shop.", "rows": [{"id": str(lead)}]}
        ),
        "POST api/v1/leads/bulk/assign/": Sent("C", {"to": str(cast.representative.pk), "rows": [{"id": str(lead)}]}),
        "POST api/v1/leads/bulk/award/": Sent("C", {"rows": [{"id": str(lead)}]}),
        "POST api/v1/leads/bulk/refuse/": Sent(
            "C", {"code": "not_a_fit", "text": "No shop.", "rows": [{"id": str(lead)}]}
        ),
        "PATCH api/v1/leads/<uuid:lead_id>/": Sent("R", {"company": "Another shop"}, record=draft),
        "PUT api/v1/leads/<uuid:lead_id>/vendor-fields/": Sent(
            "C", {"answers": {str(house.records["field"]["own"]): 3}}
        ),
        "PATCH api/v1/leads/<uuid:lead_id>/external/": Sent("R", {"external_id": "l-1"}),
        "POST api/v1/leads/<uuid:lead_id>/messages/": Sent("R", {"body": "A word."}),
        "POST api/v1/leads/<uuid:lead_id>/notes/": Sent("R", {"body": "A word for us."}),
    }


def _as_typed() -> dict[str, Any]:
    """The answers of a lead that can be submitted, as a draft keeps them."""
    return {name: value for name, value in NEW_LEAD.items() if name != "program"}


RECORDS = {"lead": Lead, "draft": Lead, "program": Program, "field": OwnField}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """Leads of both partners and of another tenant, each with a message and its file; drafts; own fields."""
    cast = house.cast
    mine = house.new_lead(cast.seller, company="Maren's shop", website="https://maren.example.org")
    theirs = house.new_lead(cast.rival, company="Rival's shop", website="https://rival.example.org")
    foreign = house.new_lead(cast.stranger, company="Zenit's shop", website="https://zenit.example.org")
    own = _of_who_cannot_submit(house, mine)
    for lead, by in ((own, cast.seller), (mine, cast.seller), (theirs, cast.rival), (foreign, cast.stranger)):
        with house.acting(by):
            upload = SimpleUploadedFile("note.txt", b"hello", "text/plain")
            post_message(lead_for(by, lead.pk), by=by, body="With a file", uploads=[upload])
    drafts = {whose: _draft_of(house, by) for whose, by in (("own", cast.seller), ("rival", cast.rival))}
    zenit = Tenant.objects.get(slug="zenit")
    own_field = _own_field(house, cast.programme_admin)
    _own_field(house, make_member(zenit, "Eva Mala", Role.PROGRAMME_ADMIN))
    return {
        "lead": {"own": own.pk, "colleague": mine.pk, "rival": theirs.pk},
        "draft": drafts,
        "program": {"own": house.first(Program)},
        "field": {"own": own_field},
    }


def _of_who_cannot_submit(house: Any, mine: Lead) -> Lead:
    """The Referrals user's own lead, assigned to the representative; they could not have sent it themselves."""
    cast = house.cast
    with tenant_scope(Tenant.objects.get(slug="acme")):
        own = Lead.objects.get(pk=mine.pk)
        own.pk, own.number, own.submitted_by = new_id(), 900, cast.colleague
        own.save(force_insert=True)
    with house.acting(cast.manager):
        assign_lead(own.pk, to=cast.representative.pk, by=cast.manager)
    return own


def _draft_of(house: Any, by: Membership) -> UUID:
    with house.acting(by):
        return save_draft(new_lead_id(), program=Program.objects.first(), typed={"company": "x"}, by=by).pk


def _own_field(house: Any, by: Membership) -> UUID:
    values = {"label": "Tills", "help_text": "", "kind": "number", "choices": []}
    with house.acting(by):
        program = Program.objects.get(slug="pos")
        return add_field(program.pk, values | {"is_required": False, "vendor_only": True}, by=by).pk


ROADS = {
    "leads.Program": ("admin/tenancy/tenant/add/", "POST programs/new/", "POST api/v1/programs/"),
    "leads.OwnField": ("POST programs/<uuid:program_id>/fields/new/",),
    "leads.Lead": ("POST leads/new/<slug:program>/", "POST api/v1/leads/"),
    "leads.VendorAnswers": (
        "POST leads/<uuid:lead_id>/vendor-fields/",
        "PUT api/v1/leads/<uuid:lead_id>/vendor-fields/",
    ),
}
FOLLOWS = {"leads.LeadCounter": "leads.Lead", "leads.ConflictCount": "leads.Lead"}

OF_SELLER = """
SELECT DISTINCT ON (l.status, l.sales_support) l.status, l.sales_support, l.id
FROM leads_lead l JOIN accounts_membership m ON m.id = l.submitted_by_id JOIN accounts_user u ON u.id = m.user_id
JOIN tenancy_tenant t ON t.id = l.tenant_id
WHERE u.email = %s AND t.slug = 'tallvik' ORDER BY l.status, l.sales_support, l.number
"""
LAST_AWARDED = """
SELECT l.id FROM leads_lead l JOIN accounts_membership m ON m.id = l.submitted_by_id
JOIN accounts_user u ON u.id = m.user_id JOIN tenancy_tenant t ON t.id = l.tenant_id
WHERE u.email = %s AND t.slug = 'tallvik' AND l.status = 'awarded' ORDER BY l.number DESC LIMIT 1
"""
OF_LEAD = (
    "SELECT f.program_id, f.id FROM leads_ownfield f JOIN leads_lead l ON l.program_id = f.program_id WHERE l.id = %s"
)


def known(stack: Stack) -> dict[str, str]:
    """A lead in each state, one of them with a message and its file; a draft; their program with an own field."""
    found = _in_each_state(stack)
    seller = Person(stack, SELLER)
    draft = str(uuid4())
    answer = seller.post("/tallvik/leads/new/pos/", **form(draft, "A draft"), save_draft="1")
    assert answer.status_code == 303, answer.text
    _write(seller, found["submitted"])
    _question(stack, found["questioned"])
    program, own_field = map(str, stack.rows(OF_LEAD, found["submitted"])[0])
    return found | {"draft": draft, "program": program, "own_field": own_field}


def _in_each_state(stack: Stack) -> dict[str, str]:
    rows = stack.rows(OF_SELLER, SELLER)
    found = {status: str(lead_id) for status, _support, lead_id in rows}
    for which, support in (("alone", False), ("submitted", True)):
        found[which] = next(str(row[2]) for row in rows if row[:2] == ("submitted", support))
    found["questioned"] = str(stack.rows(LAST_AWARDED, SELLER)[0][0])
    return found


def _write(seller: Person, lead_id: str) -> None:
    """A message with a file, and a note."""
    sent = {"csrfmiddlewaretoken": seller.token, "body": "A word about the tills."}
    file = {"files": ("paper.txt", b"Seven tills.", "text/plain")}
    answer = seller.client.post(f"/tallvik/leads/{lead_id}/messages/", data=sent, files=file)
    assert answer.status_code == 302, answer.text
    assert seller.post(f"/tallvik/leads/{lead_id}/notes/", body="They take their time.").status_code == 302


def _question(stack: Stack, lead_id: str) -> None:
    """A channel manager asks to take this award back; another one has to decide."""
    manager = Person(stack, MANAGER)
    address = f"/tallvik/leads/{lead_id}/question-award/"
    version = re.search(r'name="version" value="(\d+)"', manager.look(address).text)
    assert version is not None
    assert manager.post(address, version=version[1], text="Was it paid twice?").status_code == 302


WALLS = {
    "leads.ConflictCount": walls_of(
        lambda house: [
            ConflictCount.objects.create(partner=one, day="2026-11-02", told=1)
            for one in (house.nordwind, house.baltkassa)
        ]
    ),
    "leads.VendorAnswers": walls_of(
        lambda house: VendorAnswers.objects.create(lead_id=house.records["lead"]["own"], answers={"tills": 4})
    ),
}


def many(house: Any, count: int) -> None:
    """In every state, every second with sales support, every third with the representative."""
    programs, keeper = list(Program.objects.order_by("position")), house.people["S"]
    copies(
        Lead.objects.get(pk=house.records["lead"]["colleague"]),
        count,
        number=lambda number: 2000 + number,
        status=lambda number: LISTED[number % len(LISTED)].value,
        program_id=lambda number: programs[number % 2].pk,
        company=name,
        company_key=lambda number: fold(name(number)),
        first_name=lambda number: ("Ada", "@SUM", "-2+3")[number % 3],
        last_name=lambda number: name(number + 1)[:80],
        contact_key=lambda number: fold(f"{('Ada', '@SUM', '-2+3')[number % 3]} {name(number + 1)[:80]}"),
        email=lambda number: f"ada{number}@example.org",
        website_host=lambda number: f"shop{number}.example.org",
        search_text=lambda number: fold(f"{name(number)} {name(number + 1)[:80]} ada{number}@example.org shop{number}"),
        representative_id=lambda number: None if number % 3 else keeper.pk,
        representative_key=lambda number: "" if number % 3 else fold(keeper.name),
        sales_support=lambda number: number % 2 == 0,
        submitted_at=moment,
        updated_at=lambda number: moment(number // 2),
        due_at=lambda number: NEVER if number % 3 else moment(number),
    )


def kept_by(row: Lead, value: str) -> bool:
    """Nobody here has left: what nobody looks after are the started ones that never had a representative."""
    if value == "left":
        return row.status in OPEN[1:] and row.representative_id is None
    return str(row.representative_id or "none") == value


def many_waiting(house: Any, count: int) -> None:
    """Unassigned, of two partners, two programs and three countries, every second with sales support."""
    programs = list(Program.objects.order_by("position"))
    partners = (house.cast.seller.partner, house.cast.rival.partner)
    copies(
        Lead.objects.get(pk=house.records["lead"]["colleague"]),
        count,
        number=lambda number: 3000 + number,
        status=lambda number: Status.SUBMITTED.value,
        partner_id=lambda number: partners[number % 5 == 0].pk,
        partner_key=lambda number: fold(partners[number % 5 == 0].name),
        known_company_id=lambda number: None,
        known_contact_id=lambda number: None,
        program_id=lambda number: programs[number % 2].pk,
        company=name,
        country=lambda number: ("DE", "NO", "PL")[number % 3],
        representative_id=lambda number: None,
        representative_key=lambda number: "",
        is_seen=lambda number: False,
        is_set_aside=lambda number: False,
        sales_support=lambda number: number % 2 == 0,
        submitted_at=moment,
    )


def many_drafts(house: Any, count: int) -> None:
    programs = list(Program.objects.order_by("position"))
    copies(
        Lead.objects.get(pk=house.records["draft"]["own"]),
        count,
        program_id=lambda number: programs[number % 2].pk,
        draft=lambda number: {"company": name(number)} if number % 5 else {},
        updated_at=moment,
    )


LISTS = (
    list_of(
        LeadList,
        many,
        words=lambda row: (row.company, row.first_name, row.last_name, row.email, row.website_host),
        filters={
            "program": lambda row, value: row.program.slug == value,
            "representative": kept_by,
            "overdue": lambda row, value: (row.due_at <= now()) == (value == "true"),
        },
        values={"representative": ("none", "left")},
    )
    | list_of(DraftList, many_drafts, reader="R")
    | list_of(
        TriageList,
        many_waiting,
        filters={"program": lambda row, value: row.program.slug == value},
        reader="C",
        nothing={"country": "AQ"},
        apart=("queue",),
    )
)

# The spec's table (states.md, Lead), written out once more and not read from the machine.
TABLE: dict[str, tuple[tuple[str, ...], str | None]] = {
    "assign": (OPEN, None),
    "mark_seen": ((Status.SUBMITTED,), None),
    "unmark_seen": ((Status.SUBMITTED,), None),
    "let_stand": (OPEN, None),
    "start": ((Status.SUBMITTED,), Status.IN_PROGRESS),
    "ask_info": ((Status.SUBMITTED, Status.IN_PROGRESS), Status.MORE_INFO),
    "give_info": ((Status.MORE_INFO,), Status.SUBMITTED),  # where the lead below came from
    "correct_question": ((Status.MORE_INFO,), None),
    "take_back_question": ((Status.MORE_INFO,), Status.SUBMITTED),  # the same
    "award": ((Status.SUBMITTED, Status.IN_PROGRESS), Status.AWARDED),
    "refuse": (OPEN, Status.NOT_ELIGIBLE),
    "withdraw": ((Status.SUBMITTED, Status.MORE_INFO), Status.WITHDRAWN),
    "name_team": (KEPT, None),
    "ask_support": (OPEN, None),
    "convert": ((Status.IN_PROGRESS,), Status.CONVERTED),
    "appeal": ((Status.NOT_ELIGIBLE,), Status.SUBMITTED),
    "reopen": ((Status.NOT_ELIGIBLE,), Status.SUBMITTED),
    "question_award": ((Status.AWARDED,), None),
    "take_back_award": ((Status.AWARDED,), Status.IN_PROGRESS),
    "keep_award": ((Status.AWARDED,), None),
}


def columns(house: Any, state: str, step: str) -> dict[str, Any]:
    """A lead of the colleague in this state; the representative has it where the step is theirs too."""
    unsent, asked_by = state in {Status.DRAFT, Status.DISCARDED}, house.cast.second_manager
    questioned = step in {"take_back_award", "keep_award"}
    keeper = house.people["S"] if "S" in STEPS["lead"].roles[step.replace("_", "-")] else None
    return {
        "number": None if unsent else 900,
        "submitted_at": None if unsent else moment(0),
        "status_changed_at": moment(0),
        "updated_at": moment(0),
        "sales_support": False,
        "is_seen": step == "unmark_seen",
        "is_in_review": step == "let_stand",
        "representative_id": keeper and keeper.pk,
        "representative_key": fold(keeper.name) if keeper else "",
        "resume_to": Status.SUBMITTED,
        "question": "How many tills?",
        "appeal_text": "",
        "award_questioned_by_id": asked_by.pk if questioned else None,
        "award_questioned_person": asked_by.user_id if questioned else None,
    }


def _as_deal(house: Any) -> dict[str, Any]:
    people = {"solutions": [solution_of(house)], "team": [str(house.cast.seller.pk)]}
    return {"name": "Tills", "currency": "EUR", "close_date": "2027-04-30", "agreed": True, **people}


def typed(house: Any, step: str) -> dict[str, Any]:
    page = {"value": "9,000", "type": "co_sell", "agreed": "on"}
    return _as_deal(house) | page if step == "convert" else sent(house, step)


def sent(house: Any, step: str) -> dict[str, Any]:
    bodies = {
        "assign": {"to": str(house.people["S"].pk)},
        "ask_info": {"question": "How many tills?"},
        "give_info": {"answer": "Four."},
        "correct_question": {"question": "How many shops?"},
        "take_back_question": {"text": "Found it on their website."},
        "refuse": {"code": "not_a_fit", "text": "They have no shop."},
        "withdraw": {"reason": "Bought elsewhere."},
        "name_team": {"owner": str(house.people["R"].pk), "team": [str(house.people["U"].pk)]},
        "appeal": {"text": "They open one in May."},
        **({"convert": _as_deal(house) | {"value_minor": 900_000}} if step == "convert" else {}),
        "reopen": {"text": "They opened one."},
        "question_award": {"text": "A test record."},
    }
    return bodies.get(step, {})


MACHINES = steps_of(
    "lead", TABLE, columns=columns, sent=sent, typed=typed, apart=frozenset({"submit", "discard", "restore"})
)

REFUSED = {"reason_code": "not_a_fit", "reason_text": "The shop closes in spring."}
MENTIONED: dict[str, Any] = {"mentioned_ids": lambda house: [str(house.people["P"].pk)]}
FILES = {"body": "Can we meet on Monday?\nIn Oslo.", "files": ["plan.pdf"], **MENTIONED}
CORRECTED = {"fields": ["company"], "after": {"company": "Mill & Co."}}
TERMS = {"terms_version": "1"}  # what its verb always says: a receipt is written of it
LETTERS = letters_of(
    "lead",
    (
        ("lead.submitted", "R", {"submitter_id": lambda house: str(house.people["R"].pk), "after": TERMS}),
        ("lead.assigned", "C", {}),
        ("lead.assignment_undone", "C", {"unassigned_name": "Mikael Rosenqvist", "representative_name": ""}),
        ("lead.let_stand", "C", {}),
        ("lead.started", "C", {"status": "in_progress"}),
        ("lead.info_asked", "C", {"status": "more_info", "question": "How many tills?"}),
        ("lead.info_corrected", "C", {"status": "more_info", "question": "How many shops?"}),
        ("lead.info_taken_back", "C", {"question": "How many tills?", "reason_text": "I found it on their website."}),
        (
            "lead.info_given",
            "R",
            {"question": "How many tills?", "answer": "Four, and one in the cellar.", **MENTIONED},
        ),
        ("lead.awarded", "C", {"status": "awarded"}),
        ("lead.refused", "C", {"status": "not_eligible", **REFUSED}),
        ("lead.corrected", "R", CORRECTED),
        ("lead.corrected", "C", CORRECTED),
        ("lead.withdrawn", "R", {"status": "withdrawn", "reason_text": "They have changed their mind."}),
        ("lead.entered_for", "C", {}),
        ("lead.team_named", "R", {"owner_name": "Rasmus Lindtorp", "told": lambda house: [str(house.people["U"].pk)]}),
        ("lead.appealed", "R", {"appeal_text": "They open again in summer."}),
        ("lead.reopened", "C", {"reason_text": "New facts."}),
        ("lead.support_asked", "R", {"sales_support": True}),
        ("lead.converted", "R", {"status": "converted", "deal_name": "Tills for the shop"}),
        ("lead.award_questioned", "C", {"status": "awarded", "reason_text": "Paid twice?"}),
        ("lead.award_taken_back", "C", {"status": "in_progress", "reason_text": "Paid twice."}),
        ("note.shared", "C", FILES),
        ("note.shared", "R", FILES),
        ("note.shared_edited", "C", {"message_id": lambda house: str(house.records["said"]["own"]), **MENTIONED}),
        ("note.written", "C", {"note_id": lambda house: str(house.records["note"]["own"]), **MENTIONED}),
        ("note.edited", "C", {"note_id": lambda house: str(house.records["note"]["own"]), **MENTIONED}),
    ),
    words=lambda house, lead: {"team_names": [], **event_data(lead)},
    root="Maren's shop: ",
)
