"""What is measured, by whom, beside which floor, and what is wanted (design: performance.md)."""

import gzip
import re
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from partnerhub.web.lists.pages import KINDS
from tests.benchmarks.data import Cast, Size, analyse, load, manager_of
from tests.benchmarks.exporting import Exported, exported
from tests.benchmarks.mail import mail_rates
from tests.benchmarks.measure import Act, Measured, Meter, alternate, postmaster_of
from tests.benchmarks.routing import routing_cost
from tests.benchmarks.servers import Browser, Server, private_mib, served
from tests.benchmarks.verbs import Verbs, queued_for, verb_lines

BACKEND = "partnerhub.accounts.seated.PersonBackend"
GOALS = {  # name → (floor, ratio, statements)
    "leads page, first": ("floor: list", 2.5, 8),
    "leads page, page 50": ("floor: list", 2.5, 8),
    "leads page, by company": ("floor: list", 2.5, 8),
    "leads page, awarded by contact": ("floor: list", 2.5, 8),
    "fragment": ("floor: list", 1.5, 6),
    "API list": ("floor: API list", 1.5, 6),
    "search, rare word": ("floor: list", 2.3, 8),
    "search, frequent word": ("floor: list", 2.3, 8),
    "search, word in every row": ("floor: list", 2.3, 8),
    "search, two letters": ("floor: list", 2.3, 8),
    "search, nothing found": ("floor: list", 2.3, 8),
    "partner's leads page": ("floor: list", 2.5, 8),
    "queue list": ("floor: list", 2.5, 8),
    "lead page": ("floor: signed in", 2.5, 10),
    "submit": ("floor: signed in, written", 4.0, 15),
    "home": ("floor: signed in", 0, 0),  # 0: no goal
    "triage": ("floor: list", 0, 0),
}
FLAT = 1.2
WAITING = 60
"""So many leads wait in the queue beside those that are claimed: two pages of them."""
PEOPLE = 5
"""So many channel managers ask in turn."""


