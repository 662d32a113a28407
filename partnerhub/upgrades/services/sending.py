"""The partner sends an upgrade invitation from a lead."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import set_aside
from leads.services.steps import LEADS
from leads.states import Kind
from partnerhub.accounts.models import Membership
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.selectors import current_terms, why_not
from partnerhub.upgrades.services.records import INVITATIONS
from partnerhub.upgrades.states import OPEN, Status
from partnerhub.web.folding import fold, host_of


@transaction.atomic
def send_invitation(lead_id: UUID, *, language: str, by: Membership, seen: int | None = None) -> UpgradeInvitation:
    """Mail the owner of the lead's store a link to the terms, in one of our languages; the lead leaves triage.

    Raises Lead.DoesNotExist for a lead the member does not see, Stale, and Refused with what is missing.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    if lead.program.kind != Kind.PLUS:
        raise Refused(Reason("program", _("Stores are upgraded by leads of the Plus kind only.")))
    if not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    terms, sent = current_terms(), UpgradeInvitation.objects.filter(lead=lead, status__in=OPEN)
    missing = [reason for reason in why_not(lead, terms, sent, by) if not reason.ok]
    if language not in dict(settings.LANGUAGES):
        missing.append(Reason("language", _("Choose a language."), field="language"))
    if missing or terms is None:
        raise Refused(missing)
    return _sent(lead, terms, language, by)


def _sent(lead: Lead, terms: UpgradeTerms, language: str, by: Membership) -> UpgradeInvitation:
    store, email = lead.details["store_url"], lead.details["store_owner_email"]
    allow_mail_to_stranger(email)
    invitation = UpgradeInvitation(
        partner=lead.partner,
        lead=lead,
        terms=terms,
        sent_by=by,
        company=lead.company,
        company_key=fold(lead.company)[:200],
        store_url=store,
        store_host=host_of(store),
        owner_email=email,
        language=language,
        expires_at=now() + timedelta(days=terms.answer_days),
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:  # of another lead, or another partner's: nothing more is told of it
        raise Refused(Reason("none-open", _("An invitation for this store is open already."))) from None
    set_aside(lead.pk)
    data = INVITATIONS.event_data(invitation)
    record("upgrade.sent", invitation, actor=by, after={"status": Status.SENT.value}, data=data)
    return invitation
