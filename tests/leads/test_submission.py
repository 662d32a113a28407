"""From the form's answers to a submitted lead: all of it or nothing, once, and with few statements."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from deals.models import Company, Contact
from leads.models import Lead, Program
from leads.services import discard_draft, new_lead_id, save_draft, submit_lead
from leads.states import Conflict, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import AlreadySent, NotPermitted, Refused
from partnerhub.events.models import Event
from partnerhub.notes.models import Attachment
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import answers, make_member
from tests.leads.answers import WINDOW, pos

POS = "/acme/leads/new/pos/"
AT_ONCE = 64
TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
# Once in five minutes a seat and a session note that they were used; not a part of the work.
NOW_AND_THEN = (
    'UPDATE "accounts_membership" SET "last_seen_at"',
    'UPDATE "usersessions_usersession" SET "last_seen_at"',
    'UPDATE "django_session"',
)


@pytest.fixture
def submit(acting: Callable[[Membership], Any]) -> Callable[..., Lead]:
    """Submit these answers under this id as this person."""

    def act(lead_id: Any, by: Membership, kind: str = "pos", uploads: Any = (), **changes: Any) -> Lead:
        values = answers(consent=True, terms=True, consent_date=None, sales_support=True) | changes
        with acting(by):
            program = Program.objects.get(slug=kind)
            return submit_lead(lead_id, program=program, answers=values, by=by, uploads=uploads)

    return act


@pytest.fixture
def draft(acting: Callable[[Membership], Any]) -> Callable[..., Lead]:
    def act(lead_id: Any, by: Membership, **typed: Any) -> Lead:
        with acting(by):
            return save_draft(lead_id, program=Program.objects.get(slug="pos"), typed=typed, by=by)

    return act


@pytest.fixture
def count(acme: Tenant) -> Callable[[], dict[str, int]]:
    """How many rows a submission could leave behind."""

    def read() -> dict[str, int]:
        with tenant_scope(acme):
            models = (Lead, Event, Company, Contact, Attachment)
            return {model.__name__: model.objects.count() for model in models}

    return read


def test_numbers_follow_one_another(seller: Membership, rival: Membership, submit: Callable[..., Lead]) -> None:
    numbers = [submit(new_lead_id(), by, website=f"{by.pk}.example").number for by in (seller, rival, seller)]
    assert numbers == [1, 2, 3]


def test_the_customer_is_remembered_once(
    seller: Membership, submit: Callable[..., Lead], count: Callable[[], dict[str, int]]
) -> None:
    for _ in range(2):
        submit(new_lead_id(), seller)
    rows = count()
    assert (rows["Lead"], rows["Company"], rows["Contact"]) == (2, 1, 1)


def test_the_event_is_the_receipt(
    seller: Membership, submit: Callable[..., Lead], events_of: Callable[[Lead], list[Event]]
) -> None:
    lead = submit(new_lead_id(), seller, notes="As sent")
    (event,) = events_of(lead)
    assert (event.kind, event.actor_id, event.after["notes"], event.after["terms_version"]) == (
        "lead.submitted",
        seller.pk,
        "As sent",
        "2026-1",
    )


def test_the_mail_reads_answers_as_people_write_them(
    seller: Membership, submit: Callable[..., Lead], events_of: Callable[[Lead], list[Event]]
) -> None:
    lead = submit(new_lead_id(), seller, card_volume="under_50k")
    (event,) = events_of(lead)
    assert ["Monthly card volume", "10,000 to 50,000"] in event.data["fields"]
    assert ["Sales support", "Yes"] in event.data["fields"]


def test_the_mail_names_the_files_and_writes_the_phone_in_groups(
    seller: Membership, submit: Callable[..., Lead], events_of: Callable[[Lead], list[Event]]
) -> None:
    upload = SimpleUploadedFile("offer.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n", "application/pdf")
    lead = submit(new_lead_id(), seller, phone="+48600700800", uploads=[upload])
    event = next(event for event in events_of(lead) if event.kind == "lead.submitted")
    assert ["Phone", "+48 600 700 800"] in event.data["fields"]
    assert event.data["files"] == ["offer.pdf"]


@pytest.mark.parametrize(
    ("verdict", "first"), [(Conflict.OWN, "seller"), (Conflict.HELD, "rival"), (Conflict.FREE, None)]
)
def test_the_conflict_check_marks_and_never_blocks(
    request: pytest.FixtureRequest,
    acme: Tenant,
    seller: Membership,
    submit: Callable[..., Lead],
    verdict: str,
    first: str | None,
) -> None:
    if first:
        by = request.getfixturevalue(first)
        other = submit(new_lead_id(), by, website="http://www.HAFENKONTOR.example.org/shop")
        with tenant_scope(acme):
            Lead.objects.filter(pk=other.pk).update(protected_until=now() + timedelta(days=30))
    assert submit(new_lead_id(), seller).conflict == verdict


def test_again_is_the_same_lead(
    seller: Membership, submit: Callable[..., Lead], count: Callable[[], dict[str, int]]
) -> None:
    lead_id = new_lead_id()
    upload = SimpleUploadedFile("offer.txt", b"two tills")
    submit(lead_id, seller, uploads=[upload])
    before = count()
    again = [submit(lead_id, seller, uploads=files) for files in ([upload], [])]
    assert [(lead.company, lead.number) for lead in again] == [("Hafenkontor Feinkost GmbH", 1)] * 2
    assert count() == before


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"company": "Other"}, {"company": ("Other", "Hafenkontor Feinkost GmbH")}),
        ({"notes": "More"}, {"notes": ("More", None)}),
        ({"phone": ""}, {"phone": (None, "+49 421 5550184")}),
        ({"sales_support": False}, {"sales_support": (False, True)}),
        ({"uploads": [SimpleUploadedFile("new.txt", b"another")]}, {"attachments": ("new.txt", "")}),
    ],
)  # fmt: skip
def test_again_with_other_content_is_not_told_as_done(
    seller: Membership,
    submit: Callable[..., Lead],
    count: Callable[[], dict[str, int]],
    changes: dict[str, Any],
    difference: dict[str, Any],
) -> None:
    lead_id = new_lead_id()
    submit(lead_id, seller)
    before = count()
    with pytest.raises(AlreadySent) as caught:
        submit(lead_id, seller, **changes)
    assert caught.value.difference == difference
    assert caught.value.current.number == 1
    assert count() == before


def test_who_submits_a_colleagues_draft_is_the_submitter(
    acme: Tenant, seller: Membership, submit: Callable[..., Lead], draft: Callable[..., Lead]
) -> None:
    other = make_member(acme, "Wiebke Sommer", Role.REFERRALS_ADMIN, partner=seller.partner)
    lead_id = new_lead_id()
    draft(lead_id, seller, company="Begun by Maren")
    assert submit(lead_id, other).submitted_by_id == other.pk


def test_an_id_of_somebody_else_is_nobodys(
    seller: Membership, rival: Membership, submit: Callable[..., Lead], draft: Callable[..., Lead]
) -> None:
    lead_id = submit(new_lead_id(), rival).pk
    with pytest.raises(Lead.DoesNotExist):
        submit(lead_id, seller)
    with pytest.raises(Lead.DoesNotExist):
        draft(lead_id, seller, company="Mine")


def test_an_id_of_another_tenant_is_nobodys(
    seller: Membership, stranger: Membership, submit: Callable[..., Lead]
) -> None:
    lead_id = submit(new_lead_id(), stranger).pk
    with pytest.raises(Lead.DoesNotExist):
        submit(lead_id, seller)


@pytest.mark.parametrize("name", ["colleague", "admin", "manager", "programme_admin"])
def test_only_a_referrals_admin_submits(request: pytest.FixtureRequest, submit: Callable[..., Lead], name: str) -> None:
    with pytest.raises(NotPermitted):
        submit(new_lead_id(), request.getfixturevalue(name))


def test_a_discarded_draft_is_refused_with_the_reason(
    acting: Callable[[Membership], Any], seller: Membership, submit: Callable[..., Lead], draft: Callable[..., Lead]
) -> None:
    lead_id = new_lead_id()
    draft(lead_id, seller, company="Put away")
    with acting(seller):
        discard_draft(lead_id, by=seller)
    with pytest.raises(Refused) as refusal:
        submit(lead_id, seller)
    assert [reason.code for reason in refusal.value.reasons] == ["status"]


def test_a_refused_file_leaves_nothing_behind(
    seller: Membership, submit: Callable[..., Lead], count: Callable[[], dict[str, int]]
) -> None:
    class Empty:
        name, size = "empty.txt", 0

    with pytest.raises(Refused):
        submit(new_lead_id(), seller, uploads=[Empty()])
    assert set(count().values()) == {0}


def test_a_refused_file_costs_no_number(seller: Membership, submit: Callable[..., Lead]) -> None:
    class Empty:
        name, size = "empty.txt", 0

    with pytest.raises(Refused):
        submit(new_lead_id(), seller, uploads=[Empty()])
    assert submit(new_lead_id(), seller).number == 1


# How much it costs


def work_of(queries: CaptureQueriesContext) -> list[str]:
    """The statements of the work, without the transaction's own."""
    return [
        query["sql"]
        for query in queries.captured_queries
        if not query["sql"].startswith(TRANSACTION) and not query["sql"].startswith(NOW_AND_THEN)
    ]


