"""Saved views of lists (E24): made, changed, removed, and the one with which a member opens a list.

Everybody keeps views of the lists that they may open, and may share them with their organisation. A shared view is
changed by its owner; whoever manages the organisation's people may rename and remove it too. When its owner leaves, it
is the organisation's: who manages the people then says what it shows. What a leaving member has not shared stays with
the seat, seen by nobody, and comes back with it.
"""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership, SavedView
from partnerhub.accounts.saved_views import OPENS_WITH, keeps_view, owns_view, saved_views_for
from partnerhub.errors import AlreadySent, NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.services import record
from partnerhub.records.editing import differing, take_over
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.lists.declaring import LISTS
from partnerhub.web.lists.saved import LONGEST_STATE, State
from partnerhub.web.seen import check_seen

MOST_VIEWS = 50
"""So many views of one list a member keeps."""
NAME_LENGTH = 60


@transaction.atomic
def save_view(
    list_name: str, *, name: str, state: State, is_shared: bool = False, by: Membership, id: UUID | None = None
) -> SavedView:
    """Keep what a list shows, under a name.

    A form sends the `id` that it wants, so that sent twice it makes one. Raises NotPermitted for who may not open the
    list, Refused for a name that is empty, too long or used, for a view that is too long, and for one more than
    `MOST_VIEWS`, AlreadySent where the id has made another view.
    """
    _may_open(list_name, by)
    if id and (made := SavedView.objects.filter(pk=id, membership=by).first()):
        return _repeated(made, name=name.strip(), state=state)
    Membership.objects.select_for_update(of=("self",)).get(pk=by.pk)  # who counts is alone
    kept = SavedView.objects.filter(membership=by, list_name=list_name).count()
    if kept >= MOST_VIEWS:
        raise Refused(Reason("too_many", _("You have 50 views of this list. Delete one first.")))
    view = SavedView(
        partner_id=by.partner_id,
        membership=by,
        person_id=by.user_id,
        list_name=list_name,
        name=_named(name),
        is_shared=is_shared,
        **_columns(state),
        **({"id": id} if id else {}),
    )
    _write(view, is_new=True)
    record("view.saved", view, actor=by, after=_told(view), data=_data(view), audience=by.side)
    return view


@transaction.atomic
def change_view(
    view_id: UUID,
    *,
    by: Membership,
    seen: int | None = None,
    name: str | None = None,
    is_shared: bool | None = None,
    state: State | None = None,
) -> SavedView:
    """Rename, share or not, or take what the list shows now; what is not named stays.

    Raises SavedView.DoesNotExist, NotPermitted for who does not keep the view, Stale, and Refused as `save_view` does,
    and where somebody else's view would be shared no more or show something else.
    """
    view = _held(view_id, by=by)
    wanted = {"name": name, "is_shared": is_shared} | (_columns(state) if state else {})
    check_seen(view, seen, {column: value for column, value in wanted.items() if value is not None})
    _check_owner(view, by, is_shared=is_shared, state=state)
    if name is not None:
        wanted["name"] = _named(name)
    fields = differing(view, {column: value for column, value in wanted.items() if value is not None})
    if not fields:
        return view
    before, after = take_over(view, fields, write=lambda _columns: _write(view))
    record("view.changed", view, actor=by, before=before, after=after, data=_data(view), audience=by.side)
    return view


@transaction.atomic
def duplicate_view(view_id: UUID, *, by: Membership) -> SavedView:
    """A view of one's own that shows the same. Raises SavedView.DoesNotExist, Refused as `save_view` does."""
    view = saved_views_for(by).get(pk=view_id)
    taken = set(SavedView.objects.filter(membership=by, list_name=view.list_name).values_list("name", flat=True))
    return save_view(view.list_name, name=_copy_of(view.name, taken), state=view.state, by=by)


@transaction.atomic
def delete_view(view_id: UUID, *, by: Membership, seen: int | None = None) -> SavedView:
    """Remove a view; of who opened the list with it, the list opens as it is. Raises as `change_view` does."""
    view = _held(view_id, by=by)
    check_seen(view, seen, {})
    record("view.deleted", view, actor=by, before=_told(view), data=_data(view), audience=by.side)
    kept = view.pk
    view.delete()
    view.pk = kept
    return view


