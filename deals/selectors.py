"""What a member may see of the customers."""

from collections.abc import Sequence

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from deals.models import Company, Contact, VendorAccount
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.roles import ACCOUNTS_VIEW, CUSTOMERS_VIEW, VENDOR
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Rule

CONTACTS_SHOWN = 100


def seen_by(membership: Seat) -> Rule:
    """Which companies and contacts this member may see: the own partner's, or all partners' on the vendor side."""
    if not membership.can(CUSTOMERS_VIEW):
        return NOTHING
    return EVERYTHING if membership.side == VENDOR else Is("partner_id", membership.partner_id)


def companies_for(membership: Seat) -> QuerySet[Company]:
    """Every company that this member may see."""
    return Company.objects.filter(seen_by(membership).lookup())


def contacts_for(membership: Seat) -> QuerySet[Contact]:
    """Every contact that this member may see."""
    return Contact.objects.filter(seen_by(membership).lookup())


def listed_companies(membership: Membership) -> QuerySet[Company]:
    """The rows of the companies' list, each with its number of contacts."""
    contacts = Contact.objects.filter(company=OuterRef("pk")).order_by().values("company").annotate(number=Count("pk"))
    return (
        companies_for(membership)
        .select_related("partner")
        .annotate(contact_count=Coalesce(Subquery(contacts.values("number")), 0))
        .defer("search_text")
    )


def listed_contacts(membership: Membership) -> QuerySet[Contact]:
    """The rows of the contacts' list."""
    return contacts_for(membership).select_related("partner", "company").defer("search_text", "company__search_text")


def contacts_of(company: Company, membership: Seat) -> list[Contact]:
    """A company's people, by name."""
    rows = contacts_for(membership).filter(company=company).defer("search_text")
    return list(rows.order_by("name_key", "id")[:CONTACTS_SHOWN])


def accounts_for(membership: Seat) -> QuerySet[VendorAccount]:
    """The vendor's own accounts, for who may see them; nothing for anybody else, no partner among them."""
    rows: QuerySet[VendorAccount] = VendorAccount.objects.all()
    return rows if membership.side == VENDOR and membership.can(ACCOUNTS_VIEW) else rows.none()


def is_known_account(keys: Sequence[str], membership: Seat) -> bool:
    """Whether the vendor has the business with these keys as a customer, or as one not to be referred.

    As the list is for this member; the conflict check asks the same of it (`lead_verdict`).
    """
    known = Q(customer_since__isnull=False) | Q(do_not_refer=True)
    return accounts_for(membership).filter(known, keys__overlap=[*keys]).exists()
