"""What all verbs share: the row under a lock, the version the person saw, the step taken, the event told."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.selectors import leads_for
from leads.states import LEAD, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import Reason, Refused, Stale
from partnerhub.events.models import Audience, Event
from partnerhub.events.services import record

REASON_LENGTH = 4000
UNTOLD = frozenset({"status_changed_at", "representative_key", "award_questioned_person"})
"""Columns that repeat what another one says."""


def locked(lead_id: UUID, *, by: Any, seen: int | None) -> Lead:
    """The lead as it is now, locked until the end of the transaction.

    `seen` is the version the person decided on (None: the caller has just read it in this transaction). Raises
    Lead.DoesNotExist for what the person may not see, Stale where the lead has moved on since.
    The representative is read after the lock: whoever waited for it gets the lead's new columns, but still the rows
    that were joined to the old ones.
    """
    rows = leads_for(by).select_related("program", "partner", "submitted_by__user")
    lead = rows.select_for_update(of=("self",)).get(pk=lead_id)
    if lead.representative_id:
        lead.representative = Membership.objects.select_related("user").get(pk=lead.representative_id)
    if seen is not None and seen != lead.version:
        events = events_since(lead, seen)
        told = [event for event in events if event.audience in {Audience.BOTH, by.side}]
        raise Stale(lead, changes_in(events), who=told[-1].who if told else "")
    return lead


def events_since(lead: Lead, seen: int) -> list[Event]:
    """What has moved the lead on after the version a person saw, in that order."""
    events = Event.objects.filter(subject_id=lead.pk, data__version__gt=seen)
    return sorted(events, key=lambda event: event.data["version"])


def changes_in(events: Iterable[Event]) -> dict[str, tuple[Any, Any]]:
    """What changed by these events: field → (as it was before them, as it is now)."""
    difference: dict[str, tuple[Any, Any]] = {}
    for event in events:
        for name, value in event.after.items():
            first = difference.get(name, (event.before.get(name), None))[0]
            difference[name] = (first, value)
    return {name: pair for name, pair in difference.items() if pair[0] != pair[1]}


def take(
    step: str,
    lead: Lead,
    *,
    by: Any,
    event: str,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    audience: str = Audience.BOTH,
) -> Lead:
    """Take a step of the machine on a locked lead: check, write, tell.

    `changes` are the columns that the step writes besides the status. Raises Refused with every missing condition.
    """
    taken = LEAD.check(step, lead, by)
    fields = dict(changes or {})
    if taken.target:
        fields["status"] = taken.target
    return write(lead, fields, by=by, event=event, data=data, audience=audience)


def write(
    lead: Lead,
    fields: dict[str, Any],
    *,
    by: Any,
    event: str,
    data: dict[str, Any] | None = None,
    audience: str = Audience.BOTH,
) -> Lead:
    """Write columns of a locked lead, count the version and record what was before and after."""
    if fields.get("status", lead.status) != lead.status:
        fields = fields | {"status_changed_at": now()}
    before = {name: plain(getattr(lead, name)) for name in fields}
    for name, value in fields.items():
        setattr(lead, name, value)
    lead.version += 1
    lead.updated_at = now()
    lead.save(update_fields=[*fields, "version", "updated_at"])
    after = {name: plain(getattr(lead, name)) for name in fields}
    told = {name for name in fields if name not in UNTOLD}
    record(
        event,
        lead,
        actor=by,
        before=_only(before, told),
        after=_only(after, told),
        data=event_data(lead) | (data or {}),
        audience=audience,
    )
    return lead


def event_data(lead: Lead) -> dict[str, Any]:
    """What readers of a lead's events need to know, so that they need not know leads."""
    representative = lead.representative
    return {
        "version": lead.version,
        "number": lead.reference,
        "company": lead.company,
        "program": lead.program.name,
        "program_kind": lead.program.kind,
        "sales_support": lead.sales_support,
        "status": lead.status,
        "submitter_id": str(lead.submitted_by_id),
        "submitter_name": lead.submitted_by.name,
        "owner_id": str(lead.owner_id) if lead.owner_id else None,
        "team_ids": [str(key) for key in lead.team],
        "partner_name": lead.partner.name,
        "representative_id": str(lead.representative_id) if representative else None,
        "representative_name": representative.name if representative else "",
        "representative_email": representative.email if representative and representative.is_here else "",
        "url": f"/leads/{lead.pk}/",
    }


def needs_text(text: str, field: str, missing: Sequence[Reason] = ()) -> str:
    """The text, trimmed. Raises Refused where it is empty or too long, with whatever else is `missing`."""
    text = text.strip()
    reasons = list(missing)
    if not text:
        reasons.append(Reason(f"{field}-missing", _("Write a few words: the other side reads them."), field=field))
    elif len(text) > REASON_LENGTH:
        reasons.append(Reason(f"{field}-too-long", _("Write at most 4,000 characters."), field=field))
    if reasons:
        raise Refused(reasons)
    return text


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, Status):
        return value.value
    if hasattr(value, "pk"):
        return str(value.pk)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if isinstance(value, bool | int | dict | type(None)) else str(value)


def _only(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}
