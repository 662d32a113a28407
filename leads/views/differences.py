"""What changed on a lead since a person saw it, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.states import ReasonCode, Status
from partnerhub.accounts.models import Membership

LABELS = {
    "status": gettext_lazy("Status"),
    "representative": gettext_lazy("Representative"),
    "sales_support": gettext_lazy("Sales support"),
    "question": gettext_lazy("Question"),
    "reason_code": gettext_lazy("Reason"),
    "reason_text": gettext_lazy("Explanation"),
    "appeal_text": gettext_lazy("Appeal"),
    "award_question": gettext_lazy("Asked to take the award back"),
}


def rows_of(difference: dict[str, tuple[Any, Any]]) -> list[dict[str, Any]]:
    """One row per changed field that people know: {label, seen, now}."""
    return [
        {"label": LABELS[name], "seen": _words(name, seen), "now": _words(name, now)}
        for name, (seen, now) in difference.items()
        if name in LABELS
    ]


def _words(name: str, value: Any) -> Any:
    if value in (None, ""):
        return "–"
    match name:
        case "status":
            return Status(value).label
        case "reason_code":
            return ReasonCode(value).label
        case "sales_support":
            return _("Yes") if value else _("No")
        case "representative":
            member = Membership.objects.filter(pk=value).select_related("user").first()
            return member.name if member else "–"
    return value
