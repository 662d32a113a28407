"""A mail box on this machine: a real SMTP server that keeps each mail as a file, and a page that shows them."""

import sys
from pathlib import Path

from partnerhub.embedded.ports import LOOPBACK, Port, answers
from partnerhub.embedded.processes import Process, StartError, locked


class Letterbox:
    def __init__(self, folder: Path) -> None:
        self.mails = folder / "mail"
        self._smtp = Port(folder, "smtp")
        self._page = Port(folder, "mailbox")
        self._lock = folder / "run" / "mail.lock"
        self.process = Process(folder, "mail")

    def start(self) -> None:
        with locked(self._lock):
            if self.process.comes_up(self.answers, seconds=5):
                return
            self.process.stop()
            for _ in range(3):
                module = "partnerhub.embedded.letterbox"
                self.process.start(
                    [sys.executable, "-m", module, str(self._smtp.free()), str(self._page.free()), self.mails]
                )
                if self.process.comes_up(self.answers, seconds=20):
                    return
            raise StartError(f"The mail box does not start: {self.process.last_words()} (see {self.process.log})")

    def stop(self) -> None:
        with locked(self._lock):
            self.process.stop()

    def answers(self) -> bool:
        return answers(self._smtp.known) and answers(self._page.known)

    @property
    def url(self) -> str:
        """Where the portal sends its mail."""
        return f"smtp://{LOOPBACK}:{self._smtp.known}"

    @property
    def page(self) -> str:
        """Where a person reads it."""
        return f"http://{LOOPBACK}:{self._page.known}/"
