"""How much mail waits in the whole installation, and for how long: for whoever watches it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from notifications.selectors import queue_state


class Command(BaseCommand):
    help = "Print how many messages are due and unsent, and the age of the oldest in seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--max-age", type=int, help="Fail if the oldest has waited longer than this, in seconds.")

    def handle(self, *args: Any, max_age: int | None = None, **options: Any) -> None:
        state = queue_state(now())
        seconds = int(state.age.total_seconds())
        self.stdout.write(f"waiting {state.waiting}\noldest_seconds {seconds}")
        if max_age is not None and seconds > max_age:
            raise CommandError(f"The oldest message has waited for {seconds} s.", returncode=2)
