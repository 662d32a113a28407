"""By what customers are found and sorted: columns that repeat names, written anew where these have changed.

Whatever a person merged is found by its names too: the one that was kept comes up.
"""

from collections.abc import Iterable

from deals.models import Company, Contact, Customer, Deal
from deals.selectors import ids_of, merged_of
from deals.states.deals import IS_CLOSED
from partnerhub.web.folding import fold, website_words

WRITTEN = 500


def find_anew(record: Customer) -> None:
    """Write anew by what this one, and the people of a company, are found and sorted. For one that stands in lists."""
    if isinstance(record, Contact):
        _write([Contact.objects.select_related("company__known_as").get(pk=record.pk)])
        return
    company = Company.objects.get(pk=record.pk)
    company.search_text = " ".join(map(_words_of, [company, *merged_of(company)]))
    company.save(update_fields=["search_text"])
    people = Contact.objects.filter(company__in=ids_of(company)).select_related("company__known_as")
    _write(people.select_for_update(of=("self",)))
    deals = Deal.objects.filter(company__in=ids_of(company)).exclude(status__in=IS_CLOSED)
    found = list(deals.select_related("company__known_as").select_for_update(of=("self",), no_key=True))
    for deal in found:
        deal.search_text = words_of_deal(deal.name, deal.crm_id, deal.company.standing.name, deal.company.name)
    Deal.objects.bulk_update(found, ["search_text"], batch_size=WRITTEN)


def words_of_deal(*names: str) -> str:
    """By what a deal is found: its name, its CRM id, and what its company is called."""
    return fold(" ".join(dict.fromkeys(names)))


def _words_of(company: Company) -> str:
    return fold(f"{company.name} {website_words(company.host or company.website, company.host)}")


def _write(people: Iterable[Contact]) -> None:
    """Company and words of these people; those of a contact with what was merged into it."""
    found = list(people)
    merged: dict[object, list[Contact]] = {}
    for one in Contact.objects.filter(known_as__in=[person.pk for person in found]):
        merged.setdefault(one.known_as_id, []).append(one)
    for person in found:
        names = [f"{one.name} {one.email}" for one in (person, *merged.get(person.pk, ()))]
        companies = dict.fromkeys((person.business.name, person.company.name))
        person.company_key = person.business.name_key
        person.search_text = fold(" ".join([*names, *companies]))
    Contact.objects.bulk_update(found, ["company_key", "search_text"], batch_size=WRITTEN)
