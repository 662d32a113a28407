"""Ports on this machine's loopback: free ones, kept over restarts so that addresses stay the same."""

import random
import socket
from pathlib import Path

from .processes import write_atomically

LOOPBACK = "127.0.0.1"


class Port:
    """The port of one part of a folder. One that somebody else took meanwhile is replaced."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / "run" / f"{name}.port"

    @property
    def known(self) -> int:
        """The port in use, or of last time; 0, where nothing answers, if there never was one."""
        return int(self._file.read_text()) if self._file.is_file() else 0

    def free(self) -> int:
        """The port of last time if it is free, else another."""
        port = self.known
        if not port or not is_free(port):
            port = _any_free()
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, str(port))
        return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def answers(port: int) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def _any_free() -> int:
    """One below those that the system gives to outgoing connections, which could take it while its server restarts."""
    return next(port for port in iter(lambda: random.randrange(20_000, 32_000), None) if is_free(port))  # noqa: S311
