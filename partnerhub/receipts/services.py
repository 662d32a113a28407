"""The receipt of a lead is written in the transaction in which the lead is submitted, and never again (E4)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction

from leads.models import Lead
from leads.states import Origin, questions_for
from leads.states.own_fields import kept_kind
from partnerhub.events.models import Event
from partnerhub.receipts.models import RECEIPT_PREFIX, Receipt, receipt_digest, split
from partnerhub.receipts.selectors import receipt_of
from partnerhub.records.values import plain

SUBMITTED = "lead.submitted"
NOT_SENT = frozenset({"status", "terms_version"})


def write_receipts(events: Sequence[Event]) -> None:
    """The receipts of leads that are being submitted: what their events say was sent. One statement."""
    Receipt.objects.insert_new(map(_of_event, events))


@transaction.atomic
def receipt_for(lead: Lead) -> Receipt:
    """The receipt of a lead. One that came in before there were receipts gets it now, of what the portal remembers.

    Raises Receipt.DoesNotExist for a lead that was not sent.
    """
    found = receipt_of(lead)
    if found is not None:
        return found
    if lead.submitted_at is None or lead.number is None or lead.origin == Origin.VENDOR:
        raise Receipt.DoesNotExist
    event = Event.objects.filter(subject_id=lead.pk, kind=SUBMITTED).order_by("id").first()
    answers = _sent(event) if event else _held(lead)
    at = event.occurred_at if event else lead.submitted_at
    sender, program = cast(UUID, lead.partner_id), lead.program.name
    late = _receipt(lead.pk, sender, lead.number, program, answers, at, lead.terms_version, is_late=True)
    Receipt.objects.insert_new([late])  # of two that write the same one at once, the first has written it
    return Receipt.objects.get(lead=lead)


def forget_personal(receipt_id: UUID) -> bool:
    """Forget the personal values of a receipt for good; whether there was such a receipt. The check still passes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT receipt_forget(%s)", [receipt_id])
        return bool(cursor.fetchone()[0])


def _of_event(event: Event) -> Receipt:
    told = event.data
    number, partner_id = int(told["number"].removeprefix("L-")), cast(UUID, event.partner_id)  # a lead has a partner
    terms = event.after["terms_version"]
    return _receipt(event.subject_id, partner_id, number, told["program"], _sent(event), event.occurred_at, terms)


def _receipt(
    lead_id: UUID,
    partner_id: UUID,
    number: int,
    program: str,
    answers: dict[str, Any],
    at: datetime,
    terms: str,
    *,
    is_late: bool = False,
) -> Receipt:
    told, personal = split(answers)
    content = {
        "receipt": f"{RECEIPT_PREFIX}{number}",
        "lead": f"L-{number}",
        "sent_at": at.astimezone(UTC).isoformat(),
        "program": program,
        "terms_version": terms,
        "answers": told,
    }
    return Receipt(
        partner_id=partner_id,  # who sent it
        lead_id=lead_id,
        number=number,
        sent_at=at,
        terms_version=terms,
        content=content,
        personal=personal,
        digest=receipt_digest(content),
        is_late=is_late,
    )


def _sent(event: Event) -> dict[str, Any]:
    """The answers as the event of the submission has them, own fields with their kind, files by name."""
    answers = {name: value for name, value in event.after.items() if name not in NOT_SENT}
    if own := answers.pop("own_fields", None):
        answers["own_fields"] = event.data.get("own_fields") or [
            [kept_kind(one), name, one] for name, one in own.items()
        ]
    files = event.data.get("files")
    return answers | {"files": files} if files else answers


def _held(lead: Lead) -> dict[str, Any]:
    """The answers that the lead itself holds, where its submission is not in the memory."""
    found = {
        question.name: getattr(lead, question.name) if question.is_column else lead.details.get(question.name)
        for question in questions_for(lead.program.kind)
    }
    return {name: plain(value) for name, value in found.items() if value not in (None, "")}
