"""What an event of a lead says in words: for mail, in the reader's language."""

from typing import Any

from leads.states import ReasonCode, Status, next_words, questions_for
from leads.states.answers import answer_words
from leads.states.own_fields import kept_kind, own_words
from partnerhub.events.models import Event


def lead_words(data: dict[str, Any]) -> dict[str, Any]:
    """Words for the codes that the event keeps: `status_word`, `next_words` (what happens next), `reason_word`."""
    status, code = data["status"], data.get("reason_code")
    return {
        "status_word": Status(status).label,
        "next_words": next_words(
            data["program_kind"], data["sales_support"], status, is_assigned=bool(data.get("representative_id"))
        ),
        "reason_word": ReasonCode(code).label if code else "",
    }


def told_answers(event: Event) -> list[tuple[str, str]]:
    """What was submitted, label and answer: from the names and raw values that the event keeps."""
    answered = [
        (str(question.label), answer_words(question, event.after[question.name]))
        for question in questions_for(event.data["program_kind"])
        if event.after.get(question.name) not in (None, "")
    ]
    own = event.data.get("own_fields")
    if own is None:  # written by the release before, which kept no kinds
        own = [[kept_kind(value), label, value] for label, value in event.after.get("own_fields", {}).items()]
    return answered + [(label, own_words(kind, value)) for kind, label, value in own]