@transaction.atomic
def open_by_default(view_id: UUID, *, by: Membership, is_default: bool = True) -> SavedView:
    """Open the list with this view from now on, or as it is. For the member alone. Raises SavedView.DoesNotExist."""
    view = saved_views_for(by).get(pk=view_id)
    seat = Membership.objects.select_for_update(of=("self",)).get(pk=by.pk)
    chosen = dict(seat.preferences.get(OPENS_WITH, {}))
    former = chosen.pop(view.list_name, None)
    if (former == str(view.pk)) == is_default:
        return view
    if is_default:
        chosen[view.list_name] = str(view.pk)
    seat.preferences = by.preferences = {**seat.preferences, OPENS_WITH: chosen}
    seat.save(update_fields=["preferences"])
    told = {"before": {"view": former}, "after": {"view": chosen.get(view.list_name)}, "data": _data(view)}
    if is_default:
        record("view.opened_by_default", view, actor=by, audience=by.side, **told)
    else:
        record("view.not_opened_by_default", view, actor=by, audience=by.side, **told)
    return view


def _may_open(list_name: str, by: Membership) -> None:
    """Raise NotPermitted for a list that the member may not open, and for whoever changes nothing here."""
    listing = LISTS.get(list_name)
    if listing is None:
        raise Refused(Reason("no_list", _("There is no such list."), field="list"))
    if not by.can(listing.permission):
        raise NotPermitted(listing.permission)


def _held(view_id: UUID, *, by: Membership) -> SavedView:
    view = saved_views_for(by).select_for_update(of=("self",)).get(pk=view_id)
    if not keeps_view(view, by):
        raise NotPermitted(MEMBERS_MANAGE)
    return view


def _check_owner(view: SavedView, by: Membership, *, is_shared: bool | None, state: State | None) -> None:
    """Raise Refused where only the owner could do this, or, of a view whose owner has left, nobody can."""
    if state is not None and not owns_view(view, by, is_owner_here=view.membership.is_here):
        raise Refused(Reason("not_owner", _("Only its owner changes what a view shows and who sees it.")))
    if is_shared is False and view.membership_id != by.pk:
        gone = _("Its owner has left, so it stays shared. Duplicate it for yourself, or delete it.")
        here = _("Only its owner changes what a view shows and who sees it.")
        raise Refused(Reason("not_owner", here if view.membership.is_here else gone, field="is_shared"))


def _named(name: str) -> str:
    name = name.strip()
    if not name:
        raise Refused(Reason("no_name", _("Give the view a name."), field="name"))
    if len(name) > NAME_LENGTH:
        raise Refused(Reason("name_too_long", _("Use at most 60 characters."), field="name"))
    return name


def _columns(state: State) -> dict[str, Any]:
    """What a view keeps, as its row has it. Raises Refused where that is too much."""
    if len(state.address) > LONGEST_STATE:
        raise Refused(Reason("too_long", _("This is more than a view can keep. Use fewer filters.")))
    filters = {name: [*values] for name, values in state.filters.items()}
    return {"filters": filters, "sort": state.sort, "columns": [*state.columns]}


def _write(view: SavedView, *, is_new: bool = False) -> None:
    """Write the row. Raises Refused where the owner has a view of that name, or the id is another's: the database
    says so, whoever else writes at the same moment."""
    try:
        with transaction.atomic():
            view.save(force_insert=is_new)
    except IntegrityError as error:
        match broken_constraint(error):
            case "saved_view_once":
                words = _("There is a view of this name already.")
                raise Refused(Reason("name_used", words, field="name")) from error
            case "accounts_savedview_pkey":
                raise Refused(Reason("id_used", _("This id is used already. Choose another."), field="id")) from error
        raise


def _repeated(made: SavedView, *, name: str, state: State) -> SavedView:
    pairs = {"name": (name, made.name), "view": (state.address, made.state.address)}
    if difference := {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}:
        raise AlreadySent(made, difference)
    return made


def _copy_of(name: str, taken: set[str]) -> str:
    """`Copy of …`, with a number where there is one already."""
    words = (_("Copy of %(name)s") % {"name": name})[: NAME_LENGTH - 4]
    return next(
        text for text in [words, *(f"{words} {number}" for number in range(2, MOST_VIEWS + 3))] if text not in taken
    )


def _told(view: SavedView) -> dict[str, Any]:
    return {"name": view.name, "is_shared": view.is_shared, **_columns(view.state)}


def _data(view: SavedView) -> dict[str, Any]:
    return {"list": view.list_name, "version": view.version}
