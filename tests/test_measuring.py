"""How the benchmark counts CPU: never less than nothing, though processes come and go while it looks."""

import os
import subprocess
import sys
import time
from threading import Thread

from tests.benchmarks.measure import Meter
from tests.benchmarks.servers import children, cpu_of, cpu_seconds, used


def burn() -> None:
    sum(range(300_000))


class Looking(Meter):
    """Looking for processes takes this one much longer than what is measured."""

    def __init__(self) -> None:
        super().__init__(os.getpid())

    def postgres(self) -> dict[int, float]:
        for _ in range(30):
            burn()
        return {}


def test_looking_for_processes_is_not_counted() -> None:
    """It was once: divided by the few calls of a short run, it was most of what a verb seemed to cost."""
    before = time.process_time()
    cost = Looking().here(lambda: None, 1)
    assert cost < (time.process_time() - before) * 1000 / 10


def test_threads_that_have_ended_count() -> None:
    before = cpu_of([os.getpid()])
    thread = Thread(target=burn)
    thread.start()
    thread.join()
    assert used(before, cpu_of([os.getpid()])) > 0


def test_a_process_that_ends_meanwhile_takes_nothing_away() -> None:
    """PostgreSQL's helpers end while a block runs: what they had used before it was once taken off its cost."""
    command = [sys.executable, "-c", "sum(range(3_000_000)); print(flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as helper:
        assert helper.stdout
        helper.stdout.readline()
        assert helper.pid in children(os.getpid())
        before = cpu_of([helper.pid])
        assert before[helper.pid] > 0
        helper.communicate(b"\n")
    assert cpu_seconds(helper.pid) == 0
    assert used(before, cpu_of([helper.pid])) == 0
    assert used({}, before) == before[helper.pid]
