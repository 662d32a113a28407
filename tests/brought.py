"""What each app brings to the tests of the whole house. It stands in `brings.py` beside the app's own tests:

| name | what |
|---|---|
| `ADDRESSES` | who may use which address: `rows("GET leads/ RUCSFP …")` |
| `STEPS` | who takes which step of its record: `Steps` |
| `PAGES`, `NO_PAGE` | who looks at each page from outside; which addresses are no page, and why |
| `RECORDS`, `records(house)` | what stands in addresses: kind → model; kind → whose → id |
| `written(house)`, `NOT_SENT` | what each write of the API takes, but steps of `MACHINES`; which not, and why |
| `ROADS`, `FOLLOWS` | by which address a person makes a row of each table; or whose making it follows |
| `LISTS`, `MACHINES`, `LETTERS`, `WALLS` | what the kits test of it: see tests/kits/declared.py |
| `NEWEST`, `LINKS`, `known(stack)` | what braces in `PAGES` mean: found in the demo's data and mail, or made there |

All are optional. `brought` finds them by themselves, so that a new app touches no file of another one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps

HERE = Path(__file__).parent
ROOT = HERE.parent
ALL = "ARUBCSFP"
LEADS = "RUCSFP"  # the Referrals workspace
PUBLIC = "public"


@dataclass(frozen=True)
class Row:
    """`roles` are let in. `record` is the kind of the record in the address; whoever has a role sees only their own.

    `hidden`: the rest get 404 instead of No access, because what is here depends on the record alone.
    """

    roles: str
    record: str = ""
    hidden: bool = False


def rows(text: str) -> dict[tuple[str, str], Row]:
    """`METHOD[,METHOD] address roles [record] [hidden]`, one a line.

    Roles by letter, as in the spec's table: A Account admin, R Referrals admin, U Referrals user, B Business profile
    admin of the partner; C Channel manager, S Sales representative, F Finance, P Programme admin of the vendor.
    """
    table = {}
    for line in text.strip().splitlines():
        methods, address, roles, *rest = line.split()
        record = next((word for word in rest if word != "hidden"), "")
        for method in methods.split(","):
            table[method, "" if address == "/" else address] = Row(roles, record, "hidden" in rest)
    return table


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps of a record, `POST <address>/<id>/<step>/` by page and below `api/v1/` by API: step → who takes it.

    `seen_by` are the roles that see records of this kind at all. `only_api` have no page; `early` are taken from a
    record of another kind, like a draft; `api_names` are those of the steps that are called otherwise there.
    """

    address: str
    record: str
    seen_by: str
    roles: dict[str, str]
    api_names: dict[str, str] = field(default_factory=dict)
    early: dict[str, str] = field(default_factory=dict)
    only_api: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.address

    def api_address(self, step: str) -> str:
        return f"api/v1/{self.address}/<uuid:{self.record}_id>/{self.api_names.get(step, step)}/"


@dataclass(frozen=True)
class Sent:
    """What somebody (`who`, by letter) sends to an address of the API, so that it is taken. `record` stands in the
    address, where it is not what the row of `ADDRESSES` says; `before` brings it there first.
    """

    who: str
    body: Any = None
    record: Any = None
    before: Callable[[], Any] | None = None


@dataclass(frozen=True)
class Visit:
    """`status` is the answer; `moves` for an address that leads on to another one."""

    who: str
    path: str
    status: int = 200
    moves: bool = False

    def __str__(self) -> str:
        return f"/{self.path} as {self.who.partition('@')[0]}"


def each(path: str, *people: str) -> tuple[Visit, ...]:
    return tuple(Visit(who, path) for who in people)


def files_of(*lists: str) -> dict[str, str]:
    """The addresses of these lists' exports, for `NO_PAGE`."""
    return {f"{name}/export.{kind}": "a file" for name in lists for kind in ("csv", "xlsx")}


def bringers() -> Iterator[ModuleType]:
    """Our apps' modules `brings`, from the top storey down: what is above may be the subject of what is below."""
    for app in apps.get_app_configs():
        if Path(app.path).is_relative_to(ROOT) and (HERE / app.label / "brings.py").exists():
            yield import_module(f"tests.{app.label}.brings")


def brought(name: str) -> dict[Any, Any]:
    """All that the apps bring under this name. Raises KeyError where two of them bring the same."""
    found: dict[Any, Any] = {}
    for module in bringers():
        one = getattr(module, name, {})
        if twice := found.keys() & one.keys():
            raise KeyError(f"{module.__name__} brings {sorted(twice)} once more.")
        found |= one
    return found


def functions(name: str) -> list[Callable[..., Any]]:
    """The functions of this name that the apps bring."""
    return [getattr(module, name) for module in bringers() if hasattr(module, name)]
