"""What docker-compose.yml and the lock files promise."""

import re

import pytest
import yaml

from partnerhub.embedded.building import ROOT
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
