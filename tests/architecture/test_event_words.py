"""Every kind of event that is recorded anywhere has words for the audit log, and no words stand there for nothing."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps

from partnerhub.events.words import GROUPS, KINDS, SUBJECTS
from partnerhub.states import MACHINES

ROOT = Path(__file__).parents[2]
ROOMS = ("partnerhub", "leads", "deals", "notifications", "referrals")
NAMED = ("kind", "event")  # what a parameter that holds the kind is called
OF_A_ROW = "told.kind"  # a step of a machine tells what its row says
Place = tuple[int, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """A module of ours, with its constants and its private functions that hand a kind on."""

    tree: ast.Module
    private: dict[str, Place] = field(default_factory=dict)

    def constants(self) -> dict[str, str]:
        return {
            target.id: node.value.value
            for node in self.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value.value, str)
        }


class Code:
    """The code, and which of its functions take the kind of an event: these three, and whoever hands one on to them."""

    def __init__(self) -> None:
        paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
        self.modules = [Module(ast.parse(path.read_text())) for path in paths if "migrations" not in path.parts]
        self.tellers: dict[str, Place] = {
            "record": (0, "kind"),
            "record_each": (0, "kind"),
            "edit": (0, "kind"),  # of `Records`
        }
        while any(self._learn(module) for module in self.modules):
            pass

    def _learn(self, module: Module) -> bool:
        """Whether the module has a function that hands its own parameter on, not known until now."""
        before = len(self.tellers) + len(module.private)
        for function in ast.walk(module.tree):
            if isinstance(function, Function) and (place := self._handed_on(module, function)):
                (module.private if function.name.startswith("_") else self.tellers).setdefault(function.name, place)
        return len(self.tellers) + len(module.private) > before

    def _handed_on(self, module: Module, function: Function) -> Place | None:
        placed = [argument.arg for argument in function.args.args]
        own = {*placed, *(argument.arg for argument in function.args.kwonlyargs)}
        for _call, kind in self.told(module, function):
            if isinstance(kind, ast.Name) and kind.id in own and kind.id in NAMED:
                return (placed.index(kind.id) if kind.id in placed else 99), kind.id
        return None

    def told(self, module: Module, within: ast.AST) -> Iterator[tuple[ast.Call, ast.expr]]:
        """The calls that tell of an event, each with what it hands over as the kind."""
        for node in ast.walk(within):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = module.private.get(name) or self.tellers.get(name)
            named = [keyword.value for keyword in node.keywords if place and keyword.arg == place[1]]
            kinds = named or (node.args[place[0] : place[0] + 1] if place else [])
            yield from ((node, kind) for kind in kinds)

    def recorded(self) -> tuple[set[str], list[str]]:
        """The kinds that are recorded, and the calls whose kind can't be read from the code."""
        kinds: set[str] = set()
        unread: list[str] = []
        for module in self.modules:
            constants = module.constants()
            for call, kind in self.told(module, module.tree):
                for value in [kind.body, kind.orelse] if isinstance(kind, ast.IfExp) else [kind]:
                    if isinstance(value, ast.Constant):
                        kinds.add(str(value.value))
                    elif isinstance(value, ast.Name) and value.id in constants:
                        kinds.add(constants[value.id])
                    elif ast.unparse(value) not in {*NAMED, OF_A_ROW}:
                        unread.append(ast.unparse(call))
        return kinds, unread


def test_every_kind_has_words_and_every_word_a_kind() -> None:
    kinds, unread = Code().recorded()
    kinds |= {step.told.kind for machine in MACHINES.values() for step in machine.steps.values() if step.told}
    kinds |= {undo.told.kind for machine in MACHINES.values() for _step, undo in machine.undos.values()}
    assert unread == []
    assert {"lead.assigned", "access.granted", "program.changed", "communication.changed"} <= kinds
    assert sorted(kinds - KINDS.keys()) == []
    assert sorted(KINDS.keys() - kinds) == []


def test_every_kind_is_in_a_group() -> None:
    assert {kind.partition(".")[0] for kind in KINDS} == GROUPS.keys()


def test_every_subject_is_a_record_of_ours() -> None:
    assert {model._meta.model_name for model in apps.get_models()} >= SUBJECTS.keys()
