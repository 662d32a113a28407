"""How an organisation's own systems call a record of the portal, and what they note on it.

The vendor and each partner have an id and notes of their own on any record that they see: neither reads the other's,
and an id that one uses says nothing to the other. What is noted belongs to the organisation, not to the record: a
record's version, date and timeline stay as they are.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.models import Audience
from partnerhub.events.services import record
from partnerhub.partners.models import External
from partnerhub.roles import EXTERNAL_MANAGE, VENDOR

ID_LENGTH = 100
MOST_METADATA_KEYS, MOST_METADATA_DEPTH, MOST_METADATA_BYTES = 50, 3, 4096
METADATA_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
EXTERNAL_KINDS: set[str] = set()
"""The kinds of record that ids and metadata are noted on."""


def register_external(*kinds: str) -> None:
    """An app has records of these kinds on which organisations note what they call them; called when it is ready."""
    EXTERNAL_KINDS.update(kinds)


def externals_for(membership: Seat) -> QuerySet[External]:
    """What the member's own organisation has noted, for who keeps it."""
    rows: QuerySet[External] = External.objects.filter(partner=membership.partner_id)
    return rows if membership.can(EXTERNAL_MANAGE) else rows.none()


def external_of(subject: Model, membership: Seat) -> External:
    """What the member's organisation has noted on one record that the member sees; an unsaved row where nothing is."""
    about = {"partner_id": membership.partner_id, "kind": external_kind(subject), "record_id": subject.pk}
    return External.objects.filter(**about).first() or External(**about)


def external_kind(subject: Model) -> str:
    """The kind of record as the API's addresses name it."""
    name = subject._meta.model_name or ""
    return {"membership": "member"}.get(name, name)


@transaction.atomic
def note_external(subject: Model, changes: Mapping[str, Any], *, by: Seat) -> External:
    """Note the id and the metadata of the own organisation on a record that `by` sees (RFC 7396).

    What is not named stays; a key of `metadata` that is null goes. Raises Refused by field for what is too large and
    for an id that the organisation uses for another record of the kind; NotPermitted.
    """
    if not by.can(EXTERNAL_MANAGE):
        raise NotPermitted(EXTERNAL_MANAGE)
    known = external_of(subject, by)
    if known._state.adding and not _says_something(changes):  # noqa: SLF001 - Django's own name for it
        return known
    row = _held(subject, by)
    before = {"external_id": row.external_id, "metadata": row.metadata}
    if "external_id" in changes:
        row.external_id = changes["external_id"] or None
    noted = row.metadata | dict(changes.get("metadata") or {})
    row.metadata = {key: value for key, value in noted.items() if value is not None}
    after = {"external_id": row.external_id, "metadata": row.metadata}
    if reasons := [Reason("metadata", text, field="metadata") for text in wrong_with(row.metadata)]:
        raise Refused(reasons)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        _save(row)
        record(
            "external.noted",
            row,
            actor=by,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            data={"kind": row.kind, "record_id": str(row.record_id)},
            audience=Audience.VENDOR if by.side == VENDOR else Audience.PARTNER,
        )
    return row


def forget_external(record_id: UUID, *, partner_id: UUID) -> None:
    """Remove what a partner has noted on a record that it sees no more; as the system."""
    External.objects.filter(record_id=record_id, partner=partner_id).delete()


def _says_something(changes: Mapping[str, Any]) -> bool:
    """Whether there is anything to keep of it, where nothing is kept yet."""
    noted = (changes.get("metadata") or {}).values()
    return bool(changes.get("external_id")) or any(value is not None for value in noted)


def wrong_with(metadata: Mapping[str, Any]) -> Iterator[str]:
    """Why this can't be kept, in sentences; nothing where it can."""
    if len(metadata) > MOST_METADATA_KEYS:
        yield _("At most %(most)s keys are kept.") % {"most": MOST_METADATA_KEYS}
    if not all(METADATA_KEY.fullmatch(key) for key in metadata):
        yield _("Name keys in 1 to 40 letters, digits and the characters _ . : -")
    if _depth(metadata) > MOST_METADATA_DEPTH:
        yield _("Values are nested too deeply: at most %(most)s levels are kept.") % {"most": MOST_METADATA_DEPTH}
    if len(json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_METADATA_BYTES:
        yield _("Shorten this to %(most)s bytes of JSON or fewer.") % {"most": MOST_METADATA_BYTES}


def _depth(value: Any) -> int:
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(_depth, inside), default=0)


def _held(subject: Model, by: Seat) -> External:
    """The row, made where there is none, and locked."""
    about = {"partner_id": by.partner_id, "kind": external_kind(subject), "record_id": subject.pk}
    External.objects.insert_new([External(**about)])
    return External.objects.select_for_update(no_key=True).get(**about)


def _save(row: External) -> None:
    row.updated_at = now()
    try:
        with transaction.atomic():
            row.save(update_fields=["external_id", "metadata", "updated_at"])
    except IntegrityError as error:
        if broken_constraint(error) != "external_id_once":
            raise
        text = _("Another record of this kind has this id already.")
        raise Refused(Reason("external_id_taken", text, field="external_id")) from error
