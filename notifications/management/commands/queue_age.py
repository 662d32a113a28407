"""How much mail waits in the whole installation, and for how long: for whoever watches it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from notifications.selectors import queue_state


class Command(BaseCommand):
    help = "Print how many messages are unsent although they were due, and for how many seconds the oldest has been."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--over", type=int, help="Fail with 2 if the oldest has waited for more seconds than this.")

    def handle(self, *args: Any, over: int | None = None, **options: object) -> None:
        state = queue_state(now())
        seconds = int(state.age.total_seconds())
        self.stdout.write(f"waiting {state.waiting}\noldest_seconds {seconds}")
        if over is not None and seconds > over:
            raise CommandError(f"The oldest message has waited for {seconds} s.", returncode=2)
