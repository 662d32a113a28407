"""What was submitted, in the groups and words of the form."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from leads.forms.lead_form import OWN_GROUP
from leads.models import Lead, OwnField
from leads.states import Origin, Question, questions_for
from leads.states.answers import answer_words
from leads.states.own_fields import own_words
from leads.states.questions import Group
from partnerhub.web.facts import merged

AFTER_OWN = (Group.SUPPORT, Group.PERMISSION)
ORDER = (*(group for group in Group if group not in AFTER_OWN), OWN_GROUP[0], *AFTER_OWN)


def shown_answers(lead: Lead, *, without: Container[str] = ()) -> list[dict[str, Any]]:
    """Groups of answered questions, but for those named: {title, facts: [{label, value, url, whole}]}.

    The program's own fields stand after the opportunity, retired ones too.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for question in questions_for(lead.program.kind):
        if question.name in {"consent", "terms"} or question.name in without:
            continue
        value = getattr(lead, question.name) if question.is_column else lead.details.get(question.name)
        if value in (None, ""):
            continue
        groups.setdefault(question.group, []).append(_fact(question, value))
    if lead.origin != Origin.VENDOR:  # of the vendor's own leads nobody has accepted any
        permission = groups.setdefault(Group.PERMISSION, [])
        permission.append({"label": _("Program terms accepted"), "value": _("version %s") % lead.terms_version})
    titled = {name: {"title": Group(name).label, "facts": facts} for name, facts in groups.items()}
    own = facts_of([field for field in lead.program.own_fields if not field.vendor_only], lead.own_answers)
    if own:
        titled["own"] = {"title": OWN_GROUP[1], "facts": own}
    return merged([titled[name] for name in ORDER if name in titled])


def facts_of(fields: Iterable[OwnField], answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answered ones of these own fields."""
    return [
        {"label": field.label, "value": own_words(field.kind, answers[field.key])}
        for field in fields
        if field.key in answers
    ]


def _fact(question: Question, value: Any) -> dict[str, Any]:
    return {
        "label": question.label,
        "value": answer_words(question, value),
        "url": _url(question, value),
        "whole": question.kind == "long",
    }


def _url(question: Question, value: Any) -> str:
    match question.kind:
        case "email":
            return f"mailto:{value}"
        case "phone":
            return f"tel:{value}"
        case "url" if str(value).startswith(("http://", "https://")):
            return str(value)
    return ""
