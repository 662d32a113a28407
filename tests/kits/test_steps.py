"""Every step of every machine × every state × every role, by page and by API: taken and told, or refused and nothing.

`MACHINES` of an app's `brings.py` declares its machines; one with addresses and without a line fails here.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls import resolve

from partnerhub.events.models import Event
from partnerhub.states import MACHINES, Machine, Step
from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.house import House
from tests.architecture.wanted import STEPS, Steps
from tests.brought import brought
from tests.calls import Caller
from tests.conftest import signed_in
from tests.kits.declared import Taken

DECLARED: dict[str, Taken] = brought("MACHINES")
EACH = [(one, step) for one in DECLARED.values() for step in one.table]
VERSION = 5
PARTNER = "ARUB"


@dataclass
class Subject:
    """A record of the house that is put into states, and what is known of its machine."""

    house: House
    declared: Taken

    def __post_init__(self) -> None:
        self.machine: Machine = MACHINES[self.declared.machine]
        self.steps: Steps = STEPS[self.declared.machine]
        self.model: Any = brought("RECORDS")[self.steps.record]
        self.pk: Any = self.house.records[self.steps.record]["own"]
        targets = {step.target for step in self.machine.steps.values() if step.target}
        sources = {source for step in self.machine.steps.values() for source in step.sources}
        self.states: list[str] = sorted({str(state) for state in targets | sources})
        self.callers = {letter: Caller(signed_in(member)) for letter, member in self.house.people.items()}

    @contextmanager
    def put(self, state: str, step: str) -> Iterator[None]:
        """The record in this state, in version 5, lacking nothing for the step; undone behind it."""
        with transaction.atomic():
            self.write(state, step)
            yield
            transaction.set_rollback(True)

    def write(self, state: str, step: str) -> None:
        with tenant_scope(self.house.tenant):
            columns = {"status": state, "version": VERSION, **self.declared.columns(self.house, state, step)}
            self.model.objects.filter(pk=self.pk).update(**columns)

    def look(self) -> tuple[dict[str, Any], list[Event]]:
        """Every column of the record, and what was told of it, the first first."""
        with tenant_scope(self.house.tenant):
            row = self.model.objects.filter(pk=self.pk).values().get()
            return row, list(Event.objects.filter(subject_id=self.pk).order_by("id"))

    def letters(self, step: str) -> str:
        """Who takes it."""
        return self.steps.roles[step.replace("_", "-")]

    def by_api(self, letter: str, step: str, *, version: int | None = VERSION, **headers: str) -> Any:
        address = self.steps.api_address(step.replace("_", "-")).removeprefix("api/v1/")
        path = "/".join(str(self.pk) if part.startswith("<uuid:") else part for part in address.split("/"))
        body = dict(self.declared.sent(self.house, step)) if step in self.machine.steps else {}
        return self.callers[letter].post(path, body, version=version, **headers)

    def by_page(self, letter: str, step: str, *, version: int = VERSION) -> Any:
        path = f"/acme/{self.steps.address}/{self.pk}/{step.replace('_', '-')}/"
        typed: Mapping[str, Any] = (self.declared.typed or self.declared.sent)(self.house, step)
        return self.callers[letter].client.post(path, {"version": version, **typed})

    def on_its_side(self, letter: str, step: str) -> bool:
        return self.machine.steps[step].is_for("partner" if letter in PARTNER else "vendor")


@pytest.fixture(scope="module")
def subject(house: House, request: pytest.FixtureRequest) -> Subject:
    return Subject(house, request.param)


def test_every_machine_whose_steps_have_addresses_is_declared() -> None:
    with_addresses = {name for name, one in MACHINES.items() if any(step.api for step in one.steps.values())}
    assert set(DECLARED) == with_addresses, "`MACHINES` of the app's tests/<app>/brings.py: see tests/kits/declared.py"
    for name, declared in DECLARED.items():
        steps = {step.name for step in MACHINES[name].steps.values() if step.api}
        assert declared.table.keys() | declared.apart == steps, name
        words = {word.replace("_", "-") for word in (*steps, *MACHINES[name].undos)}
        assert STEPS[name].roles.keys() == words, name


def of_step(declared: Taken, step: str) -> tuple[set[str], str | None]:
    sources, target = declared.table[step]
    return {str(source) for source in sources}, target and str(target)


@pytest.mark.parametrize(("subject", "step"), EACH, ids=str, indirect=["subject"], scope="module")
def test_over_the_api_a_step_is_taken_from_its_states_by_its_roles_alone(subject: Subject, step: str) -> None:
    sources, target = of_step(subject.declared, step)
    for state in subject.states:
        for letter in subject.steps.seen_by:
            with subject.put(state, step):
                before = subject.look()
                answer = subject.by_api(letter, step)
                where = f"{step} from {state} as {letter}: {answer.status_code} {answer.content.decode()[:300]}"
                if letter in subject.letters(step) and state in sources:
                    assert answer.status_code == 200, where
                    assert answer["ETag"] == f'"{VERSION + 1}"', where
                    assert answer.json()["status"] == (target or state), where
                    taken(subject, step, letter, before, target or state)
                else:
                    refused(subject, step, letter, answer, where)
                    assert subject.look() == before, where


def taken(subject: Subject, step: str, letter: str, before: tuple[Any, list[Event]], target: str) -> None:
    """One version on, in its state, and told by one event with before and after."""
    (row, told), (now, events) = before, subject.look()
    row_of_step: Step = subject.machine.steps[step]
    assert row_of_step.told is not None
    assert (now["version"], now["status"]) == (VERSION + 1, target)
    assert (now["status_changed_at"] != row["status_changed_at"]) == (row["status"] != target)
    assert now["updated_at"] != row["updated_at"]
    (event,) = events[len(told) :]
    assert (event.kind, event.audience) == (row_of_step.told.kind, row_of_step.told.audience)
    assert event.actor_id == subject.house.people[letter].pk
    assert event.data["version"] == VERSION + 1
    assert resolve(event.data["url"]), "an address below the portal: mails and notices say where that is"
    assert event.before.keys() == event.after.keys()
    if row["status"] != target:
        assert (event.before["status"], event.after["status"]) == (row["status"], target)


def refused(subject: Subject, step: str, letter: str, answer: Any, where: str) -> None:
    """404 for who does not see it or has no such step, 403 without the role, 409 with the sentence in another state."""
    if not subject.on_its_side(letter, step):
        assert answer.status_code == 404, where
    elif letter not in subject.letters(step):
        assert answer.status_code in {403, 404}, where
    elif answer.status_code != 404:  # a state in which the side does not see it
        assert answer.status_code == 409, where
        (reason,) = [one for one in answer.json()["reasons"] if one["code"] == "status"]
        assert reason["text"].startswith("Possible while the status is: "), where
        words = subject.machine.words
        for source in subject.machine.steps[step].sources:
            assert str(words(source)) in reason["text"], where


@pytest.mark.parametrize(("subject", "step"), EACH, ids=str, indirect=["subject"], scope="module")
def test_on_the_page_a_step_is_taken_by_its_roles_alone(subject: Subject, step: str) -> None:
    if step.replace("_", "-") in subject.steps.only_api:
        return
    sources, target = of_step(subject.declared, step)
    for state in subject.states:
        for letter in subject.house.people if state in sources else subject.letters(step):
            with subject.put(state, step):
                before = subject.look()
                answer = subject.by_page(letter, step)
                where = f"{step} from {state} as {letter}: {answer.status_code}"
                if letter in subject.letters(step) and state in sources:
                    assert answer.status_code == 302, where
                    taken(subject, step, letter, before, target or state)
                else:
                    in_role = letter in subject.letters(step)
                    assert answer.status_code in ({404, 409} if in_role else {403, 404}), where
                    assert subject.look() == before, where


@pytest.mark.parametrize(("subject", "step"), EACH, ids=str, indirect=["subject"], scope="module")
def test_who_sees_no_such_records_is_refused_over_the_api(subject: Subject, step: str) -> None:
    state = min(of_step(subject.declared, step)[0])
    for letter in subject.house.people.keys() - set(subject.steps.seen_by):
        with subject.put(state, step):
            before = subject.look()
            assert subject.by_api(letter, step).status_code == 403, letter
            assert subject.look() == before


@pytest.mark.parametrize(("subject", "step"), EACH, ids=str, indirect=["subject"], scope="module")
def test_who_decided_on_an_older_version_is_told_what_changed(subject: Subject, step: str) -> None:
    sources, target = of_step(subject.declared, step)
    state, letter = min(sources), subject.letters(step)[0]
    with subject.put(state, step):
        assert subject.by_api(letter, step, version=None).status_code == 428
        assert subject.by_api(letter, step).status_code == 200
        before = subject.look()
        late = subject.by_api(letter, step)
        assert late.status_code == 412, late.content
        difference = late.json()["difference"]
        assert difference.get("status") == ({"seen": state, "now": target} if target else None)
        changed = {name: pair for name, pair in before[1][-1].after.items() if before[1][-1].before[name] != pair}
        assert difference.keys() <= changed.keys()
        assert late.json()["current"]["version"] == VERSION + 1
        if step.replace("_", "-") not in subject.steps.only_api:
            assert subject.by_page(letter, step).status_code == 409
        assert subject.look() == before


@pytest.mark.parametrize(("subject", "step"), EACH, ids=str, indirect=["subject"], scope="module")
def test_a_request_that_is_sent_again_is_answered_again_and_done_once(subject: Subject, step: str) -> None:
    state, letter = min(of_step(subject.declared, step)[0]), subject.letters(step)[0]
    with subject.put(state, step):
        told = len(subject.look()[1])
        first, again = (subject.by_api(letter, step, idempotency_key="once") for _ in "ab")
        assert (first.status_code, again.status_code) == (200, 200), first.content
        assert again.content == first.content
        row, events = subject.look()
        assert (row["version"], len(events)) == (VERSION + 1, told + 1)


UNDONE = [(one, name) for one in DECLARED.values() for name in MACHINES[one.machine].undos]


@pytest.mark.parametrize(("subject", "undo"), UNDONE, ids=str, indirect=["subject"], scope="module")
def test_a_step_is_undone_once_and_never_over_what_is_newer(subject: Subject, undo: str) -> None:
    step, way_back = subject.machine.undos[undo]
    state, letter = min(of_step(subject.declared, step.name)[0]), subject.letters(undo)[0]
    with subject.put(state, step.name):
        before, told = subject.look()
        assert subject.by_api(letter, undo).status_code == 409, "nothing is there to be undone"
        assert subject.by_api(letter, step.name).status_code == 200
        assert subject.by_api(letter, undo).status_code == 412
        done = subject.by_api(letter, undo, version=VERSION + 1)
        assert (done.status_code, done["ETag"]) == (200, f'"{VERSION + 2}"')
        after, events = subject.look()
        moved = {name for name in before if after[name] != before[name]}
        assert moved <= {"version", "updated_at", "status_changed_at"}
        assert [event.kind for event in events[len(told) :]] == [step.told and step.told.kind, way_back.told.kind]
        assert subject.by_api(letter, undo, version=VERSION + 2).status_code == 409
        assert subject.look()[0] == after
