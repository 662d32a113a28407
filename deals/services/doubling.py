"""Pairs of customers that may be one: the worker finds them, people decide, and a decision is remembered (E1)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from deals.models import Company, Contact, Customer, Duplicate, DuplicateWatch
from deals.selectors.alike import all_alike
from deals.services.records import DUPLICATES
from deals.states import DUPLICATE, Likeness, Status
from partnerhub.accounts.services import forget_opened
from partnerhub.actors import Seat
from partnerhub.events.services import SYSTEM, record

LOOKED_AT = 50
"""So many of one kind in a transaction: each is looked for by up to three searches."""
LOOKED_BACK = timedelta(minutes=10)
"""What was written shortly before is looked at once more: its transaction may have ended later."""
BEGINNING, NO_ID = datetime(2000, 1, 1, tzinfo=UTC), UUID(int=0)


@DUPLICATES.verb("not_same")
@transaction.atomic
def say_not_same(duplicate_id: UUID, *, by: Seat, seen: int | None = None) -> Duplicate:
    """They are two, and are not proposed again. Raises Refused, Stale, DoesNotExist."""
    return DUPLICATES.take("not_same", DUPLICATES.locked(duplicate_id, by=by, seen=seen), by=by)


@DUPLICATES.verb("ask_again")
@transaction.atomic
def propose_again(duplicate_id: UUID, *, by: Seat, seen: int | None = None) -> Duplicate:
    """Take it back that they are two. Raises Refused, Stale, DoesNotExist."""
    return DUPLICATES.take("ask_again", DUPLICATES.locked(duplicate_id, by=by, seen=seen), by=by)


def look_for_duplicates() -> bool:
    """Look at some of the companies and contacts of the tenant that had activity since the last time; whether there are
    more.
    """
    is_more = [_look_on(model) for model in (Company, Contact)]
    return any(is_more)


def _look_on(model: type[Customer]) -> bool:
    kind = str(model._meta.model_name)
    begun, watch = now(), DuplicateWatch.objects.filter(kind=kind).first()
    until, last = (watch.looked_until, watch.looked_id) if watch else (BEGINNING, NO_ID)
    rows = model.objects.filter(known_as=None, updated_at__gte=until).exclude(updated_at=until, pk__lte=last)
    batch: list[Customer] = list(rows.order_by("updated_at", "pk")[:LOOKED_AT])
    for one in batch:
        find_duplicates(one)
    is_more = len(batch) == LOOKED_AT
    until, last = (batch[-1].updated_at, batch[-1].pk) if is_more else (begun - LOOKED_BACK, NO_ID)
    DuplicateWatch.objects.update_or_create(kind=kind, defaults={"looked_until": until, "looked_id": last})
    return is_more


@transaction.atomic
def find_duplicates(customer: Customer) -> None:
    """Keep each other one that may be the same, once; what somebody decided of two stays decided."""
    known = {frozenset((pair.one.pk, pair.twin.pk)) for pair in pairs_of(customer)}
    for other, likeness in all_alike(customer):
        if frozenset((customer.pk, other.pk)) not in known:
            _keep(customer, other, likeness)


def pairs_of(customer: Customer) -> QuerySet[Duplicate]:
    """The pairs of which it is one, by the indexes of both columns."""
    kind = customer._meta.model_name
    return DUPLICATES.joined().filter(Q(**{f"{kind}": customer.pk}) | Q(**{f"{kind}_twin": customer.pk}))


def pairs_merged(one: Customer, merged: Customer) -> None:
    """A person merged these two: their pair is decided, and what else the merged one may have been is not asked."""
    for pair in pairs_of(merged):
        _take("merged" if one.pk in {pair.one.pk, pair.twin.pk} else "end", pair)
    find_duplicates(one)


def pairs_taken_apart(customer: Customer) -> None:
    """A person took it out again: its pairs with others that stand in lists are asked about once more."""
    for pair in pairs_of(customer):
        if not pair.one.known_as_id and not pair.twin.known_as_id:
            _take("found_again", pair)


def forget_pairs(customer: Customer) -> None:
    """Remove the pairs of a customer that is forgotten, for a transaction that acts as the system."""
    for pair in pairs_of(customer):
        forget_opened(pair.pk, partner_id=pair.partner_id)
        pair.delete()


def _take(step: str, pair: Duplicate) -> None:
    """As the system, and only where it is possible: another merge may have decided it meanwhile."""
    now_held = DUPLICATES.held(pair.pk)
    if now_held.status in DUPLICATE.steps[step].sources:
        DUPLICATES.take(step, now_held, by=SYSTEM)


def _keep(customer: Customer, other: Customer, likeness: Likeness) -> None:
    """A pair more, unless another process was faster."""
    kind = str(customer._meta.model_name)
    first, second = sorted((customer, other), key=lambda one: one.pk)
    pair = Duplicate(partner_id=customer.partner_id, likeness=likeness, **{kind: first, f"{kind}_twin": second})
    try:
        with transaction.atomic():
            pair.save(force_insert=True)
    except IntegrityError:
        return
    after = {"status": Status.OPEN.value, "likeness": likeness.value}
    record("duplicate.found", pair, actor=SYSTEM, after=after, data=DUPLICATES.event_data(pair))
