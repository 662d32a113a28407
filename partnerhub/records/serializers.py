"""The timeline of a record as JSON."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from partnerhub.events.models import Event
from partnerhub.events.serializers import ActorSerializer, actor_json
from partnerhub.records.kept import Kept

# What an event says for people beside the fields that changed.
SAID = ("question", "answer", "reason_code", "reason_text", "appeal_text", "assigned_to", "files", "body", "message_id")


def moment(value: datetime | None) -> str | None:
    """A time as RFC 3339 has it, in UTC."""
    if value is None:
        return None
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def entry_json(records: Kept[Any], event: Event, side: str) -> dict[str, Any]:
    """One entry of the timeline, without what this side does not get."""
    return {
        "id": str(event.pk),
        "kind": event.kind,
        "at": moment(event.occurred_at),
        "actor": actor_json(event),
        "before": _visible(records, event.before, side),
        "after": _visible(records, event.after, side),
        "said": {name: event.data[name] for name in SAID if event.data.get(name)},
    }


def _visible(records: Kept[Any], values: dict[str, Any], side: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if records.is_visible(name, side)}


class EntrySerializer(serializers.Serializer[Any]):
    """Something that happened to a record."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="What it happened to, a dot, and what happened.")
    at = serializers.DateTimeField()
    actor = ActorSerializer()
    before = serializers.DictField(help_text="The fields that changed, as they were.")
    after = serializers.DictField(help_text="The fields that changed, as they are since.")
    said = serializers.DictField(help_text="What people wrote with it, by kind of text; `message_id`: in this message.")


class TimelineSerializer(serializers.Serializer[Any]):
    """The newest 200 entries, newest first."""

    results = EntrySerializer(many=True)
