"""The hash-locked requirement files: made from pyproject.toml, and known to be made from the present one."""

import subprocess
import sys
import tempfile
import tomllib
from hashlib import sha256
from pathlib import Path

from .building import ROOT
from .processes import StartError

PROJECT = ROOT / "pyproject.toml"
# The developers' list is solved first; the two smaller ones take their versions from it.
LOCK_FILES = {"dev": "requirements-dev.lock", "demo": "requirements-demo.lock", "": "requirements.lock"}
OPTIONS = [
    *["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header", "--quiet"],
    # No registry's address in the repository: everybody installs from their own.
    *["--no-emit-index-url", "--no-emit-find-links"],
]


def lock() -> None:
    """Solve the dependencies again, keeping present versions where they still fit (delete a file to renew it)."""
    with tempfile.TemporaryDirectory() as folder:
        versions = Path(folder) / "versions.txt"
        for extra, name in LOCK_FILES.items():
            only = ["--extra", extra] if extra else []
            same = ["--constraint", str(versions)] if versions.exists() else []
            _compile(ROOT / name, [*only, *same])
            if extra == "dev":
                versions.write_text(_without_hashes((ROOT / name).read_text()))


def is_up_to_date() -> bool:
    """Whether the files were made from the dependencies that pyproject.toml names now. Asks nobody."""
    return all((ROOT / name).read_text().startswith(_head()) for name in LOCK_FILES.values())


def _compile(target: Path, options: list[str]) -> None:
    unfinished = target.with_suffix(".new")
    if target.exists():
        unfinished.write_bytes(target.read_bytes())
    uv = Path(sys.executable).with_name("uv")
    command: list[str | Path] = [uv, "pip", "compile", PROJECT, *OPTIONS, *options]
    if subprocess.run([*command, "--output-file", unfinished], cwd=ROOT).returncode:
        unfinished.unlink(missing_ok=True)
        raise StartError(f"{target.name} cannot be made; uv says why above.")
    target.write_text(_head() + unfinished.read_text().removeprefix(_head()))
    unfinished.unlink()


def _head() -> str:
    project = tomllib.loads(PROJECT.read_text())["project"]
    named = repr((project["requires-python"], project["dependencies"], project["optional-dependencies"]))
    return f"# Made by `make lock` from pyproject.toml, dependencies {sha256(named.encode()).hexdigest()[:16]}.\n"


def _without_hashes(lock: str) -> str:
    return "\n".join(line.removesuffix(" \\") for line in lock.splitlines() if line and line[0].isalnum())
