import os
import signal
import subprocess
import sys

import pytest

from partnerhub.embedded.processes import Process, locked, wait_until

SLEEPER = [sys.executable, "-c", "import signal; signal.pause()"]
FAMILY = [sys.executable, "-c", f"import signal, subprocess; subprocess.Popen({SLEEPER!r}); signal.pause()"]


@pytest.fixture
def process(tmp_path):
    made = Process(tmp_path, "sleeper")
    yield made
    made.clear()


def test_a_later_run_finds_it_and_stops_it(process, tmp_path):
    process.start(SLEEPER)
    later = Process(tmp_path, "sleeper")
    assert later.pid == process.pid
    later.stop()
    assert process.pid is None


def test_a_reused_process_id_is_not_taken_for_it(process, tmp_path):
    process.start(SLEEPER)
    (tmp_path / "run" / "sleeper.json").write_text(f'{{"pid": {os.getpid()}, "born": "long ago"}}')
    assert Process(tmp_path, "sleeper").pid is None


def test_children_of_a_killed_parent_are_cleared(process, tmp_path):
    process.start(FAMILY)
    assert wait_until(lambda: len(_family(tmp_path)) == 2, seconds=60)
    os.kill(process.pid, signal.SIGKILL)
    assert wait_until(lambda: len(_family(tmp_path)) == 1, seconds=60)
    Process(tmp_path, "sleeper").clear()
    assert _family(tmp_path) == []


def test_one_that_does_not_stop_is_killed(process):
    stubborn = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); signal.pause()"
    )
    process.start([sys.executable, "-c", stubborn])
    assert wait_until(lambda: process.last_words() == "ready", seconds=60)
    process.stop(seconds=0.2)
    assert process.pid is None


def test_a_lock_is_held_by_one(tmp_path):
    with locked(tmp_path / "lock") as first, locked(tmp_path / "lock", wait=False) as second:
        assert (first, second) == (True, False)


def test_a_lock_dies_with_its_holder(tmp_path):
    holder = (
        "import signal, sys, pathlib; from partnerhub.embedded.processes import locked\n"
        f"with locked(pathlib.Path({str(tmp_path / 'lock')!r})): print('held', flush=True); signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE) as child:
        assert child.stdout.readline() == b"held\n"
        with locked(tmp_path / "lock", wait=False) as taken:
            assert not taken
        child.kill()
    with locked(tmp_path / "lock", wait=False) as taken:
        assert taken


def _family(folder):
    told = subprocess.run(["ps", "axeww", "-o", "pid=,command="], capture_output=True, text=True, check=True).stdout
    return [line for line in told.splitlines() if f"PARTNERHUB_PART={folder.resolve()}:sleeper" in line]