@pytest.mark.parametrize("is_begun", [False, True], ids=["new", "draft"])
def test_submitting_takes_fourteen_statements_at_most(
    everybody: Any, client_of: Callable[[Membership], Client], is_begun: bool
) -> None:
    client = client_of(everybody.seller)
    lead_id = new_lead_id()
    client.get(POS)
    if is_begun:
        client.post(f"{POS}draft/", {"window": WINDOW, "lead": lead_id, "company": "Woll"})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post(POS, pos(window=WINDOW, lead=lead_id))
    assert response.status_code == 303
    statements = work_of(queries)
    told = "\n  ".join([f"{len(statements)} statements:", *(text.strip().split("\n")[0][:90] for text in statements)])
    print(told)  # noqa: T201 - what `pytest -s` shows
    assert len(statements) <= 14, told


def test_submitting_costs_the_same_with_more_leads_and_people(
    acme: Tenant, everybody: Any, client_of: Callable[[Membership], Client]
) -> None:
    client = client_of(everybody.seller)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.post(POS, pos()).status_code == 303
        return len(work_of(queries))

    first = cost()
    for number in range(5):
        make_member(acme, f"Manager {number}", Role.CHANNEL_MANAGER)
        client.post(POS, pos())
    assert cost() == first


# Many at once, each with a connection of its own


