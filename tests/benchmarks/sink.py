"""A mail server on loopback, in a process of its own, that takes everything: `python -m tests.benchmarks.sink PORT`."""

import signal
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class TakesAll:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        return "250 Taken"


if __name__ == "__main__":
    Controller(TakesAll(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    signal.pause()
