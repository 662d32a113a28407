"""Reads of runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict

from partnerhub.accounts.models import ApiToken, Membership
from partnerhub.accounts.seated import seat_by_token
from partnerhub.bulk.models import Batch, Run
from partnerhub.bulk.states import Became
from partnerhub.web.lists.bulk import LARGEST

TOLD_BATCHES = 2
"""So many batches are told on one page."""


def runs_of(membership: Membership) -> QuerySet[Run]:
    """A member's own runs; by a token those that were asked for by it."""
    rows: QuerySet[Run] = Run.objects.filter(membership=membership)
    return rows.filter(token_id=membership.token.id) if membership.token else rows


def run_for(membership: Membership, run_id: UUID) -> Run:
    """Raises Run.DoesNotExist."""
    return runs_of(membership).get(pk=run_id)


@dataclass(frozen=True)
class RunTold:
    """What became of some rows, and the number of the batch from which on there are more (None: there are none)."""

    rows: Sequence[tuple[UUID, dict[str, Any]]]
    further: int | None


def run_told(run: Run, *, since: int = 0, only_failed: bool = False) -> RunTold:
    """What became of the rows from a batch on. One statement, of bounded size."""
    batches = Batch.objects.filter(run=run, number__gte=since).filter(results__isnull=False).order_by("number")
    found = list((batches.filter(failed__gt=0) if only_failed else batches)[: TOLD_BATCHES + 1])
    further = found[TOLD_BATCHES].number if len(found) > TOLD_BATCHES else None
    rows = [row for batch in found[:TOLD_BATCHES] for row in batch.told]
    return RunTold([row for row in rows if not only_failed or not was_done(row[1])], further)


def rows_that(run: Run, *, were_done: bool) -> list[tuple[UUID, int | None]]:
    """All rows that were done, or were not, with the version that they had afterwards, if that is known."""
    batches = Batch.objects.filter(run=run).filter(results__isnull=False).order_by("number")
    return [(key, told.get("version")) for batch in batches for key, told in batch.told if was_done(told) == were_done][
        :LARGEST
    ]


def was_done(told: dict[str, Any]) -> bool:
    """Whether a row's result says that the act was done to it."""
    return bool(told["became"] == Became.DONE)


def due_runs(at: datetime, most: int) -> Iterator[tuple[UUID, UUID]]:
    """(tenant, run) of what waits for a worker or was left by one, in turn of the tenants. Across tenants."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_id, id FROM due_runs(%s, %s)", [at, most])
        rows = cursor.fetchall()
    return ((UUID(str(tenant)), UUID(str(run))) for tenant, run in rows)


class AskedFor(Protocol):
    """Long work that a member asked for, by a token or not."""

    membership_id: UUID
    token_id: UUID | None


def seat_behind(run: AskedFor) -> Membership | None:
    """Who asked for it, with what they may do at this moment; None where their seat, or their token, is over."""
    if run.token_id:
        digest = ApiToken.objects.filter(pk=run.token_id).values_list("digest", flat=True).first()
        return seat_by_token(digest) if digest else None
    seat = Membership.objects.select_related("user", "partner").filter(pk=run.membership_id).first()
    return seat if seat and seat.is_here else None


def list_rows(run: Run, membership: Membership) -> QuerySet[Any]:
    """The rows of the run's list that the member may see."""
    listing = run.list_class(QueryDict(), membership)
    return listing.rows() if membership.can(run.list_class.permission) else listing.rows().none()
