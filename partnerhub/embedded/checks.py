"""`make check`: every rule that a machine can read off the code, two at a time, quiet unless one is broken."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from . import locks
from .building import ROOT
from .processes import clean_environment

BIN = Path(sys.executable).parent
MANAGE: list[str | Path] = [sys.executable, ROOT / "manage.py"]
HERE: list[str | Path] = [sys.executable, "-m", "partnerhub.embedded"]
# As a server has it: `check --deploy` looks at what depends on https.
DEPLOYED = {"PUBLIC_URL": "https://partners.example.com"}
# Hashes of packages, and addresses that show how to write one. Passwords in Python are ruff's (S105, S106).
NO_SECRETS = [
    "--exclude-files",
    r"\.lock$",
    "--exclude-lines",
    "(user:password|anna:secret)@",
    "--disable-plugin",
    "KeywordDetector",
]
LINTER_SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.linter_settings", "LOG_LEVEL": "WARNING"}


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict)


CHECKS = [
    Check("types", [BIN / "mypy"]),
    Check("code", [BIN / "ruff", "check", "--quiet"]),
    Check("format", [BIN / "ruff", "format", "--check", "--quiet"]),
    Check("storeys and rooms", [BIN / "lint-imports"]),
    Check("models have migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Check("migrations keep old code running", [*MANAGE, "lintmigrations"], LINTER_SETTINGS),
    Check("ready to deploy", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], DEPLOYED),
    Check("page of all settings", [*MANAGE, "settings_page", "--check"]),
    Check("templates", [BIN / "djlint", "--lint", "--quiet", "templates"]),
    Check("stylesheet", [*MANAGE, "build_css", "--check"]),
    Check("translations", [*HERE, "check-messages"]),
    Check("secrets", [*HERE, "check-secrets"]),
    Check("compose file", [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]),
    Check("licences", [*HERE, "check-licences"]),
    Check("locks", [*HERE, "check-locks"]),
]


def run_checks(settings: Mapping[str, str]) -> bool:
    """Run all of them; True if none is broken."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        kept = list(pool.map(lambda check: _run(check, settings), CHECKS))
    print(f"{sum(kept)} of {len(kept)} checks passed in {time.monotonic() - began:.0f} s.")
    return all(kept)


def secrets_are_absent() -> bool:
    """Look for keys and passwords in what git keeps; nothing is verified over the network."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [name for name in tracked.split("\0") if name and (ROOT / name).is_file()]
    command: list[str | Path] = [BIN / "detect-secrets-hook", "--no-verify", *NO_SECRETS, *files]
    return subprocess.run(command, cwd=ROOT).returncode == 0


def locks_are_up_to_date() -> bool:
    if not locks.is_up_to_date():
        print("pyproject.toml names other dependencies than the lock files were made from. Run: make lock")
        return False
    return True


def _run(check: Check, settings: Mapping[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=clean_environment() | dict(settings) | dict(check.environment) | {"COLUMNS": "120"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    kept = done.returncode == 0
    head = f"{'ok    ' if kept else 'BROKEN'}  {check.name} ({time.monotonic() - began:.1f} s)"
    print(head if kept else f"{head}{os.linesep}{done.stdout.rstrip()}", flush=True)
    return kept
