"""Every owned table has a road by which a person fills it from an empty installation; demo data has none of its own."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from partnerhub.tenancy.models import TenantModel
from tests.architecture.wanted import PUBLIC, STEPS, WANTED
from tests.brought import brought

ROOT = Path(__file__).parents[2]
OWNED = {model._meta.label: model for model in apps.get_models() if issubclass(model, TenantModel)}

# By page and, where there is one, by API. `admin/` is the operators': tests/portal/test_opening.py goes there.
ROADS = brought("ROADS")
# What no person makes by itself: whose making it follows.
FOLLOWS = brought("FOLLOWS")


def test_every_owned_table_has_a_road_or_follows_from_another() -> None:
    assert ROADS.keys() | FOLLOWS.keys() == OWNED.keys()
    assert not ROADS.keys() & FOLLOWS.keys()


@pytest.mark.parametrize("label", sorted(ROADS))
def test_a_road_is_an_address_that_somebody_may_use(label: str) -> None:
    for road in ROADS[label]:
        if road.startswith("admin/"):
            continue
        if road.startswith("step "):
            assert any(road.removeprefix("step ") in table.roles for table in STEPS.values())
            continue
        method, address = road.split()
        row = WANTED[method, address]
        assert row.roles == PUBLIC or row.roles


@pytest.mark.parametrize("label", sorted(FOLLOWS))
def test_what_follows_from_another_ends_at_a_road(label: str) -> None:
    passed = {label}
    at = FOLLOWS[label]
    while at not in ROADS:
        assert at not in passed, "in a circle"
        passed.add(at)
        at = FOLLOWS[at]


def test_demo_data_makes_no_row_but_by_the_verbs_of_persons() -> None:
    """What a command could make and a person could not would be missing from every real portal."""
    names = "|".join(model.__name__ for model in OWNED.values())
    makes = re.compile(rf"\b(?:{names})(?:\.objects\.(?:create|bulk_create|get_or_create|insert_new))?\((?!\))")
    rooms = [room for app in ("[!.]*", "partnerhub/*") for room in (f"{app}/management/**/*.py", f"{app}/demo/*.py")]
    commands = [file for room in rooms for file in ROOT.glob(room)]
    assert {"demo_data.py", "filling.py", "stories.py"} <= {file.name for file in commands}
    lines = [f"{file.name}: {line.strip()}" for file in commands for line in file.read_text().splitlines()]
    assert [line for line in lines if makes.search(line)] == []
