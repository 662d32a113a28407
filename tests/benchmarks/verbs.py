"""Verbs that are hot by themselves: a claim beside its bare UPDATE, the conflict check.

Measured in this process once it is warm, in alternating blocks as the acts are: its CPU and PostgreSQL's for each call;
a claim's rate, and the bare one's, by the clock.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from leads.models import Lead, Program
from leads.selectors.verdicts import verdict_of
from leads.services.verdicts import keys_for
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import QueuedLead
from partnerhub.claims.services import To, WhereTo, bring_lead, change_queue, claim_lead
from partnerhub.claims.states import Whereabouts
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.benchmarks.data import Cast, analyse
from tests.benchmarks.measure import Meter
from tests.benchmarks.routing import routing_cost

NO_LIMIT = {"held_at_most": 1000, "per_day": 1000, "per_week": 5000}
BARE = (
    "UPDATE claims_queuedlead SET place = 'claimed' WHERE tenant_id = %s AND id = %s AND place = 'queue' RETURNING id"
)
WARM_UP = 20
"""So many calls come before what is measured: what a process does once (reading, preparing, planning) is done then."""
FACTS = {"industry": "restaurant", "size": "Four shops", "need": "Tills that work offline"}


@dataclass(frozen=True)
class VerbCost:
    """What one call costs, and what is wanted: `goal` in CPU ms, `most` statements (0: none is named)."""

    name: str
    milliseconds: float
    goal: float
    statements: int
    most: int = 0

    def __str__(self) -> str:
        """As it stands under the table."""
        told = f"{self.name}: {self.milliseconds:.1f} ms CPU (goal ≤ {self.goal:g})"
        return f"{told}, {self.statements} statements" + (f" (goal ≤ {self.most})." if self.most else ".")


class Verbs:
    """The verbs of one tenant, by a seller and a channel manager of it."""

    def __init__(self, meter: Meter, slug: str, seller: str, manager: str) -> None:
        self.meter = meter
        self.tenant = Tenant.objects.get(slug=slug)
        with tenant_scope(self.tenant):
            members = Membership.objects.select_related("user", "partner")
            self.seller, self.manager = (members.get(user__email=email) for email in (seller, manager))

    def fill_queue(self, count: int) -> None:
        """The channel manager brings so many leads, which wait for whoever takes them, by the widest limits."""
        with self._by(self.manager):
            program = Program.objects.get(slug="pos")
            for number in range(count):
                host = f"queued-{new_id().hex[-12:]}.example.org"
                told = {
                    "company": f"Queued {number}",
                    "website": f"https://{host}",
                    "country": "DE",
                    "last_name": "Byron",
                }
                said = told | {"first_name": "Ada", "email": f"ada@{host}", "phone": "", "job_title": "", "notes": ""}
                said["postcode"] = "20457"
                bring_lead(new_id(), program=program, answers=said, facts=FACTS, to=To(WhereTo.QUEUE), by=self.manager)
            change_queue(self._waiting()[0].queue_id, NO_LIMIT, by=self.manager)

    def claims(self, count: int, blocks: int) -> tuple[VerbCost, float, float]:
        """What a claim costs; and claims a second by the verb, and by the bare UPDATE, each with its commit.

        `count` of each in a block, in turn; medians of the blocks. Takes `queued_for(count, blocks)` leads.
        """
        with self._by(self.manager):
            waiting = iter(list(self._waiting()[: queued_for(count, blocks)]))

        def claim() -> None:
            with self._by(self.seller):
                claim_lead(next(waiting).lead_id, by=self.seller)

        def update() -> None:
            with self._by(self.manager), connection.cursor() as cursor:
                cursor.execute(BARE, [self.tenant.pk, next(waiting).pk])
                assert cursor.fetchall(), "The row was taken already."

        for act in (claim, update):
            self.meter.here(act, WARM_UP)
        statements = _statements(claim)
        costs, ours, bare = [], [], []
        for _ in range(blocks):
            began = time.perf_counter()
            costs.append(self.meter.here(claim, count))
            ours.append(count / (time.perf_counter() - began))
            began = time.perf_counter()
            self.meter.here(update, count)
            bare.append(count / (time.perf_counter() - began))
        cost = VerbCost("Claim", statistics.median(costs), 10, statements, 6)
        return cost, statistics.median(ours), statistics.median(bare)

    def check(self, count: int) -> VerbCost:
        """What the tenant knows of a business."""
        with self._by(self.seller):
            found = Lead.objects.exclude(submitted_at=None).order_by("-number")[: WARM_UP + count + 1]
            asked = iter([keys_for(lead) for lead in found])

            def check() -> None:
                verdict_of(next(asked), partner_id=self.seller.partner.pk, lead_id=new_id())

            self.meter.here(check, min(WARM_UP, len(found) // 2))
            statements = _statements(check)
            rest = min(count, len(found) - 1 - min(WARM_UP, len(found) // 2))
            return VerbCost("Conflict check", self.meter.here(check, rest), 3, statements)

    def _waiting(self) -> QuerySet[QueuedLead]:
        return QueuedLead.objects.filter(place=Whereabouts.QUEUE).order_by("since")

    @contextmanager
    def _by(self, member: Membership) -> Iterator[None]:
        """One transaction, with the member's side named, as a request of theirs has it."""
        inside = {"side": member.side, "partner_id": member.partner_id, "user_id": member.user_id}
        with transaction.atomic(), tenant_scope(self.tenant, **inside):
            yield


def verbs_alone(meter: Meter, admin_url: str, cast: Cast, *, blocks: int, count: int) -> str:
    """Only what needs no server, in lines: the verbs, and routing."""
    verbs = Verbs(meter, cast.slug, cast.seller, cast.manager)
    verbs.fill_queue(queued_for(count, blocks))
    analyse(admin_url)
    return "\n".join([*verb_lines(verbs, count, blocks), routing_cost(meter, cast.slug, cast.manager, 4 * count)])


def verb_lines(verbs: Verbs, count: int, blocks: int) -> list[str]:
    """As they stand under the table."""
    claim, ours, bare = verbs.claims(count, blocks)
    rates = f"Claims: {ours:.0f} a second, a bare UPDATE {bare:.0f}: {ours / bare:.0%} (goal ≥ 25 %)."
    return [str(claim), rates, str(verbs.check(count))]


def queued_for(count: int, blocks: int) -> int:
    """How many leads have to wait for `claims`."""
    return 2 * (WARM_UP + blocks * count) + 1


def _statements(act: Callable[[], Any]) -> int:
    """Statements of one call, without the transaction's own."""
    sent: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        act()
    return len([sql for sql in sent if not sql.lstrip().startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))])
