"""What was submitted, in the groups and words of the form."""

from collections.abc import Container
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django_countries.fields import Country

from leads.models import Lead
from leads.states import Question, questions_for
from leads.states.questions import Group
from partnerhub.web.formats import day_text


def answers_of(lead: Lead, *, without: Container[str] = ()) -> list[dict[str, Any]]:
    """Groups of answered questions, but for those named: {title, facts: [{label, value, url, whole}]}."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for question in questions_for(lead.program.kind):
        if question.name in {"consent", "terms"} or question.name in without:
            continue
        value = getattr(lead, question.name) if question.is_column else lead.details.get(question.name)
        if value in (None, ""):
            continue
        groups.setdefault(question.group, []).append(_fact(question, value))
    permission = groups.setdefault(Group.PERMISSION, [])
    permission.append({"label": _("Program terms accepted"), "value": _("version %s") % lead.terms_version})
    return [{"title": Group(name).label, "facts": facts} for name, facts in groups.items()]


def _fact(question: Question, value: Any) -> dict[str, Any]:
    return {
        "label": question.label,
        "value": _words(question, value),
        "url": _url(question, value),
        "whole": question.kind == "long",
    }


def _words(question: Question, value: Any) -> Any:
    if question.choices is not None:
        return question.choices(value).label
    match question.kind:
        case "check":
            return _("Yes") if value else _("No")
        case "country":
            return Country(str(value)).name
        case "date":
            return day_text(date.fromisoformat(value) if isinstance(value, str) else value)
    return value


def _url(question: Question, value: Any) -> str:
    match question.kind:
        case "email":
            return f"mailto:{value}"
        case "phone":
            return f"tel:{value}"
        case "url" if str(value).startswith(("http://", "https://")):
            return str(value)
    return ""
