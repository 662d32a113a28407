"""The state machine (`machine`) and its table of steps: who may take each, what it needs, how it is told (`steps`)."""

from partnerhub.states.machine import (
    MACHINES,
    Machine,
    Verdict,
    is_person,
    lacks_scope,
    register_machine,
)
from partnerhub.states.steps import (
    EITHER_SIDE,
    OUTSIDE,
    SYSTEM_SIDE,
    Api,
    Asks,
    Choice,
    Condition,
    Dialog,
    Step,
    Text,
    Told,
    Undo,
    of_outside,
    of_portal,
)

__all__ = [
    "EITHER_SIDE",
    "MACHINES",
    "OUTSIDE",
    "SYSTEM_SIDE",
    "Api",
    "Asks",
    "Choice",
    "Condition",
    "Dialog",
    "Machine",
    "Step",
    "Text",
    "Told",
    "Undo",
    "Verdict",
    "is_person",
    "lacks_scope",
    "of_outside",
    "of_portal",
    "register_machine",
]
