"""Each contract of import-linter fails where it is broken: a line planted in a copy of the code is found, by name."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS: list[dict[str, Any]] = LINTER["contracts"]
STOREYS = "Storeys: a row imports only the rows below it"
OUTSIDE = "Storeys: nothing stands outside them but the launcher"
BUSINESS = next(one["name"] for one in CONTRACTS if one["name"].startswith("Rooms of business apps"))
JUNK = "planted_junk"

# Contract, module, and the line that is planted at its end.
IMPORTS = [
    (STOREYS, "deals.services", "import leads.states"),
    (STOREYS, "leads.services.steps", "import partnerhub.portal.services"),
    (STOREYS, "partnerhub.events.words", "import partnerhub.accounts.models"),
    (OUTSIDE, "partnerhub.web.formats", "import partnerhub.tenancy.locks"),
    (BUSINESS, "leads.selectors.one", "import leads.services.awards"),
    (BUSINESS, "notifications.states", "import notifications.models"),
    ("Rooms of accounts", "partnerhub.accounts.services.seats", "import partnerhub.accounts.views.users"),
    ("Rooms of notes", "partnerhub.notes.selectors", "import partnerhub.notes.services"),
    ("Rooms of records", "partnerhub.records.kinds", "import partnerhub.records.pages"),
    ("Rooms of events", "partnerhub.events.models", "import partnerhub.events.services"),
    ("Rooms of partners", "partnerhub.partners.selectors", "import partnerhub.partners.services"),
    ("Rooms of the wall", "partnerhub.tenancy.tenants", "import partnerhub.tenancy.models"),
    ("Rooms of the window", "partnerhub.web.formats", "import partnerhub.web.views"),
    ("Rooms of states", "partnerhub.states.steps", "import partnerhub.states.machine"),
    ("Rooms of the portal", "partnerhub.portal.services", "import partnerhub.portal.views"),
    ("The portal does not know its launcher", "partnerhub.gunicorn_conf", "import partnerhub.embedded.ports"),
    ("One door to the tenant's scope", "leads.selectors.scope", "import django_scopes"),
]
CIRCLES = "No circles: of two neighbours only one imports the other"
CIRCLE = ("seen", "actions")  # neighbours in partnerhub.web, of which neither imports the other
NEW_ROOMS = [
    (one["name"], f"{container}.{JUNK}")
    for one in CONTRACTS
    if one.get("exhaustive")
    for container in one["containers"]
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a copy of the code in which every contract is broken."""
    copy = tmp_path_factory.mktemp("planted")
    for name in LINTER["root_packages"]:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "0*.py", "locale"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for _contract, module, line in IMPORTS:
        with path_of(copy, module).open("a") as source:
            source.write(f"\n{line}\n")
    for one, other in (CIRCLE, CIRCLE[::-1]):
        with path_of(copy, f"partnerhub.web.{one}").open("a") as source:
            source.write(f"\nimport partnerhub.web.{other}\n")
    for _contract, module in NEW_ROOMS:
        path_of(copy, module).write_text("")
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, env={"COLUMNS": "400", "PATH": ""})
    assert ran.returncode == 1, ran.stdout + ran.stderr
    return ran.stdout


def path_of(root: Path, module: str) -> Path:
    path = root / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def said_of(told: str, contract: str) -> str:
    """What is said of one broken contract."""
    part = told.partition("Broken contracts")[2]
    found = re.search(rf"^{re.escape(contract)}\n-+\n(.*?)(?=^[^\n]+\n-{{3,}}\n|\Z)", part, re.DOTALL | re.MULTILINE)
    assert found, f"{contract} is kept:\n{told}"
    return found[1]


@pytest.mark.parametrize(("contract", "module", "line"), IMPORTS)
def test_a_forbidden_import_is_found(told: str, contract: str, module: str, line: str) -> None:
    said = said_of(told, contract)
    assert re.search(rf"\b{re.escape(module.removeprefix('partnerhub.'))}\b", said), said


@pytest.mark.parametrize(("contract", "module"), NEW_ROOMS)
def test_a_room_that_nobody_named_is_found(told: str, contract: str, module: str) -> None:
    assert module in said_of(told, contract)


def test_a_circle_is_found(told: str) -> None:
    said = said_of(told, CIRCLES)
    assert any(f".{one} -> .{other} " in said for one, other in (CIRCLE, CIRCLE[::-1])), said


def test_no_contract_is_left_out() -> None:
    assert {contract for contract, *_rest in [*IMPORTS, *NEW_ROOMS]} | {CIRCLES} == {one["name"] for one in CONTRACTS}


def test_every_package_of_ours_has_rooms() -> None:
    """The launcher has none: it stands beside the portal."""
    roomed = {container for one in CONTRACTS if one.get("exhaustive") for container in one["containers"]}
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")}
    packages |= {f"partnerhub.{path.parent.name}" for path in ROOT.glob("partnerhub/*/__init__.py")}
    assert packages - {"partnerhub.embedded"} == roomed - {"partnerhub"}
