"""Every machine is registered, and the page about them says what their tables say."""

from pathlib import Path

import pytest
from django.utils.translation import override

from partnerhub.errors import Refused
from partnerhub.events.services import SYSTEM
from partnerhub.events.words import KINDS, TOLD
from partnerhub.states import EITHER_SIDE, MACHINES, OUTSIDE, SYSTEM_SIDE, Machine, Step
from partnerhub.states.page import machines_page

DOCS = Path(__file__).parents[2] / "partnerhub" / "docs"


def test_the_page_of_machines_is_current() -> None:
    assert (DOCS / "machines.md").read_text() == machines_page(), "run: manage.py machines_page"


def test_the_machines_of_all_apps_are_registered() -> None:
    assert {"lead", "message", "partner", "referral"} <= set(MACHINES)


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_states_have_words_and_events_have_theirs(name: str) -> None:
    machine = MACHINES[name]
    for step in machine.steps.values():
        targets = [step.target] if step.target else step.back_to
        assert all(str(machine.words(state)) for state in (*step.sources, *targets)), step.name
        assert bool(step.permission) == (step.side not in {SYSTEM_SIDE, OUTSIDE}), step.name
    for told in machine.told():
        assert KINDS[told.kind] == told.words
        assert TOLD[told.kind] is told


class TestSides:
    """Whose a step is: one side's, either side's, or the portal's own."""

    STEPS = (
        Step("lapse", "Lapse", ("new",), "over", "", SYSTEM_SIDE),
        Step("close", "Close", ("new",), "over", "leads.view", EITHER_SIDE),
    )
    MACHINE = Machine("thing", STEPS, words=str)

    class Thing:
        status = "new"

    class Member:
        side = "vendor"
        person_id = None
        token = None

        def can(self, permission: str) -> bool:
            return permission == "leads.view"

    def test_the_portal_takes_its_own_steps_and_nobody_is_offered_them(self) -> None:
        assert self.MACHINE.check("lapse", self.Thing(), SYSTEM).target == "over"
        with pytest.raises(Refused), override("en"):
            self.MACHINE.check("lapse", self.Thing(), self.Member())

    def test_a_step_of_either_side_is_offered_to_both(self) -> None:
        member = self.Member()
        assert self.MACHINE.allowed(self.Thing(), member) == ["close"]
        member.side = "partner"
        assert self.MACHINE.allowed(self.Thing(), member) == ["close"]
