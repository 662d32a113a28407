"""Alternating blocks: each act of the portal beside its floor, CPU of server and PostgreSQL per request."""

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from tests.benchmarks.servers import Server, children, cpu_of, used

Act = Callable[[int], None]


@dataclass
class Measured:
    """CPU per request in milliseconds, one figure per block."""

    name: str
    floor: str
    goal: float
    blocks: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        return statistics.median(self.blocks)


class Meter:
    """The CPU of a server's worker and of all PostgreSQL processes."""

    def __init__(self, postmaster: int) -> None:
        self.postmaster = postmaster

    def postgres(self) -> dict[int, float]:
        return cpu_of([self.postmaster, *children(self.postmaster)])

    def here(self, act: Callable[[], object], count: int) -> float:
        """CPU milliseconds of this process and of PostgreSQL per call, over `count` calls.

        Looking for PostgreSQL's processes costs this one as much as some calls: it is done before and after.
        """
        database = self.postgres()
        own = time.process_time()
        for _ in range(count):
            act()
        own = time.process_time() - own
        return (own + used(database, self.postgres())) / count * 1000

    def block(self, server: Server, act: Act, first: int, count: int) -> float:
        """CPU milliseconds per request over `count` requests. Raises where the server lost a process meanwhile."""
        own, database = server.cpu(), self.postgres()
        for number in range(first, first + count):
            act(number)
        own_after, database_after = server.cpu(), self.postgres()
        if not own.keys() <= own_after.keys():
            raise RuntimeError(f"A process of {server.name} ended while it was measured.")
        return (used(own, own_after) + used(database, database_after)) / count * 1000


def postmaster_of(admin_url: str) -> int:
    """The process of PostgreSQL whose children are its backends."""
    with closing(psycopg2.connect(admin_url)) as admin, admin.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
        own = int(Path(folder, "postmaster.pid").read_text().splitlines()[0])
        if Path(f"/proc/{own}/comm").exists() and "postgres" in Path(f"/proc/{own}/comm").read_text():
            return own
        return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def alternate(meter: Meter, acts: list[tuple[Measured, Server, Act]], *, blocks: int, count: int) -> None:
    """Run every act's block in turn, `blocks` times over; the first round only warms up."""
    for turn in range(blocks + 1):
        for measured, server, act in acts:
            cost = meter.block(server, act, turn * count, count)
            if turn:
                measured.blocks.append(cost)
