"""Events as JSON."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from partnerhub.actors import Seat
from partnerhub.events.models import Event
from partnerhub.events.readers import changes_of, may_read


class ActingTokenSerializer(serializers.Serializer[Any]):
    """The API token that acted, and who made it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    maker = serializers.CharField()


class ActorSerializer(serializers.Serializer[Any]):
    """Who did it, as they were called then."""

    id = serializers.UUIDField(allow_null=True, help_text="The member; null: the portal itself.")
    name = serializers.CharField()
    side = serializers.CharField(help_text="`partner`, `vendor` or `system`.")
    token = ActingTokenSerializer(allow_null=True, help_text="Null where no token acted.")


def actor_json(event: Event) -> dict[str, Any]:
    """Who did it; the name is the seat's, the token stands beside it."""
    token = {"id": str(event.token_id), "name": event.token_name, "maker": event.token_maker}
    return {
        "id": str(event.actor_id) if event.actor_id else None,
        "name": event.actor_name,
        "side": event.actor_side,
        "token": token if event.token_id else None,
    }


class SubjectSerializer(serializers.Serializer[Any]):
    """What it happened to, as it was called then."""

    type = serializers.CharField()
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of the JSON field, not of DRF's attribute


class EventSerializer(serializers.Serializer[Any]):
    """One thing that happened. Never changes."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="What it happened to, a dot, and what happened.")
    occurred_at = serializers.DateTimeField(default_timezone=UTC)
    actor = ActorSerializer()
    subject = SubjectSerializer()
    before = serializers.DictField(allow_null=True, help_text="By field. Null where your roles do not show you what.")
    after = serializers.DictField(allow_null=True)
    ip = serializers.CharField(allow_null=True)
    request_id = serializers.CharField()


def event_json(event: Event, membership: Seat) -> dict[str, Any]:
    """One event as this member may read it."""
    changes = changes_of(event, membership) if may_read(event, membership) else None
    shown = {
        "id": event.pk,
        "kind": event.kind,
        "occurred_at": event.occurred_at,
        "actor": actor_json(event),
        "subject": {"type": event.subject_type, "id": event.subject_id, "label": event.subject_label},
        "before": _side_of(changes, event.before, "before"),
        "after": _side_of(changes, event.after, "after"),
        "ip": event.ip,
        "request_id": event.request_id,
    }
    return dict(EventSerializer(shown).data)


def _side_of(changes: list[dict[str, Any]] | None, had: dict[str, Any], when: str) -> dict[str, Any] | None:
    if changes is None:
        return None
    return {change["name"]: change[when] for change in changes if change["name"] in had}
