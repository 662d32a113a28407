"""The state machine: a table of steps that answers questions and moves nothing.

The verb that takes the step does, under a lock, and records the event.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Actor
from partnerhub.errors import Reason, Refused
from partnerhub.roles import MEMBERS_MANAGE, roles_with
from partnerhub.states.steps import SYSTEM_SIDE, Step, Told, Undo


def is_person(actor: Actor, person_id: UUID | None) -> bool:
    """Whether this person is behind the actor, by whatever seat, tenant or token (spec: roles.md, Rules).

    Every rule that needs two people asks here. SYSTEM is nobody.
    """
    return person_id is not None and actor.person_id == person_id


def lacks_scope(actor: Actor, permission: str) -> bool:
    """Whether it is the token's scopes, and not anybody's roles, that leave the permission out."""
    token = getattr(actor, "token", None)
    return token is not None and permission not in token.scopes


class Stated(Protocol):
    """A record with a state."""

    @property
    def status(self) -> str: ...


@dataclass(frozen=True)
class Verdict:
    """Whether a person may take a step on a record now, with every condition."""

    step: Step
    reasons: list[Reason] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return all(reason.ok for reason in self.reasons)

    @property
    def missing(self) -> list[Reason]:
        return [reason for reason in self.reasons if not reason.ok]


class Machine:
    """A table of steps over the states of one kind of record (`record.status`).

    The actor is anything with `side`, `can(permission)`, `person_id` (see `is_person`) and, where a program acts, a
    `token`; `why_read_only`, if it has one, says why it may do nothing.
    """

    def __init__(
        self,
        name: str,
        steps: Sequence[Step],
        words: Callable[[str], str | Promise] | None = None,
        also: Sequence[Told] = (),
        *,
        states: type[TextChoices] | None = None,
        tones: Mapping[Any, tuple[str, str]] = MappingProxyType({}),
        next: Mapping[Any, str | Promise] = MappingProxyType({}),
        keep: str | Promise = "",
    ) -> None:
        """`words` gives a state its word, where `states` (all of them, with labels) do not; `also` are kinds of event
        that tell of the record and are no step's.

        What pages say of a state: `tones` are its looks (tone, icon), `next` the sentence on what happens next, which
        may name the placeholders of its kind. `keep` is how dialogs are left.
        """
        self.name = name
        self.steps = {step.name: step.complete(keep or _("Cancel"), tones.get(step.target, ("", ""))) for step in steps}
        rows = self.steps.values()
        self.undos: dict[str, tuple[Step, Undo]] = {row.undo.name: (row, row.undo) for row in rows if row.undo}
        self.words = words or (lambda state: states(state).label)  # type: ignore[misc]  # one of the two is said
        self.also = tuple(also)
        self.states, self.tones, self.next = states, dict(tones), dict(next)
        self._while = cache(self._possible_while)

    def verdict(self, name: str, record: Stated, actor: Actor) -> Verdict:
        """Every condition of one step for this record and person, met or missing."""
        step = self.steps[name]
        reasons = [self._status_reason(step, record), self._permission_reason(step, actor)]
        reasons += [reason for condition in step.conditions if (reason := condition(record, actor))]
        return Verdict(step, reasons)

    def verdicts(self, record: Stated, actor: Actor) -> list[Verdict]:
        """One verdict per step that exists on the actor's side and could ever apply from the record's state."""
        return [
            self.verdict(step.name, record, actor)
            for step in self.steps.values()
            if step.is_for(actor.side) and record.status in step.sources
        ]

    def allowed(self, record: Stated, actor: Actor) -> list[str]:
        """The names of the steps this person may take on this record now."""
        return [verdict.step.name for verdict in self.verdicts(record, actor) if verdict.is_open]

    def check(self, name: str, record: Stated, actor: Actor) -> Step:
        """Return the step, or raise Refused with every missing condition and the steps that are open instead."""
        verdict = self.verdict(name, record, actor)
        if not verdict.is_open:
            raise Refused(verdict.missing, allowed=self.allowed(record, actor))
        return verdict.step

    def targets(self, state: str) -> set[str]:
        """The states that any step leads to from this one."""
        from_here = [step for step in self.steps.values() if state in step.sources]
        return {target for step in from_here for target in (*step.back_to, step.target) if target}

    @property
    def names(self) -> list[str]:
        """Its steps and its ways back."""
        return [*self.steps, *self.undos]

    def told(self) -> Iterator[Told]:
        """Every kind of event that tells of the record, each once."""
        of_steps = [step.told for step in self.steps.values() if step.told]
        of_undos = [undo.told for _step, undo in self.undos.values()]
        yield from {told.kind: told for told in (*of_steps, *of_undos, *self.also)}.values()

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, for the docs: the steps that change the state."""
        rows = ["stateDiagram-v2"]
        for step in self.steps.values():
            targets = [step.target] if step.target else step.back_to
            rows += [f"    {source} --> {target}: {step.name}" for source in step.sources for target in targets]
        return "\n".join(rows)

    def _status_reason(self, step: Step, record: Stated) -> Reason:
        met, missing = self._while(step.sources, record.status, get_language() or "en")
        return Reason.of("status", record.status in step.sources, met=met, missing=missing)

    def _permission_reason(self, step: Step, actor: Actor) -> Reason:
        if not step.is_for(actor.side):
            return Reason("permission", _("Only the other side can do this."))
        may = step.side == SYSTEM_SIDE or actor.can(step.permission)
        if not may and (why := getattr(actor, "why_read_only", "")):
            return Reason("suspended", why)
        if lacks_scope(actor, step.permission):
            text = _("The scopes of the token do not include %(scope)s.") % {"scope": step.permission}
            return Reason("scope", text, who=_("Make a token with this scope."))
        return Reason.of(
            "permission",
            may,
            met=_("You have a role that may do this."),
            missing=_roles_needed(step.permission, actor.side, get_language() or "en"),
            who=_("An administrator can give you the role."),
            by=MEMBERS_MANAGE,
        )

    def _possible_while(self, states: Iterable[str], now: str, language: str) -> tuple[str, str]:
        """Met and missing. Kept per language: a page of one record says it for every step."""
        words = {"states": ", ".join(str(self.words(state)) for state in states), "now": str(self.words(now))}
        missing = (_now("Possible while the status is: %(states)s."), _now("Now it is: %(now)s."))
        return _now("The status allows it: %(now)s.") % words, " ".join(missing) % words


@cache
def _roles_needed(permission: str, side: str, language: str) -> str:
    """Which roles of this side carry the permission, as a sentence to whoever has none of them."""
    roles = [str(role.label) for role in roles_with(permission, side)]
    text = ngettext("You need the role %(roles)s.", "You need one of the roles %(roles)s.", len(roles))
    return text % {"roles": ", ".join(roles)}


MACHINES: dict[str, Machine] = {}
"""The machines of all apps, by name: each app registers its own when it is ready."""


def register_machine(machine: Machine) -> None:
    """Let docs, audit log and timelines know of a machine."""
    MACHINES[machine.name] = machine
