"""What a member may see of the customers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from deals.models import Company, Contact, Customer, VendorAccount
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.roles import ACCOUNTS_VIEW, CUSTOMERS_VIEW, VENDOR
from partnerhub.web.folding import fold
from partnerhub.web.visibility import EVERYTHING, NOTHING, Is, Missing, Rule

CONTACTS_SHOWN = 100
NAMES_OFFERED = 200


def seen_by(membership: Seat) -> Rule:
    """Which companies and contacts this member may see: the own partner's, or all partners' on the vendor side."""
    if not membership.can(CUSTOMERS_VIEW):
        return NOTHING
    return EVERYTHING if membership.side == VENDOR else Is("partner_id", membership.partner_id)


def standing_for(membership: Seat) -> Rule:
    """Those of them that stand in lists: none that a person merged into another one."""
    return seen_by(membership) & Missing("known_as_id")


def companies_for(membership: Seat) -> QuerySet[Company]:
    """Every company that this member may see."""
    return Company.objects.filter(seen_by(membership).lookup())


def names_offered(membership: Seat) -> list[str]:
    """What the own companies are called, as names to choose from: those with the latest activity."""
    rows = Company.objects.filter(standing_for(membership).lookup(), partner=membership.partner_id)
    return list(rows.order_by("-updated_at", "-id").values_list("name", flat=True)[:NAMES_OFFERED])


def called_alike(name: str, *, partner_id: UUID | None) -> list[Company]:
    """The companies of a partner under this name, two at most: by case, accents and spaces they do not differ."""
    rows = Company.objects.filter(partner=partner_id, name_key=fold(name)[:200], known_as=None)
    return list(rows.defer("search_text").order_by("id")[:2])


def contacts_for(membership: Seat) -> QuerySet[Contact]:
    """Every contact that this member may see."""
    return Contact.objects.filter(seen_by(membership).lookup())


def listed_companies(membership: Membership) -> QuerySet[Company]:
    """The rows of the companies' list, each with its number of contacts, those of merged ones too."""
    people = Contact.objects.filter(known_as=None).order_by()
    own = people.filter(company=OuterRef("pk")).values("company").annotate(number=Count("pk"))
    merged = people.filter(company__known_as=OuterRef("pk")).values("company__known_as").annotate(number=Count("pk"))
    return (
        companies_for(membership)
        .filter(known_as=None)
        .select_related("partner")
        .annotate(
            contact_count=Coalesce(Subquery(own.values("number")), 0) + Coalesce(Subquery(merged.values("number")), 0)
        )
        .defer("search_text")
    )


def listed_contacts(membership: Membership) -> QuerySet[Contact]:
    """The rows of the contacts' list."""
    rows = contacts_for(membership).filter(known_as=None).select_related("partner", "company__known_as")
    return rows.defer("search_text", "company__search_text", "company__known_as__search_text")


def merged_of(record: Customer) -> list[Any]:
    """What persons merged into it, at any remove, the oldest first."""
    return list(type(record).objects.filter(known_as=record.pk).defer("search_text").order_by("id"))


def ids_of(record: Customer) -> list[UUID]:
    """Its id, and those of what persons merged into it."""
    rows = type(record).objects.filter(known_as=record.pk)
    return [record.pk, *rows.order_by("id").values_list("pk", flat=True)]


def contacts_of(company: Company, membership: Seat) -> list[Contact]:
    """A company's people, by name; also those of what was merged into it."""
    rows = contacts_for(membership).filter(company__in=ids_of(company), known_as=None).defer("search_text")
    return list(rows.order_by("name_key", "id")[:CONTACTS_SHOWN])


def contact_of(company: Company, contact_id: UUID, membership: Seat) -> Contact | None:
    """The one of a company's people with this id."""
    return contacts_for(membership).filter(company__in=ids_of(company), known_as=None, pk=contact_id).first()


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
