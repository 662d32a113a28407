"""What a server runs beside our own code: each locked package with version, hashes and licence, as CycloneDX."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import cast

from .building import ROOT

SERVER = ROOT / "requirements.lock"
# A licence that would reach over to the portal's own code. LGPL (psycopg2) and MPL (certifi) do not.
REACHING_OVER = re.compile(r"\bA?GPL|Affero|General Public|SSPL", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)


@dataclass(frozen=True)
class LockedPackage:
    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str


def packages() -> Iterator[LockedPackage]:
    for found in re.finditer(r"^(\S+)==(\S+).*((?:\n +--hash=\S+.*)+)", SERVER.read_text(), re.MULTILINE):
        name, version, hashes = found.groups()
        if (licence := _licence(name)) is not None:
            yield LockedPackage(name, version, tuple(re.findall(r"sha256:(\w+)", hashes)), licence)


def write_bill(target: Path) -> None:
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "partnerhub"}},
        "components": [
            {
                "type": "library",
                "name": package.name,
                "version": package.version,
                "purl": f"pkg:pypi/{package.name}@{package.version}",
                "hashes": [{"alg": "SHA-256", "content": content} for content in package.hashes],
                "licenses": [{"license": {"name": package.licence}}],
            }
            for package in packages()
        ],
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=2) + "\n")


def licence_problems() -> Iterator[str]:
    for package in packages():
        if not package.licence:
            yield f"{package.name} names no licence"
        elif REACHING_OVER.search(package.licence) and not LESSER.search(package.licence):
            yield f"{package.name} has a licence that reaches over to our code: {package.licence}"


def _licence(name: str) -> str | None:
    """What the package says of itself; None where this system does not need the package."""
    try:
        told = cast("Message", metadata(name))
    except PackageNotFoundError:
        return None
    named = told.get("License-Expression")
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    written = (told.get("License") or "").strip().split("\n", 1)[0]
    return named or " and ".join(classified) or written
