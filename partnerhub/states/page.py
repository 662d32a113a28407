"""The page of all machines in the docs: a diagram and a table of each."""

from django.utils.translation import override

from partnerhub.states.machine import MACHINES, Machine
from partnerhub.states.steps import Step

PAGE_HEAD = """# Machines

Made from the tables of steps by `manage.py machines_page`; a test compares the two. A diagram has the steps that change
the status; a table has all of them, with who takes them, what else they need, and the event that tells of them.
"""


def machines_page() -> str:
    """The whole page, in English."""
    with override("en"):
        return "\n".join([PAGE_HEAD, *(_section(MACHINES[name]) for name in sorted(MACHINES))])


def _section(machine: Machine) -> str:
    rows = [_row(step) for step in machine.steps.values()]
    table = ["| step | from | to | who | conditions | event |", "|---|---|---|---|---|---|", *rows]
    diagram = ["```mermaid", machine.mermaid(), "```"]
    return "\n".join([f"## {machine.name.capitalize()}", "", *diagram, "", *table, ""])


def _row(step: Step) -> str:
    to = step.target or " or ".join(step.back_to) or "stays"
    who = " ".join(filter(None, (step.side or "either side", f"`{step.permission}`" if step.permission else "")))
    needs = ", ".join(condition.__name__.strip("_").replace("_", " ") for condition in step.conditions)
    told = f"`{step.told.kind}`" if step.told else ""
    return f"| {step.name} | {', '.join(step.sources)} | {to} | {who} | {needs} | {told} |"
