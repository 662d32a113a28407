"""Schemathesis asks the API everything its description allows, and much that it does not, as four roles.

Wanted: no answer of 500 and above, no status or body that is not described, no nonsense accepted, nothing without
a seat. Each request is undone, so that each finds the lead in the state from which its step is possible.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import FlakyFailure, Unsatisfiable
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode

from leads.models import Lead
from leads.states import Status
from partnerhub.accounts.links import digest_of
from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.notes.models import Attachment
from partnerhub.partners.models import Partner
from partnerhub.roles import permissions_of
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.wsgi import application

pytestmark = pytest.mark.django_db

ROLES = ("seller", "manager", "admin", "profile_admin")
AT_ONCE = 2
SECONDS = 20
SECRET = "phub_schemathesis"
CONFIG = {
    "checks": {
        # A description says what may be sent, the rules whether it is taken: both may refuse.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "403", "404", "409", "412", "413", "415", "422"]},
        "negative_data_rejection": {
            "expected-statuses": ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428"]
        },
        "missing_required_header": {"expected-statuses": ["403", "404", "422", "428"]},
    },
}
STATES: dict[str, dict[str, Any]] = {
    "leads_answer": {"status": Status.MORE_INFO, "resume_to": Status.SUBMITTED, "question": "How many?"},
    "leads_appeal": {"status": Status.NOT_ELIGIBLE},
    "leads_reopen": {"status": Status.NOT_ELIGIBLE},
    "leads_question_award": {"status": Status.AWARDED},
    "leads_take_back_award": {"status": Status.AWARDED, "award_question": "Twice?"},
    "leads_keep_award": {"status": Status.AWARDED, "award_question": "Twice?"},
    "leads_let_stand": {"is_in_review": True},
    "leads_ask_support": {"sales_support": False},
}
OF_DRAFTS = {"leads_submit", "leads_discard", "leads_restore", "leads_update"}


@pytest.fixture(autouse=True)
def _without_limits(settings: Any, tmp_path: Path) -> None:
    settings.API_RATES = {"member": 10**9, "tenant": 10**9}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}


@pytest.fixture(autouse=True)
def _in_one_transaction(db: None) -> Iterator[None]:
    """Requests come straight to the application; as Django's own test client does, they leave the connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token_of(acme: Any) -> Callable[[Membership], dict[str, str]]:
    """A token that may do all that its member may."""

    def make(member: Membership) -> dict[str, str]:
        with tenant_scope(acme):
            ApiToken.objects.create(
                partner_id=member.partner_id,
                membership=member,
                created_by=member,
                name="Schemathesis",
                prefix=SECRET[:12],
                digest=digest_of(SECRET),
                scopes=sorted(permissions_of(member.roles)),
                expires_at=now() + timedelta(days=1),
            )
        return {"Authorization": f"Bearer {SECRET}"}

    return make


@pytest.fixture
def world(
    acme: Any,
    seller: Membership,
    second_manager: Membership,
    representative: Membership,
    nordwind: Partner,
    new_lead: Callable[..., Lead],
) -> Callable[[str], dict[str, str]]:
    """The records that an operation is asked about, in the state it wants: what its path and its body name."""
    submitted = new_lead(seller)
    with tenant_scope(acme):
        draft = Lead.objects.create(partner=nordwind, program_id=submitted.program_id, submitted_by=seller)
        file = Attachment.objects.create(
            partner=nordwind,
            subject_type="lead",
            subject_id=submitted.pk,
            name="offer.pdf",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            key="none",
            uploaded_by=seller,
            uploaded_side=seller.side,
        )

    def prepare(operation_id: str) -> dict[str, str]:
        lead = draft if operation_id in OF_DRAFTS else submitted
        asked_by = second_manager if "award_question" in STATES.get(operation_id, {}) else None
        before = {"status": Status.SUBMITTED, "sales_support": True, "representative": representative}
        if lead is submitted:
            with tenant_scope(acme):
                Lead.objects.filter(pk=lead.pk).update(
                    **before | STATES.get(operation_id, {}), award_questioned_by=asked_by
                )
        else:
            status = Status.DISCARDED if operation_id == "leads_restore" else Status.DRAFT
            with tenant_scope(acme):
                Lead.objects.filter(pk=lead.pk).update(status=status)
        return {
            "lead_id": str(lead.pk),
            "attachment_id": str(file.pk),
            "version": str(lead.version),
            "program": "pos",
            "to": str(representative.pk),
        }

    return prepare


