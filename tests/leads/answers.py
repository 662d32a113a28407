"""What a person fills in, complete and right: tests change one thing about it."""

from typing import Any

WINDOW = "0123456789"
"""The window in which all of it was typed."""

POS: dict[str, str] = {
    "company": "Wollkontor Elbufer GmbH",
    "website": "wollkontor-elbufer.example",
    "country": "DE",
    "postcode": "20457",
    "industry": "fashion",
    "locations": "2",
    "first_name": "Friederike",
    "last_name": "Osterkamp",
    "email": "f.osterkamp@wollkontor-elbufer.example",
    "phone": "040 555 07 31",
    "job_title": "Owner",
    "relationship": "prospect",
    "how_met": "At the yarn fair in Hamburg",
    "current_pos": "Cash register, paper stock list",
    "card_volume": "under_50k",
    "terminals": "3",
    "problem": "Opens a second shop and wants one stock list for both.",
    "notes": "New owner since September.",
    "consent": "on",
    "consent_basis": "spoken",
    "consent_date": "2026-01-15",
    "terms": "on",
}
PLUS: dict[str, str] = {
    name: value
    for name, value in POS.items()
    if name not in {"industry", "locations", "current_pos", "card_volume", "terminals", "problem"}
} | {
    "is_merchant": "on",
    "store_url": "shop.wollkontor-elbufer.example",
    "store_owner_email": "owner@wollkontor-elbufer.example",
    "ready_to_upgrade": "on",
    "online_revenue": "under_1m",
    "platform": "Own shop software",
    "markets": "2",
    "is_b2b": "on",
    "product_interest": "Wholesale",
    "intro_note": "We look after their shops.",
    "pain": "Two stock lists.",
    "next_steps": "A demo in January.",
    "sales_support": "on",
}
NEEDED_POS = (
    "company",
    "website",
    "country",
    "locations",
    "first_name",
    "last_name",
    "email",
    "consent",
    "consent_basis",
    "consent_date",
    "terms",
)
NEEDED_PLUS = tuple(name for name in NEEDED_POS if name != "locations")


def pos(**changes: Any) -> dict[str, Any]:
    """A complete POS submission with these changes; None takes an answer out."""
    return {name: value for name, value in (POS | changes).items() if value is not None}


def plus(**changes: Any) -> dict[str, Any]:
    """A complete Plus submission with these changes; None takes an answer out."""
    return {name: value for name, value in (PLUS | changes).items() if value is not None}
