"""What a partner does to be protected longer, and what the vendor answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.errors import Reason, Refused
from partnerhub.notes.selectors import attachments_of
from partnerhub.notes.services import attach_files
from partnerhub.protection.models import Protection
from partnerhub.protection.selectors import rules_of_protection
from partnerhub.protection.services.records import PROTECTIONS
from partnerhub.protection.states import PROTECTION
from partnerhub.records.values import needs_text
from partnerhub.states import OUTSIDE
from partnerhub.states.lasting import Extension


@PROTECTIONS.verb("ask_extension")
@transaction.atomic
def ask_extension(protection_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Protection:
    """Ask, once, that the lead be protected longer."""
    held = PROTECTIONS.locked(protection_id, by=by, seen=seen)
    PROTECTION.check("ask_extension", held, by)
    text = needs_text(text, "text")
    changes = {"extension": Extension.ASKED, "extension_text": text}
    return PROTECTIONS.take("ask_extension", held, by=by, changes=changes, data={"reason_text": text})


@PROTECTIONS.verb("grant_extension")
@transaction.atomic
def grant_extension(protection_id: UUID, *, by: Membership, seen: int | None = None) -> Protection:
    """Grant the extension that was asked for. Raises Refused where the step is not possible."""
    held = PROTECTIONS.locked(protection_id, by=by, seen=seen)
    days = rules_of_protection().extension_days
    return PROTECTIONS.grant("grant_extension", held, by=by, extension=Extension.GRANTED, extension_days=days)


@PROTECTIONS.verb("refuse_extension")
@transaction.atomic
def refuse_extension(protection_id: UUID, *, text: str, by: Membership, seen: int | None = None) -> Protection:
    """Refuse the extension that was asked for, with a reason. Raises Refused where the step is not possible."""
    held = PROTECTIONS.locked(protection_id, by=by, seen=seen)
    PROTECTION.check("refuse_extension", held, by)
    text = needs_text(text, "text")
    changes = {"extension": Extension.REFUSED, "extension_answer": text}
    return PROTECTIONS.take("refuse_extension", held, by=by, changes=changes, data={"reason_text": text})


@PROTECTIONS.verb("record_meeting")
@transaction.atomic
def record_meeting(
    protection_id: UUID,
    *,
    met_on: date,
    by: Membership,
    uploads: Sequence[Any] = (),
    file: UUID | None = None,
    seen: int | None = None,
) -> Protection:
    """A meeting with a document about it: uploaded now, or `file`, which the lead has already. More days, once.

    Raises Refused for a day to come, and where there is no document.
    """
    held = PROTECTIONS.locked(protection_id, by=by, seen=seen)
    PROTECTION.check("record_meeting", held, by)
    if met_on > localdate():
        raise Refused(Reason("met_on", _("The meeting is still to come."), field="met_on"))
    known = {one.pk for one in attachments_of("lead", held.lead_id, by)} if file else set()
    if not uploads and file not in known:
        raise Refused(Reason("document", _("Attach a document about the meeting."), field="file"))
    if uploads:
        attach_files(held.lead, by=by, uploads=uploads)
        held = PROTECTIONS.held(held.pk)  # the file is an act too, and may have earned a month
    days = rules_of_protection().meeting_days
    return PROTECTIONS.grant("record_meeting", held, by=by, met_on=met_on, meeting_days=days)


@PROTECTIONS.verb("ask_contact")
@transaction.atomic
def ask_contact(protection_id: UUID, *, by: Membership, seen: int | None = None) -> Protection:
    """Mail the lead's contact a link by which they confirm that they talk with the partner. Raises Refused for an
    address that had too many mails."""
    held = PROTECTIONS.locked(protection_id, by=by, seen=seen)
    PROTECTION.check("ask_contact", held, by)
    email = held.lead.email
    if not email:
        raise Refused(Reason("email", _("The lead names no address of the contact.")))
    allow_mail_to_stranger(email)
    return PROTECTIONS.take("ask_contact", held, by=by, changes={"contact_asked_at": now()}, data={"email": email})


class ContactBehindLink:
    """Who acts behind the link: the machine lets them confirm, and nothing else."""

    id = person_id = token = None
    side, why_read_only = OUTSIDE, ""

    def __init__(self, name: str) -> None:
        self.name = name

    def can(self, permission: str) -> bool:
        return not permission


@transaction.atomic
def confirm_contact(protection: Protection) -> Protection:
    """The contact has clicked: more days, once. Clicked again, nothing changes."""
    held = PROTECTIONS.held(protection.pk)
    if held.contact_confirmed_at is not None:
        return held
    return PROTECTIONS.grant(
        "confirm_contact",
        held,
        by=ContactBehindLink(held.lead.contact_name),
        contact_confirmed_at=now(),
        contact_days=rules_of_protection().contact_days,
    )
