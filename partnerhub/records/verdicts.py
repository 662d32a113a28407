"""What a member can do with a record now, and why not: with the names of who can mend what is missing."""

from dataclasses import replace

from partnerhub.actors import Seat
from partnerhub.records.people import people
from partnerhub.states import Machine, Verdict
from partnerhub.states.machine import Stated


def verdicts_of(machine: Machine, record: Stated, membership: Seat) -> list[Verdict]:
    """The steps from the record's state on the member's side, each open or with every reason why not and who can help.

    One statement at most.
    """
    verdicts = machine.verdicts(record, membership)
    reasons = people().with_names([verdict.reasons for verdict in verdicts], membership)
    return [replace(verdict, reasons=said) for verdict, said in zip(verdicts, reasons, strict=True)]
