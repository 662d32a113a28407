"""Processes that are started, remembered in a file, found again by a later run, and stopped."""

import fcntl
import json
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

LOG_LIMIT = 5_000_000
MARK = "PARTNERHUB_PART"
HAS_PROC = Path("/proc/self/stat").exists()  # Linux; elsewhere ps is asked


class StartError(Exception):
    """Something cannot start; the message is one line for the person at the terminal."""


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Ask until the condition holds; False when the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True


@contextmanager
def locked(path: Path, *, wait: bool = True, shared: bool = False) -> Iterator[bool]:
    """Hold a lock that dies with this process, and so is never stale. Yields False if it is taken and we don't wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(lock, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class _Left(subprocess.Popen[bytes]):
    """A process that may outlive us: no complaint when the object that started it goes away."""

    def __del__(self) -> None:
        pass


class Process:
    """One named process of a folder: its log in `log/<name>.log`, its identity in `run/<name>.json`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._mark = f"{folder.resolve()}:{name}"
        self.log = folder / "log" / f"{name}.log"
        self._record = folder / "run" / f"{name}.json"
        self._child: _Left | None = None

    def start(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str] | None = None,
        *,
        user: str | None = None,
        folder: Path | None = None,
        descriptors: Sequence[int] = (),
    ) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._record.parent.mkdir(parents=True, exist_ok=True)
        mode = "wb" if self.log.is_file() and self.log.stat().st_size > LOG_LIMIT else "ab"
        with self.log.open(mode) as output:
            self._child = _Left(
                [str(part) for part in command],
                cwd=folder,
                env={**(clean_environment() if environment is None else environment), MARK: self._mark},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=descriptors,
                user=user,
                group=_group_of(user),
                extra_groups=[] if user else None,
            )
        identity = {"pid": self._child.pid, "born": _born(self._child.pid)}
        write_atomically(self._record, json.dumps(identity))

    @property
    def pid(self) -> int | None:
        """The living process' id, also when an earlier run started it; a reused id is not taken for it."""
        try:
            identity = json.loads(self._record.read_text())
        except (OSError, ValueError):
            return None
        pid = int(identity["pid"])
        if self._child and self._child.pid == pid and self._child.poll() is not None:
            return None
        return pid if identity["born"] == _born(pid) else None

    def comes_up(self, answers: Callable[[], bool], *, seconds: float) -> bool:
        """Wait until it answers; False when it dies or the time is over."""
        wait_until(lambda: self.pid is None or answers(), seconds=seconds)
        return self.pid is not None and answers()

    def stop(self, how: signal.Signals = signal.SIGTERM, *, seconds: float = 15) -> None:
        """Ask it to stop; kill it and what it started when it does not."""
        pid = self.pid
        if pid is not None:
            _send(os.kill, pid, how)
            wait_until(lambda: self.pid is None, seconds=seconds)
            _send(os.killpg, pid, signal.SIGKILL)
            wait_until(lambda: self.pid is None, seconds=5)
        self._record.unlink(missing_ok=True)

    def clear(self) -> None:
        """Kill whatever is left of it, from this run or an earlier one, also children whose parent was killed."""
        for pid in _carriers(self._mark):
            _send(os.kill, pid, signal.SIGKILL)
        wait_until(lambda: not _carriers(self._mark), seconds=5)
        self._record.unlink(missing_ok=True)

    def last_words(self) -> str:
        """The last line of the log that says something, for an error message."""
        with suppress(OSError):
            lines = self.log.read_text(errors="replace").splitlines()
            return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
        return "it said nothing"


def write_atomically(path: Path, text: str, *, mode: int = 0o644) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def clean_environment() -> dict[str, str]:
    """Ours, less what keeps Python from storing byte code: a second start would be seconds slower."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _born(pid: int) -> str | None:
    """When this process started, as its system tells it; None if it is not alive."""
    if HAS_PROC:
        try:
            state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return None if state in "ZX" else rest[18]
    told = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return None if not told or told.startswith("Z") else told.partition(" ")[2].strip()


def command_of(pid: int) -> str:
    if HAS_PROC:
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()


def _carriers(mark: str) -> list[int]:
    """The processes that carry this mark in their environment, as every descendant of a marked one does."""
    if HAS_PROC:
        wanted = f"{MARK}={mark}".encode()
        return [int(place.name) for place in Path("/proc").glob("[0-9]*") if wanted in _environment_of(place)]
    told = subprocess.run(["ps", "-axwwE", "-o", "pid=,command="], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in told.splitlines() if f"{MARK}={mark}" in line.split()]


def _environment_of(place: Path) -> list[bytes]:
    try:
        return (place / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _send(send: Callable[[int, int], None], pid: int, how: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        send(pid, how)


def _group_of(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None