class Bench:
    """One size: loads it, measures every act, keeps the figures."""

    def __init__(self, admin_url: str, size: Size, blocks: int, count: int) -> None:
        self.admin_url, self.blocks, self.count = admin_url, blocks, count
        self.cast: Cast = load(admin_url, size)
        self.measured: dict[str, Measured] = {}
        self.statements: dict[str, int] = {}
        self.bytes: dict[str, tuple[int, int]] = {}
        self.memory: tuple[float, float] = (0, 0)
        self.exports: list[Exported] = []
        self.mail: tuple[float, float] = (0, 0)
        self.routing = ""
        self.verbs: list[str] = []

    def run(
        self, stack: ExitStack, floor_port: int, portal_port: int, arguments: list[str], *, memory_requests: int
    ) -> None:
        floor = stack.enter_context(
            served(Server("floor", "tests.benchmarks.floor.wsgi:application", floor_port, {}, *arguments))
        )
        portal_environment = {
            "PUBLIC_URL": f"http://127.0.0.1:{portal_port}",
            "API_RATE_MEMBER": "1000000",
            "API_RATE_TENANT": "1000000",
            "EXPORT_ROWS_AT_ONCE": "100000000",
        }
        portal = stack.enter_context(
            served(Server("portal", "partnerhub.wsgi:application", portal_port, portal_environment, *arguments))
        )
        meter = Meter(postmaster_of(self.admin_url))
        verbs = Verbs(meter, self.cast.slug, self.cast.seller, self.cast.manager)
        verbs.fill_queue(queued_for(self.count, self.blocks) + WAITING)
        analyse(self.admin_url)
        acts = self._floor_acts(floor) + self._portal_acts(portal)
        alternate(meter, acts, blocks=self.blocks, count=self.count)
        self.measured = {measured.name: measured for measured, _server, _act in acts}
        self._count_statements()
        people, paths = self._managers(portal), [*self._paths().values(), *self._lead_paths()]
        self.exports = [exported(portal, people[0], f"/{self.cast.slug}/leads/export.{kind}") for kind in KINDS]
        self.verbs = verb_lines(verbs, self.count, self.blocks)
        before = private_mib(portal.worker())
        for number in range(memory_requests):
            people[number % len(people)].ask("GET", paths[number % len(paths)])
        self.memory = (before, private_mib(portal.worker()))
        self.mail = mail_rates(
            self._client(self.cast.seller), self.cast.slug, submission, blocks=self.blocks, leads=4 * self.count
        )
        self.routing = routing_cost(meter, self.cast.slug, self.cast.manager, 4 * self.count)

    def table(self, small: "Bench") -> str:
        """The one table, in Markdown."""
        lines = [
            "| act | CPU ms | ratio to its floor | goal | statements (goal) | bytes, gzip | small → whole |",
            "|---|---|---|---|---|---|---|",
        ]
        for name, (floor, goal, statements) in GOALS.items():
            cost = self.measured[name].milliseconds
            ratio = cost / self.measured[floor].milliseconds
            growth = cost / small.measured[name].milliseconds
            raw, packed = self.bytes[name]
            beside = floor.removeprefix("floor: ")
            lines.append(
                f"| {name} | {cost:.1f} | {ratio:.2f} × {beside} | {_wanted(ratio, goal)} |"
                f" {self.statements[name]} ({_wanted(self.statements[name], statements)}) |"
                f" {raw:,} / {packed:,} | {growth:.2f} {_mark(growth, FLAT)} |"
            )
        floors = ", ".join(
            f"{name.removeprefix('floor: ')} {measured.milliseconds:.1f}"
            for name, measured in self.measured.items()
            if name.startswith("floor: ")
        )
        lines.append(f"\nFloor, CPU ms: {floors}.")
        first, last = self.memory
        lines.append(f"Web worker: {first:.0f} MiB, after the requests {last:.0f} MiB (goal ≤ 150, not growing).")
        lines += [str(one) for one in self.exports]
        lines += self.verbs
        ours, bare = self.mail
        lines.append(f"Mail: {ours:.0f} a second, a bare loop {bare:.0f}: {ours / bare:.0%} (goal ≥ 60 %).")
        lines.append(self.routing)
        return "\n".join(lines)

    def _floor_acts(self, floor: Server) -> list[tuple[Measured, Server, Act]]:
        browser = Browser(floor.port)

        def get(path: str) -> Act:
            def act(number: int) -> None:
                status, _content = browser.ask("GET", path)
                assert status == 200, path

            return act

        def insert(number: int) -> None:
            assert browser.ask("POST", "/insert/")[0] == 201

        signed = Browser(floor.port)
        signed.ask("GET", "/sign-in/")
        signed.post("/sign-in/", {})

        def read(number: int) -> None:
            status, content = signed.ask("GET", "/signed/1/")
            assert status == 200, content[:500]

        def written(number: int) -> None:
            signed.cookies.pop("messages", None)  # the page after the last one showed it
            assert signed.post("/signed/insert/", {})[0] == 302

        paths = {
            "floor: signed in": read,
            "floor: signed in, written": written,
            "floor: ok": get("/ok/"),
            "floor: list": get("/rows/"),
            "floor: detail": get("/rows/1/"),
            "floor: insert": insert,
            "floor: API list": get("/api/rows/"),
        }
        return [(Measured(name, name, 1.0), floor, act) for name, act in paths.items()]

    def _paths(self) -> dict[str, str]:
        base = f"/{self.cast.slug}"
        leads = f"{base}/leads/"
        return {
            "leads page, first": leads,
            "leads page, page 50": f"{leads}?cursor={self._page(50)}",
            "leads page, by company": f"{leads}?sort=company",
            "leads page, awarded by contact": f"{leads}?status=awarded&sort=contact",
            "fragment": leads,
            "API list": f"{base}/api/v1/leads/",
            "search, rare word": f"{leads}?q={self.cast.rare_word[2:]}",
            "search, frequent word": f"{leads}?q=aker",
            "search, word in every row": f"{leads}?q=example.org",
            "search, two letters": f"{leads}?q=ba",
            "search, nothing found": f"{leads}?q=nordwind",
            "home": f"{base}/",
            "triage": f"{base}/triage/",
            "lead page": f"{leads}{self.cast.lead_id}/",
        }

    def _page(self, wanted: int) -> str:
        """The cursor of a page far down, found by walking there."""
        if not hasattr(self, "_cursor"):
            client = self._client(self.cast.manager)
            cursor = ""
            for _ in range(wanted - 1):
                content = client.get(f"/{self.cast.slug}/leads/?cursor={cursor}").content.decode()
                found = re.search(r'href="\?cursor=([^"&]+)" rel="next"', content)
                if not found:
                    break
                cursor = found[1]
            self._cursor = cursor
        return self._cursor

    def _lead_paths(self) -> list[str]:
        """The leads of the first page: one after the other is opened, as a person would."""
        leads = f"/{self.cast.slug}/leads/"
        content = self._client(self.cast.manager).get(leads).content.decode()
        return re.findall(rf'href="({leads}[0-9a-f-]{{36}}/)[?"]', content)

    def _portal_acts(self, portal: Server) -> list[tuple[Measured, Server, Act]]:
        managers = self._managers(portal)
        seller = Browser(portal.port).sign_in(self.cast.slug, self.cast.seller)
        acts: list[tuple[Measured, Server, Act]] = []
        for name, path in self._paths().items():
            headers = {"HX-Request": "true", "HX-Target": "list"} if name == "fragment" else {}
            paths = self._lead_paths() if name == "lead page" else [path]
            acts.append((Measured(name, *GOALS[name][:2]), portal, self._get(managers, name, paths, headers)))
        own = f"/{self.cast.slug}/leads/"
        for name, path in (("partner's leads page", own), ("queue list", f"{own}queue/")):
            acts.append((Measured(name, *GOALS[name][:2]), portal, self._get([seller], name, [path], {})))
        seller.ask("GET", f"/{self.cast.slug}/leads/new/pos/")

        def submit(number: int) -> None:
            seller.cookies.pop("messages", None)  # the page after the last one showed it
            values = submission(number) | {"csrfmiddlewaretoken": seller.token}
            status, content = seller.ask("POST", f"/{self.cast.slug}/leads/new/pos/", urlencode(values))
            assert status in (302, 303), content[-3000:]
            self.bytes["submit"] = (len(content), len(gzip.compress(content)))

        acts.append((Measured("submit", *GOALS["submit"][:2]), portal, submit))
        return acts

    def _managers(self, portal: Server) -> list[Browser]:
        """Channel managers who are signed in."""
        people = [self.cast.manager, *(manager_of(self.cast.slug, index) for index in range(1, PEOPLE))]
        return [Browser(portal.port).sign_in(self.cast.slug, person) for person in people]

    def _get(self, browsers: list[Browser], name: str, paths: list[str], headers: dict[str, str]) -> Act:
        def act(number: int) -> None:
            path = paths[number % len(paths)]
            status, content = browsers[number % len(browsers)].ask("GET", path, headers=headers)
            assert status == 200, (path, status, content[:500])
            self.bytes[name] = (len(content), len(gzip.compress(content)))

        return act

    def _client(self, email: str) -> Client:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(get_user_model().objects.get(email=email), backend=BACKEND)
        return client

    def _count_statements(self) -> None:
        """Statements of each act, counted in this process on the same database, without BEGIN and COMMIT."""
        manager, seller = self._client(self.cast.manager), self._client(self.cast.seller)
        own = f"/{self.cast.slug}/leads/"
        asked = [(name, manager, path) for name, path in self._paths().items()]
        asked += [("partner's leads page", seller, own), ("queue list", seller, f"{own}queue/")]
        for name, client, path in asked:
            headers = {"HX-Request": "true", "HX-Target": "list"} if name == "fragment" else {}
            self.statements[name] = _statements(lambda: client.get(path, headers=headers))  # noqa: B023 - called at once
        self.statements["submit"] = _statements(lambda: seller.post(f"{own}new/pos/", submission(-1)))


def submission(number: int) -> dict[str, str]:
    """A complete POS form with an id of its own."""
    return {
        "lead": str(uuid.uuid4()),
        "company": f"Bench shop {number}",
        "website": f"https://shop-{uuid.uuid4().hex[:12]}.example.org",
        "country": "DE",
        "first_name": "Ada",
        "last_name": "Byron",
        "email": f"ada.{number}@example.org",
        "locations": "2",
        "consent": "on",
        "consent_basis": "spoken",
        "consent_date": "2026-10-01",
        "terms": "on",
        "submit": "1",
    }


def _statements(act: Callable[[], Any]) -> int:
    sent: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        act()
    return len(sent)


def _wanted(value: float, goal: float) -> str:
    """The goal and whether it is reached; a dash where there is none."""
    return f"≤ {goal} {_mark(value, goal)}" if goal else "–"


def _mark(value: float, goal: float) -> str:
    return "✓" if value <= goal else "✗"