@pytest.mark.django_db(transaction=True)
def test_sixty_four_posts_of_one_form_are_one_lead(
    acme: Tenant, seller: Membership, client_of: Callable[[Membership], Client], count: Callable[[], dict[str, int]]
) -> None:
    signed_in = client_of(seller)
    sent = pos(window=WINDOW, lead=str(new_lead_id()))
    start = Barrier(AT_ONCE)

    def press(_: int) -> tuple[int, str]:
        client = Client(headers={"host": "localhost"})
        client.cookies = signed_in.cookies.copy()
        start.wait(60)
        try:
            response = client.post(POS, sent)
            return response.status_code, response.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        outcomes = set(threads.map(press, range(AT_ONCE)))
    assert outcomes == {(303, f"/acme/leads/{sent['lead']}/")}
    rows = count()
    assert (rows["Lead"], rows["Event"], rows["Company"], rows["Contact"]) == (1, 1, 1, 1)
    with tenant_scope(acme):
        assert [(lead.number, lead.status) for lead in Lead.objects.all()] == [(1, Status.SUBMITTED)]


@pytest.mark.django_db(transaction=True)
def test_autosaves_and_a_submit_at_once_leave_a_submitted_lead(
    acme: Tenant, seller: Membership, client_of: Callable[[Membership], Client]
) -> None:
    signed_in = client_of(seller)
    lead_id = str(new_lead_id())
    start = Barrier(8)

    def press(number: int) -> int:
        client = Client(headers={"host": "localhost"})
        client.cookies = signed_in.cookies.copy()
        start.wait(60)
        try:
            if number == 0:
                return client.post(POS, pos(window=WINDOW, lead=lead_id)).status_code
            return client.post(
                f"{POS}draft/", {"window": WINDOW, "lead": lead_id, "company": f"Typed {number}"}
            ).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(press, range(8)))
    assert outcomes[0] == 303
    assert set(outcomes[1:]) <= {200, 409}
    with tenant_scope(acme):
        assert [(lead.company, lead.status, lead.draft) for lead in Lead.objects.all()] == [
            ("Wollkontor Elbufer GmbH", Status.SUBMITTED, {})
        ]


@pytest.mark.django_db(transaction=True)
def test_forms_of_many_sellers_get_numbers_without_gap_or_double(
    acme: Tenant, seller: Membership, rival: Membership, submit: Callable[..., Lead]
) -> None:
    def send(number: int) -> int | None:
        try:
            return submit(new_lead_id(), (seller, rival)[number % 2], website=f"shop{number}.example").number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(send, range(32)))
    assert sorted(numbers) == list(range(1, 33))
