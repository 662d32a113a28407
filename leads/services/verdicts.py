"""The conflict check when a lead is submitted: what it finds, what it tells, and how often (E1, rulings 2)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import ParamSpec
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from deals.identity import BusinessFacts, keys_of
from leads.models import Lead
from leads.selectors import ConflictVerdict, verdict_alone
from leads.states import Conflict
from partnerhub.errors import Reason, Refused
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import ConflictCheck, new_id
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.formats import day_text, month_text
from partnerhub.web.rows import send

TOLD_A_DAY = 20
"""So many verdicts about others a partner gets in a day of the portal's zone: who asks on would list the customers."""
COUNT_TOLD = """
    INSERT INTO leads_conflictcount (id, tenant_id, partner_id, day, told) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (tenant_id, partner_id, day) DO UPDATE SET told = leads_conflictcount.told + excluded.told
    RETURNING told"""
CheckedWith = ParamSpec("CheckedWith")


class Conflicting(Refused):
    """The check found something. `verdict` says what; for one's own lead it is refused, else it may go to review."""

    def __init__(self, verdict: ConflictVerdict, reason: Reason) -> None:
        self.verdict = verdict
        super().__init__(reason, keeps=True)

    @property
    def may_be_reviewed(self) -> bool:
        return self.verdict.word != Conflict.OWN


def counts_told(verb: Callable[CheckedWith, Lead]) -> Callable[CheckedWith, Lead]:
    """What the verb's refusal tells of others is counted, though the verb itself is undone by it."""

    @wraps(verb)
    def told(*args: CheckedWith.args, **kwargs: CheckedWith.kwargs) -> Lead:
        try:
            return verb(*args, **kwargs)
        except Conflicting as found:
            raise told_each([found])[0] from None

    return told


def told_each(found: Sequence[Conflicting]) -> list[Conflicting]:
    """The same as they may be told to their partner, in their order and counted: without what they say from where on
    the partner has read enough today. One statement, or none.
    """
    counted = [one for one in found if one.may_be_reviewed]
    if not counted:
        return list(found)
    enough = set(map(id, counted[_may_tell(counted[0].verdict.partner_id, len(counted)) :]))
    return [Conflicting(one.verdict.untold(), _said_no_more()) if id(one) in enough else one for one in found]


def said_anew(found: Conflicting) -> Conflicting:
    """The same in the words of now: the partner's own lead may have got its number meanwhile."""
    return Conflicting(found.verdict, _said(found.verdict))


def check_conflicts(lead: Lead, partner: Partner, *, review: str | None) -> None:
    """Write the check's word on a lead that has its keys, and what follows of it.

    `review` is the partner's word, once it has chosen. Raises Conflicting for one's own lead always, for a customer and
    another partner's until the partner has chosen to send it for review; Refused where the word is missing then.
    """
    follow_verdict(lead, verdict_alone(lead.identity_keys, partner_id=partner.pk, lead_id=lead.pk), review=review)


def follow_verdict(lead: Lead, verdict: ConflictVerdict, *, review: str | None) -> None:
    """The same, of a verdict that is known."""
    lead.conflict = verdict.word
    mode = current_tenant().conflict_check
    if verdict.word == Conflict.FREE or mode == ConflictCheck.MARK:
        return
    if verdict.word == Conflict.OWN:
        raise Conflicting(verdict, _said(verdict))
    if verdict.word == Conflict.HELD and mode == ConflictCheck.REVIEW:
        lead.is_in_review = True
    elif review is None:
        raise Conflicting(verdict, _said(verdict))
    else:
        if not review.strip():
            text = _("Say in a word why it should be looked at all the same.")
            raise Refused(Reason("review_missing", text, field="review"))
        lead.is_in_review, lead.review_text = True, review.strip()


def keys_for(lead: Lead) -> list[str]:
    """What the lead's business is found by; a key of its own where nothing tells it from others."""
    facts = BusinessFacts(lead.company, lead.website, lead.email, lead.phone, str(lead.country), lead.postcode)
    return keys_of(facts) or [f"l:{lead.pk}"]


def _said(verdict: ConflictVerdict) -> Reason:
    words = {"number": verdict.number, "day": verdict.day and day_text(verdict.day)}
    if verdict.word == Conflict.OWN and verdict.known and not verdict.number:
        return Reason("own", _("Another row before this one has the same business."))
    if verdict.word == Conflict.OWN:
        return Reason("own", _("You have referred this business already: lead %(number)s.") % words)
    if verdict.word == Conflict.HELD:
        return Reason("held", _("This business is protected for another partner until %(day)s.") % words)
    if verdict.day:
        since = {"month": month_text(verdict.day)}
        return Reason("customer", _("This business is already a customer since %(month)s.") % since)
    return Reason("customer", _("We know this business already."))


def _said_no_more() -> Reason:
    zone = ZoneInfo(current_tenant().timezone)
    tomorrow = datetime.combine(_today(zone) + timedelta(days=1), time(), zone)
    words = {"most": TOLD_A_DAY, "day": day_text(tomorrow)}
    text = _(
        "Your organisation has read %(most)s results of the conflict check today. It tells more from %(day)s; until"
        " then you can send this lead for review."
    )
    return Reason("limit", text % words)


def _today(zone: ZoneInfo) -> date:
    return now().astimezone(zone).date()


def _may_tell(partner_id: UUID, asked: int) -> int:
    """Count so many more verdicts told to the partner today; how many of them are still below the limit."""
    tenant = current_tenant()
    with transaction.atomic(), connection.cursor() as cursor:
        send(cursor, COUNT_TOLD, [new_id(), tenant.pk, partner_id, _today(ZoneInfo(tenant.timezone)), asked])
        before = int(cursor.fetchone()[0]) - asked
    return max(0, min(asked, TOLD_A_DAY - before))
