"""Exports: rows in a second of CPU, when the first byte comes, and what they leave in the worker's memory."""

import time
from dataclasses import dataclass

from tests.benchmarks.servers import Browser, Server, private_mib, used


@dataclass(frozen=True)
class Exported:
    """One file. `rate`: rows in a second of the server's CPU; `first`: seconds until the first byte of it."""

    path: str
    rate: float
    first: float
    grown: float

    def __str__(self) -> str:
        kind = self.path.rpartition(".")[2].upper()
        return (
            f"{kind}: {self.rate:,.0f} rows in a second of CPU (goal ≥ 6,000), first byte after"
            f" {self.first * 1000:.0f} ms, {self.grown:+.0f} MiB."
        )


def exported(server: Server, browser: Browser, path: str) -> Exported:
    """All leads of the tenant, asked for by somebody who is signed in; the second time, as a worker lives long."""
    browser.ask("GET", f"{path}?q=nordwind")
    rows = browser.ask("GET", path.replace("xlsx", "csv"))[1].count(b"\r\n") - 1
    memory, began, cpu = private_mib(server.worker()), time.perf_counter(), server.cpu()
    first = browser.first_byte(path) - began
    return Exported(path, rows / used(cpu, server.cpu()), first, private_mib(server.worker()) - memory)
