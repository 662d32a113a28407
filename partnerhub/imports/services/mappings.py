"""Saved mappings (E16): where the columns of a file go, under a name; changed, shared and removed.

Everybody keeps mappings of what they import, and may share them with their organisation. When its owner leaves, a
shared one is the organisation's.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.services import record
from partnerhub.imports.importers import importer_for
from partnerhub.imports.models import SavedMapping
from partnerhub.imports.selectors import keeps_mapping, saved_mappings_for
from partnerhub.records.editing import differing, take_over
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.seen import check_seen

MOST_MAPPINGS = 50
"""So many mappings of one kind of rows a member keeps."""
MAPPING_NAME_LENGTH = 60


@transaction.atomic
def save_mapping(
    importer: str,
    *,
    name: str,
    headings: Sequence[str],
    mapping: Mapping[str, str],
    is_shared: bool | None = None,
    by: Membership,
) -> SavedMapping:
    """Keep where the columns with these headings go. One's own mapping of this name takes it over, so that sent twice
    it makes one; where nothing is said of sharing, that stays as it is.

    Raises NotPermitted for who does not import such rows, Refused for a name that is empty or too long, for a column
    that is none, and for one more than `MOST_MAPPINGS`.
    """
    _may_import(importer, by)
    named, columns = _named(name), {str(at) for at in range(len(headings))}
    if not mapping or not columns.issuperset(mapping):
        raise Refused(Reason("mapping", _("Say where at least one of the columns goes."), field="mapping"))
    Membership.objects.select_for_update(of=("self",)).get(pk=by.pk)  # who counts is alone
    own = SavedMapping.objects.filter(membership=by, importer=importer)
    kept: dict[str, Any] = {"headings": list(headings), "mapping": dict(mapping)}
    if is_shared is not None:
        kept["is_shared"] = is_shared
    held = own.select_for_update().filter(name=named).first()
    if held is not None:
        return _changed(held, kept, by=by)
    if own.count() >= MOST_MAPPINGS:
        raise Refused(Reason("too_many", _("You have 50 saved mappings. Delete one first.")))
    saved = SavedMapping(
        partner_id=by.partner_id, membership=by, person_id=by.user_id, importer=importer, name=named, **kept
    )
    saved.save(force_insert=True)
    record("mapping.saved", saved, actor=by, after=_told(saved), data=_data(saved), audience=by.side)
    return saved


@transaction.atomic
def change_mapping(
    mapping_id: UUID, *, by: Membership, seen: int | None = None, name: str | None = None, is_shared: bool | None = None
) -> SavedMapping:
    """Rename, share or not; what is not named stays.

    Raises SavedMapping.DoesNotExist, NotPermitted for who does not keep it, Stale, and Refused for a name that is
    empty, too long or used, and where somebody else's would be shared no more.
    """
    saved = _held(mapping_id, by=by)
    wanted = {"name": name, "is_shared": is_shared}
    check_seen(saved, seen, {column: value for column, value in wanted.items() if value is not None})
    if is_shared is False and saved.membership_id != by.pk:
        raise Refused(Reason("not_owner", _("Only its owner shares a mapping no more."), field="is_shared"))
    if name is not None:
        wanted["name"] = _named(name)
    return _changed(saved, {column: value for column, value in wanted.items() if value is not None}, by=by)


@transaction.atomic
def delete_mapping(mapping_id: UUID, *, by: Membership, seen: int | None = None) -> SavedMapping:
    """Remove a mapping; imports that were mapped by it stay as they are. Raises as `change_mapping` does."""
    saved = _held(mapping_id, by=by)
    check_seen(saved, seen, {})
    record("mapping.deleted", saved, actor=by, before=_told(saved), data=_data(saved), audience=by.side)
    SavedMapping.objects.filter(pk=saved.pk).delete()
    return saved


def _may_import(importer: str, by: Membership) -> None:
    """Raise Refused where this side imports no such rows, NotPermitted where the member does not."""
    try:
        found = importer_for(importer, by)
    except KeyError:
        raise Refused(Reason("importer", _("Choose from the list."), field="importer")) from None
    if not by.can(found.permission):
        raise NotPermitted(found.permission)


def _held(mapping_id: UUID, *, by: Membership) -> SavedMapping:
    saved = saved_mappings_for(by).select_for_update(of=("self",)).get(pk=mapping_id)
    if not keeps_mapping(saved, by):
        raise NotPermitted(MEMBERS_MANAGE)
    return saved


def _named(name: str) -> str:
    name = name.strip()
    if not name:
        raise Refused(Reason("no_name", _("Give the mapping a name."), field="name"))
    if len(name) > MAPPING_NAME_LENGTH:
        raise Refused(Reason("name_too_long", _("Use at most 60 characters."), field="name"))
    return name


def _changed(saved: SavedMapping, wanted: Mapping[str, Any], *, by: Membership) -> SavedMapping:
    """Write what differs, and tell it. Raises Refused where the owner has another mapping of that name."""
    fields = differing(saved, wanted)
    if not fields:
        return saved
    try:
        with transaction.atomic():
            before, after = take_over(saved, fields)
    except IntegrityError as error:
        if broken_constraint(error) != "saved_mapping_once":
            raise
        words = _("There is a mapping of this name already.")
        raise Refused(Reason("name_used", words, field="name")) from error
    record("mapping.changed", saved, actor=by, before=before, after=after, data=_data(saved), audience=by.side)
    return saved


def _told(saved: SavedMapping) -> dict[str, Any]:
    return {"name": saved.name, "is_shared": saved.is_shared, "headings": saved.headings, "mapping": saved.mapping}


def _data(saved: SavedMapping) -> dict[str, Any]:
    return {"importer": saved.importer, "version": saved.version}
