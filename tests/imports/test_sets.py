"""Companies and contacts of a set are those that would have come one by one, whatever meets whatever (E16)."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from deals.models import Company, Contact
from deals.services.remembering import Brought, remember_customers
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event

Act = Callable[[Membership], Any]
KEPT = ("name", "name_key", "host", "website", "country", "postcode", "version", "search_text")
PEOPLE = ("first_name", "last_name", "name_key", "company_key", "email", "phone", "job_title", "version", "search_text")
NAMES = ("Hafenkontor GmbH", "Hafenkontor", "Alte Werft", "Łódzka Kawa", "Kaffe & Ko", "Ås Frisør")
HOSTS = ("", "", "hafenkontor.example.org", "werft.example.org", "kawa.example.org", "facebook.com")
PERSONS = (("Jette", "Ahlers"), ("Jete", "Ahlers"), ("Ole", "Brandt"), ("", ""))
MAILS = ("", "jette@hafenkontor.example.org", "info@werft.example.org", "ole@kawa.example.org")


def brought(chance: random.Random, number: int) -> Brought:
    """One that often has something in common with others, and as often nothing."""
    is_new = chance.random() < 0.4
    host = f"shop{number}.example.org" if is_new else chance.choice(HOSTS)
    first, last = chance.choice(PERSONS)
    return Brought(
        name=f"Shop {number}" if is_new else chance.choice(NAMES),
        host=host,
        website=f"https://{host}" if host else "",
        country=chance.choice(("DE", "PL", "")),
        postcode=chance.choice(("28195", "90-001", "90 001", "")),
        first_name=first,
        last_name=last or ("Nowak" if is_new else ""),
        email=f"ole@{host}" if is_new else chance.choice(MAILS),
        phone=chance.choice(("", "+49 421 1", "+48 42 2")),
        job_title=chance.choice(("", "Owner")),
    )


def kept_by(member: Membership, pairs: Sequence[tuple[Any, Any]]) -> list[Any]:
    """What the partner has of each row, which rows are one company and one person, and how often each was changed."""
    companies = {row["id"]: row for row in Company.objects.filter(partner=member.partner_id).values("id", *KEPT)}
    contacts = {row["id"]: row for row in Contact.objects.filter(partner=member.partner_id).values("id", *PEOPLE)}
    ones, others = ([*dict.fromkeys(kind)] for kind in zip(*pairs, strict=True))
    events = [
        Event.objects.filter(subject_id=key, kind__in=("company.changed", "contact.changed")).count()
        for key in (*ones, *others)
    ]
    assert companies.keys() == {*ones}
    assert contacts.keys() == {*others}
    told = [{name: value for name, value in companies[key].items() if name != "id"} for key in ones]
    told += [{name: value for name, value in contacts[key].items() if name != "id"} for key in others]
    return [[(ones.index(one), others.index(other)) for one, other in pairs], told, events]


@pytest.mark.parametrize("seed", range(24))
def test_a_set_is_kept_as_its_rows_one_by_one(seller: Membership, rival: Membership, acting: Act, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same rows in every run
    rows = [brought(chance, number) for number in range(40)]
    before, now = rows[:8], rows[8:]
    with acting(seller):
        pairs = [remember_customers([one], partner_id=seller.partner_id, by=seller)[0] for one in rows]
        one_by_one = kept_by(seller, pairs)
    with acting(rival):
        pairs = [remember_customers([one], partner_id=rival.partner_id, by=rival)[0] for one in before]
        pairs += remember_customers(now, partner_id=rival.partner_id, by=rival)
        assert kept_by(rival, pairs) == one_by_one
