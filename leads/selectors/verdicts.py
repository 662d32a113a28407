"""The verdict of the conflict check on a business, by what it is found by (E1)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from deals.selectors import is_known_account
from leads.models import Lead
from leads.states import Conflict, ReasonCode
from partnerhub.actors import Seat
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.rows import send

ASK_VERDICT = "SELECT word, lead, day FROM lead_verdict(%s::text[], %s, %s)"
ASK_ALONE = "SELECT word, lead, day FROM lead_verdict_alone(%s::text[], %s, %s)"
ASK_OF_MANY = "SELECT word, lead, day FROM lead_verdicts(%s::jsonb, %s, %s) ORDER BY place"


@dataclass(frozen=True)
class ConflictVerdict:
    """One word, for whom it was asked, and a day: since when a customer, until when protected. Never whose.

    `lead_id` is of the asking partner's own, where it has one for the business; `known` is that lead, if it was read.
    """

    word: str
    partner_id: UUID
    day: datetime | None = None
    lead_id: UUID | None = None
    known: Lead | None = None

    @cached_property
    def lead(self) -> Lead | None:
        """The asking partner's own lead."""
        if self.known:
            return self.known
        return Lead.objects.filter(pk=self.lead_id).only("pk", "number", "company").first() if self.lead_id else None

    @property
    def number(self) -> str:
        return self.lead.reference if self.lead else ""

    def untold(self) -> "ConflictVerdict":
        """The same without what it would tell."""
        return replace(self, word="", day=None)


def verdict_of(keys: Sequence[str], *, partner_id: UUID, lead_id: UUID) -> ConflictVerdict:
    """What is known in this tenant of the business with these keys. One statement, by one index."""
    return _asked(ASK_VERDICT, keys, partner_id, lead_id)


def verdict_alone(keys: Sequence[str], *, partner_id: UUID, lead_id: UUID) -> ConflictVerdict:
    """The same for a lead that is to be submitted. Who submits one with a key in common waits for this transaction."""
    return _asked(ASK_ALONE, keys, partner_id, lead_id)


def protected_until_for(keys: Sequence[str], partner_id: UUID) -> datetime | None:
    """Until when the business is protected for another partner; who submits it waits for this transaction."""
    found = verdict_alone(keys, partner_id=partner_id, lead_id=new_id())
    return found.day if found.word == Conflict.HELD else None


def verdicts_on(leads: Sequence[Lead], *, partner_id: UUID, alone: bool = False) -> list[ConflictVerdict]:
    """The verdicts on leads that have their keys, each by itself, in their order. Two statements for all of them.

    `alone`: they are to be submitted. Who submits any lead in this tenant waits for this transaction then.
    """
    asked = [{"place": place, "keys": lead.identity_keys, "lead": str(lead.pk)} for place, lead in enumerate(leads)]
    with connection.cursor() as cursor:
        send(cursor, ASK_OF_MANY, [json.dumps(asked), partner_id, alone])
        found = cursor.fetchall()
    own = {key for _word, key, _day in found if key}
    known = Lead.objects.only("pk", "number", "company").in_bulk(own) if own else {}
    return [ConflictVerdict(word, partner_id, day, key, known.get(key)) for word, key, day in found]


def leads_with_keys(keys: Sequence[str]) -> QuerySet[Lead]:
    """The submitted leads of this tenant that have one of these keys, as the check finds them: by its own index."""
    rows = Lead.objects.alias(within=Cast("tenant", TextField())).filter(within=str(current_tenant().pk))
    return rows.filter(identity_keys__overlap=list(keys), submitted_at__isnull=False).exclude(identity_keys=[])


def own_lead_for(keys: Sequence[str], *, partner_id: UUID, lead_id: UUID) -> Lead | None:
    """The partner's own lead for the business, if it has one: all that may be told while a form is filled in."""
    found = verdict_of(keys, partner_id=partner_id, lead_id=lead_id) if keys else None
    return found.lead if found and found.word == Conflict.OWN else None


def likely_reason(lead: Lead, membership: Seat) -> str:
    """The code with which this member would find the lead not eligible; empty where nothing is known of the business.

    The vendor's accounts are read as they are now: the check's own word is that of the submission (rulings 12).
    """
    if lead.conflict == Conflict.CUSTOMER or is_known_account(lead.identity_keys, membership):
        return ReasonCode.EXISTING_CUSTOMER
    return ReasonCode.DUPLICATE if lead.conflict in {Conflict.OWN, Conflict.HELD} else ""


def _asked(question: str, keys: Sequence[str], partner_id: UUID, lead_id: UUID) -> ConflictVerdict:
    with connection.cursor() as cursor:
        send(cursor, question, [list(keys), partner_id, lead_id])
        word, own, day = cursor.fetchone()
    return ConflictVerdict(word, partner_id, day, own)
