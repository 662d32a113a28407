"""What docker-compose.yml and the lock files promise."""

import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from partnerhub.embedded.building import ROOT
from partnerhub.embedded.demo.runner import PART_COMMANDS
from partnerhub.embedded.locks import LOCK_FILES, is_up_to_date
from partnerhub.environment import VARIABLES, settings_page

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_cannot_write_its_root_nor_gain_rights(name):
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_not_root(name):
    service = SERVICES[name]
    assert service.get("user") or "\nUSER 10001\n" in service["build"]["dockerfile_inline"]


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"migrate"}))
def test_a_service_tells_its_health(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_a_server_runs_what_the_demo_runs():
    image = SERVICES["web"]["build"]["dockerfile_inline"]
    started = {"web": yaml.safe_load(re.findall(r"^CMD (.*)$", image, re.MULTILINE)[0])}
    started |= {name: SERVICES[name]["command"] for name in ("live", "worker", "webhooks", "beat")}

    def but_for_how_loud(words):
        return [word for word in words if not word.startswith("--loglevel")]

    assert {name: but_for_how_loud(words) for name, words in started.items()} == {
        name: but_for_how_loud(words) for name, words in PART_COMMANDS.items()
    }


def test_what_the_image_leaves_out_is_not_needed():
    kept = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"}
    apps = {name.partition(".")[0] for name in settings.INSTALLED_APPS if (ROOT / name.partition(".")[0]).is_dir()}
    assert apps | {"manage.py", "templates", "static", "requirements.lock"} == kept


def is_in_the_image(path: str) -> bool:
    """As Docker reads .dockerignore: the last line that fits decides."""
    kept = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        if pattern in {"*", path} or path.startswith(f"{pattern}/"):
            kept = line.startswith("!")
    return kept


def test_the_launcher_is_in_no_image():
    assert is_in_the_image("partnerhub/settings/__init__.py")
    assert is_in_the_image("leads/apps.py")
    assert not is_in_the_image("partnerhub/embedded/services.py")
    assert not is_in_the_image("tests/conftest.py")
    started = [service.get("command", []) for service in SERVICES.values()] + [SERVICES["web"]["build"]]
    assert "embedded" not in str(started)


def test_the_launcher_is_in_no_wheel_and_all_else_is():
    found = PYPROJECT["tool"]["setuptools"]["packages"]["find"]
    ours = {
        str(path.parent.relative_to(ROOT)).replace("/", ".")
        for app in PYPROJECT["tool"]["importlinter"]["root_packages"]
        for path in (ROOT / app).rglob("__init__.py")
    }
    wheel = {name for name in ours if fits(name, found["include"]) and not fits(name, found["exclude"])}
    assert wheel == {name for name in ours if not name.startswith("partnerhub.embedded")}
    assert len(wheel) < len(ours)


def fits(package, patterns):
    """As setuptools reads them."""
    return any(fnmatchcase(package, pattern) for pattern in patterns)


def test_compose_passes_on_every_setting_and_no_other():
    """Four are the image's own, and two the preparation's alone."""
    passed = {
        name: set(SERVICES[name]["environment"]) for name in ("web", "live", "worker", "webhooks", "beat", "migrate")
    }
    own = {"WEB_BIND", "LIVE_BIND", "STATIC_ROOT", "PARTNERHUB_AS_OWNER"}
    owners = {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"}
    assert passed["migrate"] == set(VARIABLES) - own
    for name in ("web", "live", "worker", "webhooks", "beat"):
        assert passed[name] == set(VARIABLES) - own - owners


def test_every_setting_is_read_and_none_that_is_not_in_the_table():
    ours = [path for path in (ROOT / "partnerhub").rglob("*.py") if "embedded" not in path.parts]
    code = "".join(path.read_text() for path in ours if path.name != "environment.py")
    read = set(re.findall(r'\b(?:text|number|numbers|switch|words)\("([A-Z][A-Z0-9_]+)"\)', code))
    assert read == {name for name, variable in VARIABLES.items() if not variable.foreign}
    assert not re.findall(r"os\.environ(?!\.setdefault)|os\.getenv|\benv\.(?:str|int|bool|list)\(", code)


def test_every_setting_has_its_sentence_and_the_page_is_current():
    assert all(variable.what.endswith(".") or "…" in variable.what for variable in VARIABLES.values())
    assert (ROOT / "partnerhub/docs/settings.md").read_text() == settings_page()


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_servers_of_ones_own_may_stand_in_for_those_that_come_along(name):
    assert SERVICES[name]["profiles"] == ["servers"]
    needing = [service["depends_on"][name] for service in SERVICES.values() if name in service.get("depends_on", {})]
    assert needing
    assert all(need["required"] is False for need in needing)
    for setting in ("DATABASE_URL", "REDIS_URL"):
        assert SERVICES["web"]["environment"][setting].startswith(f"${{{setting}:-")


def test_beats_health_looks_at_the_file_that_beat_writes():
    written = SERVICES["beat"]["environment"]["BEAT_SCHEDULE_FILE"]
    assert 'find /tmp -name "beat-schedule*"' in SERVICES["beat"]["healthcheck"]["test"][1]
    assert Path(written).parent.as_posix() == "/tmp"  # noqa: S108 - what the container mounts
    assert Path(written).name.startswith("beat-schedule")


def test_no_secret_has_a_default():
    """Those of the servers that come along may be missing with them; then PostgreSQL and Valkey refuse to start."""
    text = (ROOT / "docker-compose.yml").read_text()
    named = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET_KEY|EMAIL_URL))(:\S)(\}?)", text)
    assert len(named) >= 8
    assert {(how, end) for _name, how, end in named} == {(":?", ""), (":-", "}")}
    assert {name for name, how, _end in named if how == ":-"} == {"POSTGRES_PASSWORD", "VALKEY_PASSWORD"}
    assert "${REDISCLI_AUTH:?" in SERVICES["valkey"]["command"][2]


def test_only_the_migration_knows_the_owner():
    knowing = [name for name, service in SERVICES.items() if "DATABASE_OWNER_URL" in (service.get("environment") or {})]
    assert knowing == ["migrate"]


def test_every_port_is_published_on_loopback_only():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_locks_were_made_from_the_present_dependencies():
    assert is_up_to_date()


@pytest.mark.parametrize("name", LOCK_FILES.values())
def test_every_locked_package_has_hashes_and_no_registry(name):
    text = (ROOT / name).read_text()
    packages = re.findall(r"^\S+==\S+.*(?:\n    .*)+", text, re.MULTILINE)
    assert len(packages) > 50
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text


def test_the_three_locks_agree():
    locks = [
        dict(re.findall(r"^(\S+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCK_FILES.values()
    ]
    largest = max(locks, key=len)
    assert all(lock.items() <= largest.items() for lock in locks)
