"""The filters of triage: chips with what is chosen, and the menus behind them, counted when they are opened."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from leads.models import Program
from leads.views.triage.queue import FILTERS, FIRST_QUEUE, QUEUES, Place
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.web.sorting import sorted_by_name

LABELS = {
    "queue": gettext_lazy("Queue"),
    "program": gettext_lazy("Program"),
    "country": gettext_lazy("Country"),
    "partner": gettext_lazy("Partner"),
    "sales_support": gettext_lazy("Sales support"),
}
COUNTED = {"program": "program__slug", "country": "country", "partner": "partner_id"}
MOST = 200
SINGLE = {"queue", "sales_support"}
"""Filters of one choice: their menus are links."""

Choice = tuple[str, Any, bool, int | None]


def chips_of(place: Place) -> list[dict[str, Any]]:
    """One chip per filter, with the names of what is chosen."""
    return [
        {
            "id": f"filter-{name}",
            "label": label,
            "value": ", ".join(_names(name, place)),
            "is_on": name in {key for key, _ in place.parameters("cursor")},
            "url": f"{reverse('leads:triage')}?{urlencode([*place.parameters('cursor'), ('choose', name)])}",
        }
        for name, label in LABELS.items()
    ]


def menu_of(name: str, place: Place, membership: Membership) -> dict[str, Any]:
    """The choices behind one chip: (value, words, chosen, how many leads)."""
    choices = _choices(name, place, membership)
    return {
        "name": name,
        "label": LABELS[name],
        "choices": choices,
        "links": _links(name, place, choices) if name in SINGLE else [],
        "hidden": place.parameters("cursor", name),
        "clear_url": place.without(name) if place.chosen(name) else "",
        "back_url": place.without("cursor"),
    }


def _links(name: str, place: Place, choices: Sequence[Choice]) -> list[tuple[str, Any, bool]]:
    """The choices as (address, words, chosen)."""
    rest = place.parameters("cursor", name)
    pairs = [([*rest, (name, value)] if value else rest, words, chosen) for value, words, chosen, _many in choices]
    here = reverse("leads:triage")
    return [(f"{here}?{urlencode(query)}" if query else here, words, chosen) for query, words, chosen in pairs]


def _choices(name: str, place: Place, membership: Membership) -> list[Choice]:
    if name == "queue":
        return [("" if key == FIRST_QUEUE else key, label, key == place.queue, None) for key, label in QUEUES.items()]
    chosen = place.chosen(name)
    if name == "sales_support":
        words = {"": _("All"), "true": _("Yes"), "false": _("No")}
        return [(value, word, value in (chosen or [""]), None) for value, word in words.items()]
    rows = place.rows(membership, apart_from=name).order_by()
    counted = rows.values_list(COUNTED[name]).annotate(many=Count("pk")).order_by("-many")[:MOST]
    found = dict.fromkeys(chosen, 0) | {str(value): many for value, many in counted}
    words = _narrowed_by(name, list(found))
    choices = ((key, words[key], key in chosen, many) for key, many in found.items())
    return sorted_by_name(choices, name=itemgetter(1))


def _names(name: str, place: Place) -> list[str]:
    """What is chosen in a filter, in words."""
    if name == "queue":
        return [str(QUEUES[place.queue])]
    chosen = place.chosen(name)
    if name == "sales_support":
        return [_("Yes") if value == "true" else _("No") for value in chosen]
    words = _narrowed_by(name, chosen)
    return [words[key] for key in chosen]


def _narrowed_by(name: str, keys: Sequence[str]) -> dict[str, str]:
    """Names for the keys of a filter; what has none stands for itself."""
    words = {key: key for key in keys}
    if not words:
        return words
    if name == "country":
        return {code: str(countries.name(code) or code) for code in words}
    if name == "program":
        return words | dict(Program.objects.filter(slug__in=keys).values_list("slug", "name"))
    return words | {str(partner.pk): partner.name for partner in Partner.objects.filter(pk__in=keys)}


def is_filter(name: str) -> bool:
    return name in FILTERS or name == "queue"
