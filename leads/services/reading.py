"""Who reads a lead in triage: marks in Valkey that fade by themselves; without them nothing is lost."""

from datetime import timedelta
from uuid import UUID

from django.utils.timezone import now
from redis.client import Pipeline

from leads.selectors import leads_for
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.valkey import LOST, ask

READS_FOR = timedelta(seconds=45)
"""So long a mark lasts; whoever still reads sets it anew twice in that time."""
MOST_READERS = 20


def note_reading(lead_id: UUID, *, by: Membership) -> list[Membership]:
    """Mark that the member reads the lead; returns who else does (E15). Raises Lead.DoesNotExist."""
    leads_for(by).only("pk").get(pk=lead_id)
    return _others(lead_id, by, is_marked=True)


def readers_of(lead_id: UUID, *, by: Membership) -> list[Membership]:
    """Who else reads a lead that the member sees, at most 20."""
    return _others(lead_id, by, is_marked=False)


def _others(lead_id: UUID, by: Membership, *, is_marked: bool) -> list[Membership]:
    """Nobody where Valkey is away. No statement where nobody else reads."""
    key, moment = f"reading:{current_tenant().pk}:{lead_id}", now()
    try:
        found = ask(lambda valkey: _marks(valkey.pipeline(), key, str(by.pk) if is_marked else "", moment.timestamp()))
    except LOST:
        return []
    others = [UUID(mark.decode()) for mark in found if mark.decode() != str(by.pk)]
    if not others:
        return []
    return list(Membership.objects.filter(pk__in=others, is_active=True).select_related("user").order_by("name_key"))


def _marks(pipe: Pipeline, key: str, mark: str, moment: float) -> list[bytes]:
    """The marks that have not faded, the newest first, in one round trip; `mark` is set anew."""
    if mark:
        pipe.zadd(key, {mark: moment})
        pipe.expire(key, READS_FOR)
    pipe.zremrangebyscore(key, "-inf", moment - READS_FOR.total_seconds())
    pipe.zrevrange(key, 0, MOST_READERS)
    marks: list[bytes] = pipe.execute()[-1]
    return marks
