"""How a record stands, as a card on the page of another one that it belongs to."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from partnerhub.records.kinds import Records
from partnerhub.records.rows import Row


@dataclass(frozen=True)
class Standing:
    """`next`: what happens next, in words; `context` is what the template gets as `beside`."""

    context: dict[str, Any]
    template: str = "records/beside.html"

    @property
    def next(self) -> str:
        return str(self.context["next"])


def standing_of(records: Records[Any], record: Row, *, see: str | Promise) -> Standing:
    """The state in words with its looks, what happens next, and (`see`) the way to the record."""
    tone, icon = records.machine.tones[record.status]
    word, words = records.machine.words(record.status), records.next_words(record)
    return Standing(
        {
            "key": records.name,
            "called": records.called,
            "tone": tone,
            "icon": icon,
            "word": word,
            "next": words,
            "url": record.urls.page,
            "see": see,
        }
    )
