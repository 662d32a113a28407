"""What a receipt says, in the words of the form that was sent; and its card on the lead's page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leads.beside import Beside
from leads.models import Lead
from leads.states import Origin
from leads.states.answers import answer_words
from leads.states.own_fields import own_words
from leads.states.questions import Group, questions_for
from partnerhub.actors import Seat
from partnerhub.receipts.models import RECEIPT_PREFIX, Receipt
from partnerhub.web.facts import merged


def receipt_beside(lead: Lead, membership: Seat) -> Beside | None:
    """The way to the receipt of a lead that was sent. Its number is the lead's: no statement."""
    if lead.number is None or lead.origin == Origin.VENDOR:  # no partner sent it
        return None
    context = {"number": f"{RECEIPT_PREFIX}{lead.number}", "sent_at": lead.submitted_at}
    url = reverse("receipts:receipt", args=[lead.pk])
    return Beside(template="receipts/beside.html", context=context | {"url": url}, paper=True)


def groups_of(receipt: Receipt, kind: str) -> list[dict[str, Any]]:
    """What was sent to a program of this kind: [{title, facts}]. What was erased says so."""
    answers = receipt.answers
    groups: dict[Group, list[dict[str, Any]]] = {}
    for question in questions_for(kind):
        if question.name in answers:
            value = answers[question.name]
            words = _("Erased") if value is None else answer_words(question, value)
            fact = {"label": question.label, "value": words, "whole": question.kind == "long"}
            groups.setdefault(question.group, []).append(fact)
    more = [_own_fields(answers["own_fields"])] if "own_fields" in answers else []
    files = [_files(answers["files"])] if "files" in answers else []
    titled = [{"title": group.label, "facts": facts} for group, facts in groups.items()]
    return merged([*titled, *more, *files])


def _own_fields(own: list[Any] | None) -> dict[str, Any]:
    title = _("More about this lead")
    if own is None:
        return {"title": title, "facts": [{"label": title, "value": _("Erased")}]}
    return {"title": title, "facts": [{"label": label, "value": own_words(kind, value)} for kind, label, value in own]}


def _files(names: list[str] | None) -> dict[str, Any]:
    title = _("Attachments")
    return {"title": title, "facts": [{"label": title, "value": ", ".join(names) if names else _("Erased")}]}
