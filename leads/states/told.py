"""Short texts of a lead's events, and the kinds of event that belong to no step."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.states.judged import Judged
from leads.states.questions import QUESTIONS
from leads.states.words import ReasonCode
from partnerhub.roles import PARTNER, VENDOR
from partnerhub.states import Told

Data = Mapping[str, Any]


def support_words(data: Data) -> str:
    return _now("with sales support") if data.get("sales_support") else _now("without sales support")


def refusal_words(data: Data) -> str:
    """The reason and its explanation."""
    code = data.get("reason_code", "")
    reason = ReasonCode(code).label if code in ReasonCode.values else ""
    return f"{reason}. {data.get('reason_text', '')}"


def undone_words(data: Data) -> str:
    """Who looks after the lead again."""
    again = _now("%(representative_name)s looks after the lead again") if data["representative_name"] else ""
    return again % data or _now("nobody looks after the lead again")


def again_words(lead: Judged) -> str:
    """Said to whoever undid an assignment."""
    if lead.representative_id:
        return _now("%(company)s is with %(representative)s again.")
    return _now("%(company)s has no representative again.")


def team_words(data: Data) -> str:
    return ", ".join([data["owner_name"], *data["team_names"]])


def _label_words(data: Data) -> str:
    return ", ".join(data["labels"])


def _handed_over_words(data: Data) -> str:
    """From whom the lead, or the draft, went to whom."""
    names = {"former": data["handed_over_from"], "name": data["assigned_to"]}
    if names["name"]:
        return _now("from %(former)s to %(name)s") % names
    return _now("%(former)s no longer looks after the lead, and nobody else does yet") % names


def partner_words(data: Data) -> str:
    """Which partner has the lead, or had it."""
    return str(data.get("partner_name", ""))


def corrected_words(data: Data) -> str:
    """Which answers were corrected."""
    return ", ".join(str(one.label) for one in QUESTIONS if one.name in data.get("fields", ()))


def _covers_words(data: Data) -> str:
    """That somebody covers for whom the lead would have gone to (E28); nothing else is said."""
    if not data.get("covers_name"):
        return ""
    return _now("%(deputy)s covers for %(name)s") % {"deputy": data["assigned_to"], "name": data["covers_name"]}


GIVEN = Told("lead.assigned", _("Lead assigned"), _("Assigned to %(assigned_to)s"), icon="user", said=_covers_words)
AWARDED = Told("lead.awarded", _("Lead awarded"), _("Awarded"), "good", "award")
REFUSED = Told("lead.refused", _("Lead not eligible"), _("Not eligible"), "bad", "xc", said=refusal_words)
ALSO = (
    Told("lead.entered", _("Lead entered by the vendor"), _("Entered"), icon="plus", audience=VENDOR),
    Told("lead.entered_for", _("Lead entered for a partner"), _("Entered for the partner"), icon="plus"),
    Told("lead.corrected", _("Lead corrected"), _("Corrected"), icon="edit", said=corrected_words),
    Told("lead.handed_over", _("Lead handed over"), _("Handed over"), icon="user", said=_handed_over_words),
    Told(
        "lead.draft_handed_over",
        _("Draft handed over"),
        _("Draft handed over"),
        icon="user",
        said=_handed_over_words,
        audience=PARTNER,
    ),
    Told(
        "lead.vendor_noted",
        _("Vendor’s own fields filled in"),
        _("Noted, for your side only"),
        icon="edit",
        said=_label_words,
        audience=VENDOR,
    ),
)