def operations(headers: dict[str, str]) -> Iterator[Any]:
    schema = schemathesis.openapi.from_wsgi(
        "/acme/api/schema/?format=json", application, config=SchemathesisConfig.from_dict(CONFIG), headers=headers
    )
    for found in schema.get_all_operations():
        yield found.ok()


Question = Callable[[int], None]


def question(operation: Any, headers: dict[str, str], known: dict[str, str], mode: GenerationMode) -> Question:
    """Puts some questions of one kind, others for each number; raises what is wrong with an answer."""
    fixed: dict[str, Any] = {}
    if names := {parameter.name for parameter in operation.path_parameters} & set(known):
        fixed["path_parameters"] = {name: known[name] for name in names}
    if mode is GenerationMode.POSITIVE and any(parameter.name == "If-Match" for parameter in operation.headers):
        fixed["headers"] = {"If-Match": f'"{known["version"]}"'}

    @given(case=operation.as_strategy(mode, **fixed))
    @settings(
        max_examples=AT_ONCE,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    def put(case: Any) -> None:
        named = case.body.keys() & known.keys() if isinstance(case.body, dict) else set()
        if mode is GenerationMode.POSITIVE and named:  # a body that is set is looked at again, and a file found wrong
            case.body |= {name: known[name] for name in named}
        with transaction.atomic():
            try:
                case.call_and_validate(headers=headers)
            finally:
                transaction.set_rollback(True)

    return lambda number: seed(number)(put)()


class Examination:
    """Every operation, with right questions and with wrong ones; collects what was answered wrongly."""

    def __init__(self, headers: dict[str, str], world: Callable[[str], dict[str, str]]) -> None:
        self.wrong: list[str] = []
        self.world = world
        self.questions: list[tuple[str, str, Question]] = []
        for operation in operations(headers):
            name = operation.definition.raw["operationId"]
            known = world(name)
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                asked = question(operation, headers, known, mode)
                self.questions.append((name, f"{operation.label}, {mode.value}", asked))

    def ask(self, number: int, *, of: int = 1, part: int = 0, until: float = inf) -> None:
        """Ask everything, or the part of that many parts; from one moment on, nothing more."""
        for index, (name, label, asked) in enumerate(self.questions):
            if (index // 2 + index % 2) % of != part:
                continue
            if monotonic() > until:
                return
            self.world(name)
            try:
                asked(number)
            except Unsatisfiable:
                continue  # nothing about it can be wrong
            except FlakyFailure as flaky:
                if flaky.split(SystemError)[1]:  # Python 3.11 may fail so in ast.parse (cpython#106905), by itself
                    raise
            except FailureGroup as group:
                self.wrong += [f"{label}: {failure}" for failure in group.exceptions]


@pytest.mark.parametrize("role", ROLES)
def test_a_few_questions(role: str, request: pytest.FixtureRequest, token_of: Any, world: Any) -> None:
    examination = Examination(token_of(request.getfixturevalue(role)), world)
    examination.ask(0, of=len(ROLES), part=ROLES.index(role))
    assert not examination.wrong, "\n\n".join(examination.wrong)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", ROLES)
def test_as_many_as_there_is_time_for(role: str, request: pytest.FixtureRequest, token_of: Any, world: Any) -> None:
    """Each question is asked by two of the roles, and on as long as there is time."""
    examination = Examination(token_of(request.getfixturevalue(role)), world)
    until = monotonic() + SECONDS
    examination.ask(1, of=2, part=ROLES.index(role) % 2)
    number = 2
    while monotonic() < until:
        examination.ask(number, until=until)
        number += 1
    assert not examination.wrong, "\n\n".join(examination.wrong)
