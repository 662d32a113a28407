"""`make demo` as a person sees it: it starts, survives what dies, keeps its rows, and stops without a trace."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import psycopg2
import pytest

from partnerhub.embedded.building import ROOT
from partnerhub.embedded.ports import answers
from partnerhub.embedded.processes import MARK, Process, wait_until
from partnerhub.embedded.services import SERVERS, Services

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("portal")]
PARTS = ("web", "live", "worker", "webhooks", "beat", "postgres", "valkey", "mail")


class Demo:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._runner: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._runner = subprocess.Popen(
            [sys.executable, "-m", "partnerhub.embedded", "demo", "--dir", str(self.folder)],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name not in (*SERVERS, *OF_THE_TESTS)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in self._runner.stdout:
            if "Started in" in line:
                return
        raise AssertionError("The demo did not start.")

    def stop(self) -> int:
        self._runner.send_signal(signal.SIGINT)
        self._runner.stdout.read()
        return self._runner.wait(timeout=60)

    def kill(self, *names: str) -> None:
        for name in names:
            os.kill(self.part(name).pid, signal.SIGKILL)

    def kill_runner(self) -> None:
        self._runner.kill()
        self._runner.wait()

    def part(self, name: str) -> Process:
        return Process(self.folder, name)

    @property
    def facts(self) -> dict:
        return json.loads(self.folder.with_suffix(".json").read_text())

    def page_answers(self) -> bool:
        try:
            return httpx.get(f"{self.facts['base_url']}/accounts/login/", timeout=10).status_code == 200
        except httpx.TransportError:
            return False

    def signs_in(self, person: dict[str, str]) -> bool:
        with httpx.Client(base_url=self.facts["base_url"], follow_redirects=True, timeout=60) as browser:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/accounts/login/").text)[1]
            sent = {"login": person["email"], "password": person["password"], "csrfmiddlewaretoken": token}
            return not browser.post("/accounts/login/", data=sent).url.path.endswith("/login/")

    def ask(self, statement: str) -> object:
        postgres = Services(self.folder).postgres
        address = postgres.url("postgres", Services(self.folder).credentials.postgres, "partnerhub")
        with closing(psycopg2.connect(address)) as database, database, database.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None

    def traces(self) -> list[str]:
        told = subprocess.run(["ps", "axeww", "-o", "pid=,command="], capture_output=True, text=True, check=True).stdout
        return [line[:200] for line in told.splitlines() if f"{MARK}={self.folder.resolve()}:" in line]


OF_THE_TESTS = (
    "SECRET_KEY",
    "STORAGE_URL",
    "STATIC_ROOT",
    "BEAT_SCHEDULE_FILE",
    "PUBLIC_URL",
    "DJANGO_SETTINGS_MODULE",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, module_environment: None) -> Iterator[Demo]:
    made = Demo(tmp_path_factory.mktemp("demo") / "demo")
    made.start()
    yield made
    if made._runner.poll() is None:
        made.stop()


@pytest.fixture(scope="module")
def module_environment() -> Iterator[None]:
    """This process asks the demo's servers, not those of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for setting in (*SERVERS, *OF_THE_TESTS[:-1]):
            patch.delenv(setting, raising=False)
        yield


def test_it_serves_the_sign_in_page_and_says_who_may_sign_in(demo):
    assert demo.page_answers()
    assert Path(demo.facts["mail_dir"]).is_dir()
    assert httpx.get(demo.facts["mailbox_url"], timeout=60).status_code == 200
    assert all({"tenant", "role", "email", "password"} == person.keys() for person in demo.facts["people"])
    assert len({person["tenant"] for person in demo.facts["people"]}) == 2


def test_its_passwords_are_not_for_other_users_of_the_machine(demo):
    folder = demo.folder
    kept = [folder, folder.with_suffix(".json"), folder / "credentials.json", folder / "people.json"]
    assert [oct(file.stat().st_mode & 0o077) for file in kept] == ["0o0"] * 4


def test_no_part_of_the_portal_knows_the_owner_of_the_tables(demo):
    for name in ("web", "live", "worker", "webhooks", "beat"):
        environment = Path(f"/proc/{demo.part(name).pid}/environ").read_bytes()
        assert b"DATABASE_URL=" in environment
        assert b"DATABASE_OWNER_URL" not in environment
        assert b"DATABASE_ADMIN_URL" not in environment


def test_a_second_one_says_that_it_runs_already(demo):
    second = subprocess.run(
        [sys.executable, "-m", "partnerhub.embedded", "demo", "--dir", str(demo.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert second.stderr.splitlines()[-1].startswith("PartnerHub cannot start: it runs already")


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_dies_is_started_again(demo, name):
    former = demo.part(name).pid
    demo.kill(name)
    assert wait_until(lambda: demo.part(name).pid not in {None, former}, seconds=90)
    assert wait_until(demo.page_answers, seconds=90)


def test_after_everything_was_killed_the_next_start_has_every_row(demo):
    demo.ask("CREATE TABLE kept AS SELECT 'still here' AS word")
    people = demo.facts["people"]
    demo.kill_runner()
    demo.kill(*PARTS)
    demo.start()
    assert demo.ask("SELECT word FROM kept") == "still here"
    assert demo.page_answers()
    assert demo.facts["people"] == people


def test_after_the_runner_alone_was_killed_the_next_start_takes_over(demo):
    demo.kill_runner()
    demo.start()
    assert demo.page_answers()
    assert len([line for line in demo.traces() if "celery" in line and " beat" in line]) == 1


@pytest.mark.parametrize("left", [None, "[]"])
def test_sign_ins_that_are_lost_or_of_another_database_are_made_anew(demo, left):
    former, file = demo.facts["people"], demo.folder / "people.json"
    demo.stop()
    file.unlink() if left is None else file.write_text(left)
    demo.start()
    people = demo.facts["people"]
    assert [person | {"password": ""} for person in people] == [person | {"password": ""} for person in former]
    assert not demo.signs_in(former[0])
    assert demo.signs_in(people[0])


def test_ctrl_c_stops_everything(demo):
    ports = [Services(demo.folder).postgres._port.known, Services(demo.folder).valkey._port.known]
    assert demo.stop() == 0
    assert demo.traces() == []
    assert not any(answers(port) for port in ports)
