"""What docker-compose.yml and the lock files promise."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from partnerhub.embedded.building import ROOT
from partnerhub.embedded.demo.runner import COMMANDS
from partnerhub.embedded.locks import FILES, is_up_to_date

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
    started |= {name: SERVICES[name]["command"] for name in ("worker", "beat")}

    def but_for_how_loud(words):
        return [word for word in words if not word.startswith("--loglevel")]

    assert {name: but_for_how_loud(words) for name, words in started.items()} == {
        name: but_for_how_loud(words) for name, words in COMMANDS.items()
    }


def test_what_the_image_leaves_out_is_not_needed():
    kept = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"}
    apps = {name.partition(".")[0] for name in settings.INSTALLED_APPS if (ROOT / name.partition(".")[0]).is_dir()}
    assert apps | {"manage.py", "templates", "static", "requirements.lock"} == kept


def test_every_setting_that_compose_passes_on_is_read():
    readers = ("partnerhub/settings.py", "partnerhub/gunicorn_conf.py", "partnerhub/tenancy/preparation.py")
    commands = "partnerhub/tenancy/management/commands"
    text = "".join(path.read_text() for path in [*map(ROOT.joinpath, readers), *(ROOT / commands).glob("*.py")])
    named = SERVICES["migrate"]["environment"].keys() | SERVICES["web"]["environment"].keys()
    assert {name for name in named if f'"{name}"' not in text} == set()


def test_beats_health_looks_at_the_file_that_beat_writes():
    written = SERVICES["beat"]["environment"]["BEAT_SCHEDULE_FILE"]
    assert 'find /tmp -name "beat-schedule*"' in SERVICES["beat"]["healthcheck"]["test"][1]
    assert Path(written).parent.as_posix() == "/tmp"  # noqa: S108 - what the container mounts
    assert Path(written).name.startswith("beat-schedule")


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    named = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET_KEY|EMAIL_URL))(\S?\S?)", text)
    assert len(named) >= 6
    assert {separator for _name, separator in named} == {":?"}


def test_only_the_migration_knows_the_owner():
    knowing = [name for name, service in SERVICES.items() if "DATABASE_OWNER_URL" in (service.get("environment") or {})]
    assert knowing == ["migrate"]


def test_every_port_is_published_on_loopback_only():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_locks_were_made_from_the_present_dependencies():
    assert is_up_to_date()


@pytest.mark.parametrize("name", FILES.values())
def test_every_locked_package_has_hashes_and_no_registry(name):
    text = (ROOT / name).read_text()
    packages = re.findall(r"^\S+==\S+.*(?:\n    .*)+", text, re.MULTILINE)
    assert len(packages) > 50
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text


def test_the_three_locks_agree():
    locks = [dict(re.findall(r"^(\S+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in FILES.values()]
    largest = max(locks, key=len)
    assert all(lock.items() <= largest.items() for lock in locks)
