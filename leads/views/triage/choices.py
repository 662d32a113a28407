"""The choices behind a filter of triage that has many: each with the number of leads that it leaves."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db.models import Count
from django_countries import countries

from leads.models import Program
from leads.views.triage.queue import TriageQueue
from partnerhub.partners.models import Partner
from partnerhub.web.sorting import sorted_by_name

COUNTED_BY = {"program": "program_id", "country": "country", "partner": "partner_id"}
MOST_OFFERED = 200
CountedChoice = tuple[str, str, bool, int]
"""(value, words, whether it is chosen, how many leads)"""


def menu_of(name: str, queue: TriageQueue) -> dict[str, Any]:
    """What one chip's menu holds; `hidden`: what a form around it carries along."""
    rest = queue.apart_from(name)
    return {
        "name": name,
        "label": queue.of.filters.filters[name].label,
        "choices": _choices(name, queue, rest),
        "hidden": queue.address.hidden(name),
        "clear_url": rest.url_of() if queue.of.chosen.get(name) else "",
        "back_url": queue.url_of(),
    }


def _choices(name: str, queue: TriageQueue, rest: TriageQueue) -> list[CountedChoice]:
    """Those that leave something, and those that are chosen. Two statements."""
    rows = rest.of.narrowed().order_by().values_list(COUNTED_BY[name])
    counted = rows.annotate(many=Count("pk")).order_by("-many")[:MOST_OFFERED]
    found = {str(key): many for key, many in counted}
    chosen = queue.of.chosen.get(name, [])
    words = _named(name, [*found])
    named = {value: (text, found[key]) for key, (value, text) in words.items()}
    missing = [key for key in chosen if key not in named]
    named |= {key: (queue.of.filters.words_of(name, [key]), 0) for key in missing}
    choices = ((value, text, value in chosen, many) for value, (text, many) in named.items())
    return sorted_by_name(choices, name=itemgetter(1))


def _named(name: str, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The value of the parameter and its words, by what stands in the column."""
    match name:
        case "country":
            return {code: (code, str(countries.name(code) or code)) for code in keys}
        case "program":
            return {str(one.pk): (one.slug, one.name) for one in Program.objects.filter(pk__in=keys)}
    return {str(one.pk): (str(one.pk), one.name) for one in Partner.objects.filter(pk__in=keys)}
