"""Make `.venv` from a hash-locked requirements file. Runs under any Python 3.11+, before anything is installed.

Usage: python3 partnerhub/embedded/installation.py demo|dev

uv installs everything in seconds where pip takes minutes, so pip fetches uv first and takes over only if uv fails.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"demo": ROOT / "requirements-demo.lock", "dev": ROOT / "requirements-dev.lock"}
CODE = ["partnerhub", "notifications", "deals", "leads", "referrals", "tests"]


def main(kind: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python starts this file too, and is told so
        version = sys.version.split(maxsplit=1)[0]
        sys.exit(f"PartnerHub needs Python 3.11 or newer; this is {version}. Try: make PYTHON=python3.12")
    with _one_at_a_time():
        if _is_installed(kind):
            return
        print(f"Installing Python packages from {LOCKS[kind].name} into .venv …", flush=True)
        _make_venv()
        _install(LOCKS[kind])
        (_site_packages() / "partnerhub.pth").write_text(f"{ROOT}\n")
        _run(PYTHON, "-m", "compileall", "-q", "-j", "0", *[ROOT / name for name in CODE if (ROOT / name).is_dir()])
        _stamp(kind).write_text(_fingerprint(kind))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "installation.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_installed(kind: str) -> bool:
    """The developers' list contains the demo's, so a .venv made for developers serves the demo too."""
    return any(_stamp(other).is_file() and _stamp(other).read_text() == _fingerprint(other) for other in {kind, "dev"})


def _stamp(kind: str) -> Path:
    return VENV / f"installed-{kind}"


def _fingerprint(kind: str) -> str:
    content = LOCKS[kind].read_bytes() + str(VENV).encode()
    if PYTHON.exists():
        content += os.path.realpath(PYTHON).encode()
    return hashlib.sha256(content).hexdigest()


def _make_venv() -> None:
    if PYTHON.exists() and _works(PYTHON, "-m", "pip", "--version"):
        return
    if not _works(sys.executable, "-c", "import ensurepip, venv"):
        sys.exit("This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv")
    _run(sys.executable, "-m", "venv", "--clear", VENV)


def _install(lock: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.lock"
        only_uv.write_text(_entry_of("uv", lock.read_text()))
        pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pip_by_hash = [*pip, "--require-hashes", "-r"]
        # Like pip, trust whom the system trusts: a company's network may have a certificate of its own.
        uv: list[str | Path] = [VENV / "bin" / "uv", "pip", "install", "--quiet", "--system-certs", "--python", PYTHON]
        uv_by_hash = [*uv, "--compile-bytecode", "--require-hashes", "-r"]
        if _works(*pip_by_hash, only_uv) and _works(*uv_by_hash, lock, show=True):
            return
        print("uv could not install them; pip does it now, which takes some minutes …", flush=True)
        _run(*pip_by_hash, lock)


def _entry_of(name: str, lock: str) -> str:
    """One package of the lock file with its hashes."""
    found = re.search(rf"^{name}==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if not found:
        sys.exit(f"{name} is missing from the lock file; run: make lock")
    return found.group()


def _site_packages() -> Path:
    return next((VENV / "lib").glob("python3*/site-packages"))


def _environment() -> dict[str, str]:
    """Ours, less what keeps byte code from being written, and less blank settings of uv, which it takes for errors."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "VIRTUAL_ENV"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not (name.startswith("UV_") and not value)
    }


def _works(*command: str | Path, show: bool = False) -> bool:
    output = None if show else subprocess.DEVNULL
    return subprocess.run(command, cwd=ROOT, env=_environment(), stdout=output, stderr=output).returncode == 0


def _run(*command: str | Path) -> None:
    if not _works(*command, show=True):
        sys.exit(f"This step of the installation failed: {' '.join(map(str, command))}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit("Usage: installation.py demo|dev")
    main(sys.argv[1])
