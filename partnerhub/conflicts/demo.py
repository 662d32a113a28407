"""The demo's conflict desk: leads for what somebody else has already; and a company that came in twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from deals.identity import mail_domain
from deals.services import add_account, look_for_duplicates
from leads.models import Lead, Program
from leads.services import new_lead_id, submit_lead
from leads.states import Status
from partnerhub.accounts.demo import PortalDemo, acting, with_role
from partnerhub.accounts.models import Membership
from partnerhub.conflicts.models import ConflictCase
from partnerhub.conflicts.services import let_all_stand, look_for_flags
from partnerhub.events.services import happened
from partnerhub.roles import Role
from partnerhub.tenancy.scope import tenant_scope

BOTH_KNOW = (
    "We met the owner in May, and she asked us to go on.",
    "It is their second shop: another contract, and another person decides.",
)
COPIED = ("company", "website", "country", "postcode", "first_name", "last_name", "email")
COLLIDING_ANSWERS = {
    "relationship": "acquaintance",
    "how_met": "At a fair in spring",
    "sales_support": True,
    "consent": True,
    "consent_basis": "spoken",
    "terms": True,
    "locations": 2,
    "industry": "food",
    "card_volume": "under_50k",
}
CUSTOMER_BUSINESS = {"company": "Reederei Halvorsen", "website": "https://halvorsen.example.org", "country": "NO"}


def fill_conflicts(demo: PortalDemo) -> None:
    """Two leads collide with protected ones of other partners, of which one was decided; one with a customer."""
    with tenant_scope(demo.tenant):
        protected = Lead.objects.filter(status=Status.IN_PROGRESS, protected_until__gt=now(), partner__isnull=False)
        held = list(protected.order_by("-submitted_at")[: len(BOTH_KNOW)])
    cases = [
        _collides(demo, {name: str(getattr(lead, name)) for name in COPIED}, word, other)
        for lead, word in zip(held, BOTH_KNOW, strict=False)
        for other in _sellers(demo, lead.partner_id)[:1]
    ]
    manager = with_role(demo.seats, Role.CHANNEL_MANAGER)
    with acting(demo.tenant, manager):
        account = {
            "name": CUSTOMER_BUSINESS["company"],
            "domains": ["halvorsen.example.org"],
            "customer_since": now().date(),
        }
        add_account(account, by=manager)
        for case in cases[1:]:
            let_all_stand(case.pk, text="They are two shops. Both leads go on.", by=manager)
    person = {"first_name": "Sigrid", "last_name": "Halvorsen", "email": "sigrid@halvorsen.example.org"}
    seller = _sellers(demo, None)[0]
    _collides(demo, CUSTOMER_BUSINESS | person, "Another branch of theirs asks for it.", seller)
    _comes_twice(demo, seller)
    _refers_itself(demo, seller)


def _sellers(demo: PortalDemo, but: UUID | None) -> list[Membership]:
    """The first Referrals admin of each partner but this one."""
    partners = dict.fromkeys(seat.partner_id for seat in demo.seats if seat.partner_id not in {None, but})
    return [demo.seller_of(partner) for partner in partners]


def _collides(demo: PortalDemo, business: dict[str, Any], word: str, seller: Membership) -> ConflictCase:
    """A lead that its partner sends for review with a word: its case."""
    lead = _submitted(demo, business, seller, review=word)
    with tenant_scope(demo.tenant):
        return ConflictCase.objects.get(lead=lead)


def _comes_twice(demo: PortalDemo, seller: Membership) -> None:
    """A partner brings a company once more, under a longer name and another website."""
    with acting(demo.tenant, seller):
        lead = Lead.objects.filter(partner=seller.partner_id, known_company__isnull=False).order_by("-number")[0]
    business = {"company": f"{lead.company} Catering", "website": "https://catering.example.org", "country": "DE"}
    person = {"first_name": "Imke", "last_name": "Petersen", "email": "imke@catering.example.org"}
    _submitted(demo, business | person, seller)
    with tenant_scope(demo.tenant):
        look_for_duplicates()


def _refers_itself(demo: PortalDemo, seller: Membership) -> None:
    """A partner brings a shop under its own domain: the portal holds it."""
    domain = mail_domain(seller.user.email)
    if not domain:
        return
    person = {"first_name": "Hauke", "last_name": "Lorenzen", "email": f"shop@{domain}"}
    _submitted(
        demo, {"company": "Hofladen am Kontor", "website": f"https://{domain}", "country": "DE"} | person, seller
    )
    with tenant_scope(demo.tenant):
        look_for_flags()


def _submitted(demo: PortalDemo, business: dict[str, Any], seller: Membership, review: str | None = None) -> Lead:
    sent = now() - timedelta(hours=5)
    answers = COLLIDING_ANSWERS | business | {"consent_date": sent.date()}
    with happened(sent), acting(demo.tenant, seller):
        program = Program.objects.get(slug="pos")
        lead = submit_lead(new_lead_id(), program=program, answers=answers, by=seller, review=review)
        dates = dict.fromkeys(("created_at", "submitted_at", "status_changed_at", "updated_at"), sent)
        Lead.objects.filter(pk=lead.pk).update(**dates)
    return lead
