"""The demo's tiers and queues, and leads that wait there, are offered, or have a holder."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import now

from leads.models import Lead, Program
from partnerhub.accounts.demo import JOINED_BEFORE, PortalDemo, acting, with_role
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import Claim, QueuedLead
from partnerhub.claims.services import To, WhereTo, add_queue, bring_lead, claim_lead, report_dead, say_progress
from partnerhub.events.services import happened
from partnerhub.partners.kept import add_tier
from partnerhub.partners.models import Partner
from partnerhub.partners.services import set_tier
from partnerhub.roles import Role
from partnerhub.tenancy.models import new_id

TIERS = (
    {"name": "Registered", "position": 1, "claim_limit": 3, "claims_per_week": 5},
    {"name": "Select", "position": 2, "claim_limit": 5, "claims_per_week": 10},
    {"name": "Premier", "position": 3, "claim_limit": 10, "protection_days": 60},
)
WAITING_BUSINESSES = (
    ("Kaffeerösterei Speicherdeck", "speicherdeck", "DE", "20457", "Hennecke", "restaurant", "Four cafés"),
    ("Bokhandel Nordlys AS", "bokhandel-nordlys", "NO", "5003", "Tveit", "home", "One shop"),
    ("Piekarnia Złoty Kłos", "zlotyklos", "PL", "50-101", "Maj", "food", "Six bakeries"),
    ("Cykelhuset Östermalm AB", "cykelhuset-ostermalm", "SE", "11446", "Lindqvist", "sport", "Two shops"),
    ("Hotel Am Deich", "hotel-am-deich", "DE", "26548", "Janssen", "services", "40 rooms"),
    ("Sauna ja Kahvila Kaisla Oy", "kaisla", "FI", "00530", "Niemi", "restaurant", "One café"),
    ("Gartencenter Immengrün", "immengruen", "DE", "29221", "Oltmanns", "home", "One garden centre"),
    ("Vinhandel Havnegade ApS", "vinhandel-havnegade", "DK", "1058", "Krogh", "food", "Three shops"),
    ("Dom Handlowy Wisła", "dh-wisla", "PL", "31-002", "Sroka", "fashion", "A department store"),
)
NEED = "Tills that go on without a connection, and one stock list."
HELD_SO_FAR = (("contacted", ""), ("meeting", "On site next week."), ("", "They have closed for good."))
"""How far its holder is with each of the first leads; without a word, reported dead for the reason."""


def fill_queues(demo: PortalDemo) -> None:
    """Tiers, a queue for the highest, and leads: the first ones with a holder, the last one offered to its partner."""
    admin, manager = with_role(demo.seats, Role.PROGRAMME_ADMIN), with_role(demo.seats, Role.CHANNEL_MANAGER)
    seller = with_role(demo.seats, Role.REFERRALS_ADMIN)
    with happened(now() - JOINED_BEFORE), acting(demo.tenant, admin):
        _set_up(seller.partner, admin)
    many = len(WAITING_BUSINESSES)
    for number, business in enumerate(WAITING_BUSINESSES):
        to = To(WhereTo.OFFER, partner=seller.partner) if number == many - 1 else To(WhereTo.QUEUE)
        days = timedelta(days=many - number, hours=number) if number < many - 1 else timedelta(hours=5)
        with happened(now() - days), acting(demo.tenant, manager):
            lead = _bring(business, to, manager, days)
        if number < len(HELD_SO_FAR):
            _hold(demo, seller, lead, number, days)


def _set_up(partner: Partner | None, admin: Membership) -> None:
    tiers = [add_tier(values, by=admin) for values in TIERS]
    if partner is not None:
        set_tier(partner.pk, tiers[1].pk, by=admin)
    add_queue({"name": "Premier partners", "position": 10, "tiers": [tiers[2].pk], "countries": ["DK"]}, by=admin)


def _hold(demo: PortalDemo, seller: Membership, lead: Lead, number: int, days: timedelta) -> None:
    """The seller takes the lead a few hours later, and says the day after how far it is with it."""
    progress, text = HELD_SO_FAR[number]
    said: Callable[[], Claim] = (
        (lambda: say_progress(lead.pk, progress=progress, text=text, by=seller))
        if progress
        else (lambda: report_dead(lead.pk, text=text, by=seller))
    )
    with happened(now() - days + timedelta(hours=3)), acting(demo.tenant, seller):
        claim_lead(lead.pk, by=seller)
    with happened(now() - days + timedelta(days=1)), acting(demo.tenant, seller):
        said()


def _bring(business: tuple[str, ...], to: To, manager: Membership, days: timedelta) -> Lead:
    company, host, country, postcode, last_name, industry, size = business
    answers = {
        "company": company,
        "website": f"https://{host}.example.org",
        "country": country,
        "postcode": postcode,
        "last_name": last_name,
        "email": f"{last_name.lower()}@{host}.example.org",
    }
    facts = {"industry": industry, "size": size, "need": NEED}
    program = Program.objects.get(slug="pos")
    lead = bring_lead(new_id(), program=program, answers=answers, facts=facts, to=to, by=manager)
    moment = now() - days
    dates = {"created_at": moment, "submitted_at": moment, "status_changed_at": moment, "updated_at": moment}
    Lead.objects.filter(pk=lead.pk).update(**dates)
    QueuedLead.objects.filter(lead=lead.pk).update(since=moment)
    return lead
