"""What changed on a lead since a person saw it, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from leads.states import ReasonCode, Status
from partnerhub.accounts.models import Membership

Difference = Mapping[str, tuple[Any, Any]]

LABELS = {
    "status": gettext_lazy("Status"),
    "representative": gettext_lazy("Representative"),
    "owner": gettext_lazy("Owner"),
    "team": gettext_lazy("Team"),
    "sales_support": gettext_lazy("Sales support"),
    "is_seen": gettext_lazy("Seen"),
    "question": gettext_lazy("Question"),
    "reason_code": gettext_lazy("Reason"),
    "reason_text": gettext_lazy("Explanation"),
    "appeal_text": pgettext_lazy("noun", "Appeal"),
    "award_question": gettext_lazy("Asked to take the award back"),
}


PEOPLE = ("representative", "owner", "team")


def rows_of(difference: Difference, names: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """One row per changed field that people know: {label, seen, now}. `names` of people, where they have been read."""
    names = people_in([difference]) if names is None else names
    return [
        {"label": LABELS[name], "seen": _words(name, seen, names), "now": _words(name, now, names)}
        for name, (seen, now) in difference.items()
        if name in LABELS
    ]


def people_in(differences: Iterable[Difference]) -> dict[str, str]:
    """The names of the people in these differences, by id. One statement at most."""
    keys = {key for difference in differences for name in PEOPLE for key in _keys(difference.get(name, ()))}
    if not keys:
        return {}
    return {str(one.pk): one.name for one in Membership.objects.filter(pk__in=keys).select_related("user")}


def _keys(pair: Iterable[Any]) -> list[str]:
    """The ids in a pair of values, each one person's, several people's or nobody's."""
    return [key for value in pair for key in (value if isinstance(value, list) else [value]) if key]


def _words(name: str, value: Any, names: Mapping[str, str]) -> Any:
    if value in (None, "", []):
        return "–"
    match name:
        case "status":
            return Status(value).label
        case "reason_code":
            return ReasonCode(value).label
        case "sales_support" | "is_seen":
            return _("Yes") if value else _("No")
        case "representative" | "owner" | "team":
            return ", ".join(sorted(names.get(key, "–") for key in _keys([value])))
    return value
