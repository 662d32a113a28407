"""What people send by an intake link: taken once, proven by work or by a click in a mail, made a lead or a draft."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from leads.forms.lead_form import LeadForm
from leads.models import Lead
from leads.services import new_lead_id, save_draft, submit_lead
from leads.states import ConsentBasis, Origin, Status
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.errors import Reason, Refused
from partnerhub.events.services import record
from partnerhub.intake.models import Intake, IntakeLink
from partnerhub.intake.selectors import sender_for
from partnerhub.intake.services.people import ReferredPerson
from partnerhub.intake.states import ComesIn
from partnerhub.roles import PARTNER
from partnerhub.tenancy.scope import current_tenant

WAITS_FOR = timedelta(days=7)
INTAKES_SWEPT = 500


@transaction.atomic
def receive(
    link_id: UUID, key: UUID, answers: Mapping[str, str], *, language: str, address: str | None, is_proven: bool
) -> Intake:
    """Take what a form holds, whose id is `key`; sent again it changes nothing, whatever it says then.

    Not proven by work, it waits for a click in a mail to the person. Raises Refused where the link takes nothing now.
    """
    link = _held_link(link_id)
    if found := Intake.objects.filter(pk=key, link=link).first():
        return found
    if not link.takes_at(now()) or sender_for(link) is None:
        raise Refused(Reason("closed", _("This form takes nothing now.")))
    if not is_proven:
        allow_mail_to_stranger(answers["email"])
    _count(link)
    intake = Intake.objects.create(
        pk=key,
        partner=link.partner,
        link=link,
        name=f"{answers['first_name']} {answers['last_name']}".strip()[:170],
        email=answers["email"],
        language=language,
        answers=dict(answers),
        sent_from=address,
    )
    if is_proven:
        return _made(intake, link)
    data = _said(intake, link) | {"email": intake.email}
    record("intake.asked", intake, actor=ReferredPerson(intake.name), data=data, audience=PARTNER)
    return intake


@transaction.atomic
def confirm(intake_id: UUID) -> Intake:
    """The person has clicked in the mail that they sent it. Again, nothing changes. Raises Refused where it is over."""
    intake = Intake.objects.select_related("partner").select_for_update(of=("self",)).get(pk=intake_id)
    if intake.came_in_at is not None:
        return intake
    link = _held_link(intake.link_id)
    if sender_for(link) is None:
        raise Refused(Reason("closed", _("This form takes nothing now.")))
    return _made(intake, link)


def forget_unconfirmed() -> int:
    """Of the named tenant: forget what nobody has confirmed within a week; how many."""
    rows = Intake.objects.filter(came_in_at=None, sent_at__lt=now() - WAITS_FOR).order_by("sent_at")
    keys = list(rows.values_list("pk", flat=True)[:INTAKES_SWEPT])
    Intake.objects.filter(pk__in=keys, came_in_at=None).delete()
    return len(keys)


def _held_link(link_id: UUID) -> IntakeLink:
    rows = IntakeLink.objects.select_related("partner", "program", "made_by__user", "made_by__partner")
    return rows.select_for_update(of=("self",)).get(pk=link_id)


def _count(link: IntakeLink) -> None:
    """One more today, on the link's locked row. Raises Refused past the limit."""
    today = localdate()
    taken = link.taken_that_day if link.day == today else 0
    if taken >= link.daily_limit:
        raise Refused(Reason("limit", _("This form has taken all it takes in a day. Try again tomorrow.")))
    IntakeLink.objects.filter(pk=link.pk).update(day=today, taken_that_day=taken + 1, received=link.received + 1)


def _made(intake: Intake, link: IntakeLink) -> Intake:
    """Make the lead or the draft, in the name of the partner's member, and tell the person what is kept of them."""
    by = sender_for(link)
    if by is None:
        raise Refused(Reason("closed", _("This form takes nothing now.")))
    lead = _lead_of(intake, link, by)
    Lead.objects.filter(pk=lead.pk).update(origin=Origin.INTAKE)
    intake.lead, intake.came_in_at, intake.answers = lead, now(), {}
    intake.save(update_fields=["lead", "came_in_at", "answers"])
    data = _said(intake, link) | {"url": f"/leads/{lead.pk}/", "email": _mailable(intake.email)}
    data |= {"submitter_id": str(by.pk), "status": lead.status, "company": str(lead)}
    if lead.status == Status.DRAFT:
        record("intake.drafted", intake, actor=ReferredPerson(intake.name), data=data)
    else:
        record("intake.received", intake, actor=ReferredPerson(intake.name), data=data)
    return intake


def _lead_of(intake: Intake, link: IntakeLink, by: Membership) -> Lead:
    """A submitted lead where the link says so and nothing is missing; else a draft that the partner completes."""
    day = localdate()
    typed = dict(intake.answers) | {
        "consent": "on",
        "consent_basis": ConsentBasis.WRITTEN.value,
        "consent_date": day.isoformat(),
        "sales_support": "on",
    }
    if link.comes_in == ComesIn.LEAD and link.terms_version == link.program.terms_version:
        form = LeadForm(link.program, typed | {"terms": "on", "terms_version": link.terms_version})
        if form.is_valid() and (lead := _submitted(form, link, by)):
            return lead
    return save_draft(new_lead_id(), program=link.program, typed=typed, by=by)


def _submitted(form: LeadForm, link: IntakeLink, by: Membership) -> Lead | None:
    """The lead; where the conflict check finds something it goes to review. None for what can't be submitted."""
    with override(current_tenant().language):
        review = _("It came in by the intake link “%(name)s”.") % {"name": link.name}
    try:
        with transaction.atomic():
            return submit_lead(new_lead_id(), program=link.program, answers=form.answers(), by=by, review=review)
    except Refused:
        return None


def _mailable(email: str) -> str:
    """The address, or nothing where it has had too many mails today: what came in stays all the same."""
    try:
        with transaction.atomic():
            allow_mail_to_stranger(email)
    except Refused:
        return ""
    return email


def _said(intake: Intake, link: IntakeLink) -> dict[str, Any]:
    return {
        "intake_id": str(intake.pk),
        "person": intake.name,
        "language": intake.language,
        "partner_name": link.partner.name,
        "program": link.program.name,
        "link_name": link.name,
    }
