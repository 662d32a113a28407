"""Verbs on upgrade invitations (A4): the partner sends, the owner of the store answers, the vendor upgrades."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.services import award_upgraded, set_aside, take_up_again
from leads.services.steps import LEADS
from leads.states import OPEN as OPEN_LEADS
from leads.states import Kind
from partnerhub.accounts.services.strangers import allow_mail_to_stranger
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import SYSTEM, record
from partnerhub.records.kinds import Records
from partnerhub.records.values import needs_text
from partnerhub.roles import LEADS_VIEW, MEMBERS_MANAGE, PARTNER, PROGRAMS_MANAGE, UPGRADES_MANAGE
from partnerhub.tenancy.scope import current_tenant
from partnerhub.upgrades.models import UpgradeInvitation, UpgradeTerms
from partnerhub.upgrades.selectors import current_terms, invitations_for
from partnerhub.upgrades.states import ANSWERABLE, INVITATION, OPEN, OWNER_SIDE, Status
from partnerhub.web.folding import fold, host_of

LIVES = timedelta(days=14)
REMINDED_AFTER = ((2, timedelta(days=10)), (1, timedelta(days=3)))  # the latest first: no two mails at once
LATE_AFTER = timedelta(hours=20)
AT_ONCE = 200


class StoreOwner:
    """Who acts behind an invitation's link: the machine lets them take the owner's steps, and no other."""

    id = person_id = token = None
    side = OWNER_SIDE

    def __init__(self, invitation: UpgradeInvitation, name: str = "") -> None:
        self.name = name or invitation.owner_email

    def can(self, permission: str) -> bool:
        return not permission


class Invitations(Records[UpgradeInvitation]):
    permission = LEADS_VIEW
    model = UpgradeInvitation
    machine = INVITATION
    plural = "upgrade_invitations"
    internal = frozenset({"agreed_digest", "agreed_from", "reminders", "is_late"})
    labels = {"status": _("Status"), "agreed_name": _("Agreed by"), "agreed_at": _("Agreed")}

    def rows(self, by: Any) -> QuerySet[UpgradeInvitation]:
        if by is SYSTEM or by.side == OWNER_SIDE:
            return UpgradeInvitation.objects.select_related("partner", "terms", "lead__submitted_by")
        return invitations_for(by)

    def event_data(self, record: UpgradeInvitation) -> dict[str, Any]:
        lead = record.lead
        return {
            "version": record.version,
            "company": record.company,
            "number": lead.reference,
            "store_url": record.store_url,
            "partner_name": record.partner.name,
            "invitation_id": str(record.pk),
            "language": record.language,
            "expires_at": record.expires_at.isoformat(),
            "due_at": record.due_at.isoformat() if record.due_at else None,
            "agreed_name": record.agreed_name,
            "submitter_id": str(lead.submitted_by_id),
            "owner_id": str(lead.owner_id) if lead.owner_id else None,
            "team_ids": [str(key) for key in lead.team],
            "sender_id": str(record.sent_by_id),
            "lead_id": str(lead.pk),
            "url": record.urls.page,
        }


INVITATIONS = Invitations()


def why_not(lead: Lead, terms: UpgradeTerms | None, sent: Iterable[UpgradeInvitation], by: Any) -> list[Reason]:
    """Everything that an upgrade invitation of this lead needs, met or missing; `sent` are those it had."""
    store, email = lead.details.get("store_url"), lead.details.get("store_owner_email")
    return [
        Reason.of(
            "permission",
            by.can(UPGRADES_MANAGE) and by.side == PARTNER,
            met=_("You have a role that may do this."),
            missing=_("You need the role Referrals admin."),
            who=_("An administrator can give you the role."),
            by=MEMBERS_MANAGE,
        ),
        Reason.of(
            "status",
            lead.status in OPEN_LEADS,
            met=_("The lead is not decided yet."),
            missing=_("The lead is decided already."),
            final=True,
        ),
        Reason.of(
            "store",
            bool(store),
            met=_("The business has a store already."),
            missing=_("No store is named on the lead."),
            who=_("Submit the lead with *Already a merchant* and the address of the store."),
        ),
        Reason.of(
            "owner",
            bool(email),
            met=_("The owner’s email is known."),
            missing=_("The owner’s email is not known."),
            who=_("Submit the lead with the email of the store’s owner."),
        ),
        Reason.of(
            "none-open",
            not any(one.status in OPEN for one in sent),
            met=_("No invitation is open."),
            missing=_("An invitation is open already."),
            final=True,
        ),
        Reason.of(
            "terms",
            terms is not None,
            met=_("There are terms that the owner can agree to."),
            missing=_("There are no terms of an upgrade yet."),
            who=_("A programme admin publishes them."),
            by=PROGRAMS_MANAGE,
        ),
    ]


@transaction.atomic
def send_invitation(lead_id: UUID, *, language: str, by: Any, seen: int | None = None) -> UpgradeInvitation:
    """Mail the owner of the lead's store a link to the terms, in one of our languages; the lead leaves triage.

    Raises Lead.DoesNotExist for a lead the member does not see, Stale, and Refused with what is missing.
    """
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    if lead.program.kind != Kind.PLUS:
        raise Refused(Reason("program", _("Stores are upgraded by leads of the Plus kind only.")))
    if not by.can(UPGRADES_MANAGE):
        raise NotPermitted(UPGRADES_MANAGE)
    terms, sent = current_terms(), UpgradeInvitation.objects.filter(lead=lead, status__in=OPEN)
    missing = [reason for reason in why_not(lead, terms, sent, by) if not reason.ok]
    if language not in dict(settings.LANGUAGES):
        missing.append(Reason("language", _("Choose a language."), field="language"))
    if missing or terms is None:
        raise Refused(missing)
    return _sent(lead, terms, language, by)


def _sent(lead: Lead, terms: UpgradeTerms, language: str, by: Any) -> UpgradeInvitation:
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
        expires_at=now() + LIVES,
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:  # of another lead, or another partner's: nothing more is told of it
        raise Refused(Reason("none-open", _("An invitation for this store is open already."))) from None
    set_aside(lead.pk)
    data = INVITATIONS.event_data(invitation) | {"email": email}
    record("upgrade.sent", invitation, actor=by, after={"status": Status.SENT.value}, data=data)
    return invitation


@transaction.atomic
def open_invitation(invitation: UpgradeInvitation) -> UpgradeInvitation:
    """The owner reads the terms. Raises Refused once the link is over; read again, nothing changes."""
    held = _held(invitation)
    if held.status == Status.OPENED:
        return held
    return INVITATIONS.take("open", held, by=StoreOwner(held))


@transaction.atomic
def agree(invitation: UpgradeInvitation, *, name: str, address: str | None, text: str) -> UpgradeInvitation:
    """The owner agrees to the terms: `text` is what they read, `address` where the request came from."""
    held = _held(invitation)
    changes = {
        "agreed_at": now(),
        "agreed_name": name,
        "agreed_from": address,
        "agreed_digest": sha256(text.encode()).hexdigest(),
    }
    return INVITATIONS.take("agree", held, by=StoreOwner(held, name), changes=changes)


@transaction.atomic
def decline(invitation: UpgradeInvitation) -> UpgradeInvitation:
    held = _held(invitation)
    return _over("decline", held, by=StoreOwner(held))


@INVITATIONS.verb("activate")
@transaction.atomic
def activate(invitation_id: UUID, *, by: Any, seen: int | None = None) -> UpgradeInvitation:
    """The store is upgraded: its lead is awarded by the portal itself, which makes the referral."""
    held = INVITATIONS.locked(invitation_id, by=by, seen=seen)
    done = INVITATIONS.take("activate", held, by=by, data={"email": held.owner_email})
    award_upgraded(held.lead_id)
    return done


@INVITATIONS.verb("withdraw")
@transaction.atomic
def withdraw(invitation_id: UUID, *, text: str, by: Any, seen: int | None = None) -> UpgradeInvitation:
    held = INVITATIONS.locked(invitation_id, by=by, seen=seen)
    INVITATION.check("withdraw", held, by)
    return _over("withdraw", held, by=by, data={"reason_text": needs_text(text, "text"), "email": held.owner_email})


@transaction.atomic
def end_with_lead(lead_id: UUID) -> None:
    """The lead was decided by another road: the link stops working. What was agreed to goes on."""
    for held in UpgradeInvitation.objects.filter(lead=lead_id, status__in=ANSWERABLE).select_for_update():
        INVITATIONS.take("end", held, by=SYSTEM, data={"email": held.owner_email})


def sweep_invitations() -> None:
    """Expire, remind and warn what is due in the tenant that is named; each in a transaction of its own."""
    at, rows = now(), UpgradeInvitation.objects.order_by("expires_at")
    for key in _keys(rows.filter(status__in=ANSWERABLE, expires_at__lte=at)):
        _swept(key, "expire", lambda one: one.status in ANSWERABLE and one.expires_at <= at)
    for count, after in REMINDED_AFTER:
        due = rows.filter(status__in=ANSWERABLE, reminders__lt=count, created_at__lte=at - after, expires_at__gt=at)
        for key in _keys(due):
            _swept(key, "remind", lambda one, n=count: one.is_answerable and one.reminders < n, reminders=count)
    for key in _keys(rows.filter(status=Status.AGREED, is_late=False, agreed_at__lte=at - LATE_AFTER)):
        _swept(key, "warn", lambda one: one.status == Status.AGREED and not one.is_late, is_late=True)


def _keys(rows: QuerySet[UpgradeInvitation]) -> list[UUID]:
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _swept(key: UUID, step: str, is_due: Any, **changes: Any) -> None:
    """Take a step of the clock, unless somebody was faster."""
    held = INVITATIONS.locked(key, by=SYSTEM, seen=None)
    if not is_due(held):
        return
    if step == "expire":
        _over(step, held, by=SYSTEM)
        return
    INVITATIONS.take(step, held, by=SYSTEM, changes=changes, data={"email": held.owner_email})


def _over(step: str, held: UpgradeInvitation, *, by: Any, data: Mapping[str, Any] | None = None) -> UpgradeInvitation:
    """The invitation has come to nothing: its lead is in triage again (rulings 3)."""
    done = INVITATIONS.take(step, held, by=by, data=data)
    take_up_again(held.lead_id)
    return done


def _held(invitation: UpgradeInvitation) -> UpgradeInvitation:
    """The invitation behind a link, locked. Raises Refused where the link is over."""
    held = INVITATIONS.locked(invitation.pk, by=SYSTEM, seen=None)
    if not held.is_answerable:
        raise Refused(Reason("link_over", _("This invitation was answered, withdrawn or has expired.")))
    return held


@transaction.atomic
def publish_terms(texts: Mapping[str, str], *, by: Any) -> UpgradeTerms:
    """Publish the next version. `texts` by language; the tenant's own language is required. Raises Refused."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    written = {language: text.strip() for language, text in texts.items() if text.strip()}
    own = current_tenant().language
    if own not in written:
        raise Refused(Reason("text-missing", _("Write the terms in the language of the portal."), field=own))
    _one_at_a_time()
    last = current_terms()
    if last is not None and last.texts == written:
        return last
    number = last.number + 1 if last else 1
    terms = UpgradeTerms.objects.create(number=number, texts=written, published_by=by)
    data = {"version": number, "languages": sorted(written), "url": terms.urls.page}
    record("upgradeterms.published", terms, actor=by, after={"texts": written}, data=data)
    return terms


def _one_at_a_time() -> None:
    """Two admins who publish at once get two numbers."""
    query = "SELECT pg_advisory_xact_lock(hashtext('upgrade-terms'), hashtext(%s))"
    with connection.cursor() as cursor:
        cursor.execute(query, [str(current_tenant().pk)])
