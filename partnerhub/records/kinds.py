"""What an app declares of its kind of record with a machine, and what all its verbs share besides: the step."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from partnerhub.actors import Actor, Seat, StandIn
from partnerhub.errors import NotPermitted
from partnerhub.events.models import ACTING_FOR
from partnerhub.records.kept import Kept, RecordT
from partnerhub.states import Machine, Step
from partnerhub.states.asked import Words
from partnerhub.web.lists.cells import Read, reader

VerbT = TypeVar("VerbT", bound=Callable[..., Any])


class Placeholders(dict[str, Any]):
    """What sentences may name of a record, read when one of them does."""

    def __init__(self, record: Any, reads: Mapping[str, Read]) -> None:
        super().__init__()
        self._record, self._reads = record, reads

    def __missing__(self, name: str) -> Any:
        return reader(self._reads[name])(self._record)


class Records(Kept[RecordT]):
    """One kind of record with a machine: its model has `status` and `status_changed_at` besides.

    `said` are what sentences about a record may name besides what its events tell: name → attribute or function.
    `about` says what it is where a step is asked, with the same placeholders; else `called` does.
    """

    machine: ClassVar[Machine]
    said: ClassVar[Mapping[str, Read]] = {}
    about: ClassVar[Words] = ""

    def __init__(self) -> None:
        self.verbs: dict[str, Callable[..., Any]] = {}

    @property
    def name(self) -> str:
        return self.machine.name

    @property
    def group(self) -> str:
        return next(told.kind for told in self.machine.told()).partition(".")[0]

    def words(self, record: RecordT) -> dict[str, Any]:
        """The placeholders of what is asked and said about it: those of `said`, and what its events tell."""
        return Placeholders(record, {**self.tells, **self.said})

    def line(self, record: RecordT) -> str:
        """What stands under its name where a step is asked: what it is, and how it stands."""
        about = str(self.about or self.called) % self.words(record)
        return f"{about} · {self.machine.words(record.status)}"

    def choices(self, field: str, by: Seat, record: RecordT | None = None) -> list[tuple[str, str]]:
        """What `by` can choose where this is asked for, of a `record` or of a new one: (id as text, name)."""
        raise NotImplementedError

    def next_words(self, record: RecordT) -> str:
        """What happens next with it, as its state says; nothing where the machine has no sentences."""
        return str(self.machine.next.get(record.status, "")) % self.words(record)

    def find_for(self, step: Step, by: Seat, record_id: UUID) -> RecordT:
        """One record, for somebody on the step's side with the step's permission.

        Raises DoesNotExist for what they may not see and where the step is the other side's; NotPermitted.
        """
        record = self.find(by, record_id)
        if not step.is_for(by.side):
            raise self.model.DoesNotExist
        if not by.can(step.permission):
            raise NotPermitted(step.permission)
        return record

    def check_verbs(self, names: Iterable[str]) -> None:
        """Raise ValueError where one of these steps has no verb: told when the portal starts, and not to a person."""
        if missing := [name for name in names if name not in self.verbs]:
            raise ValueError(f"No verb takes these steps of {self.machine.name}: {', '.join(missing)}.")

    def verb(self, name: str) -> Callable[[VerbT], VerbT]:
        """Mark the function that takes this step, or undoes it: pages and API call it.

        It takes the record's id, `by`, `seen` and what the step asks for, and returns the record.
        """

        def mark(verb: VerbT) -> VerbT:
            self.verbs[name] = verb
            return verb

        return mark

    def take(
        self,
        name: str,
        record: RecordT,
        *,
        by: Actor,
        changes: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> RecordT:
        """Take a step of the machine on a locked record: check, write, tell what its row says.

        `changes` are the columns that the step writes besides the status. Raises Refused with every missing condition.
        """
        step = self.machine.check(name, record, by)
        fields = dict(changes or {})
        if step.target:
            fields["status"] = step.target
        if step.told is None:
            raise ValueError(f"The step {name} tells of nothing.")
        told = self._acting_for(record, step, by) | dict(data or {})
        return self._write(record, fields, step.told, by=by, data=told)

    def _acting_for(self, record: RecordT, step: Step, by: Actor) -> dict[str, str]:
        """Whose name the event has beside the actor's: the absent one's, who could take the step themselves."""
        people = self.people_at(record, by.side) if isinstance(by, StandIn) else ()
        name = by.acting_for(people, step.permission) if people and isinstance(by, StandIn) else ""
        return {ACTING_FOR: name} if name else {}

    def undo(
        self, name: str, record: RecordT, *, by: Actor, changes: Mapping[str, Any], data: Mapping[str, Any]
    ) -> RecordT:
        """Take a locked record back to where it was before a step. The caller has made sure that it was the last."""
        _step, way_back = self.machine.undos[name]
        return self._write(record, dict(changes), way_back.told, by=by, data=data)
