"""Saved views as JSON, and what may be sent about them."""

from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from partnerhub.accounts.models import Membership, SavedView
from partnerhub.accounts.saved_views import ViewKeeper, keeps_view
from partnerhub.accounts.serializers.records import PersonSerializer
from partnerhub.records.serializers import moment
from partnerhub.web.bodies import Body, Id, Text, Tick
from partnerhub.web.lists.declaring import LISTS

MOST_VIEW_VALUES, MOST_FILTERS, MOST_COLUMNS, LONGEST_VALUE = 100, 40, 60, 254


class Filters(serializers.DictField):
    """Parameter → its values."""

    def __init__(self, **kwargs: Any) -> None:
        values = serializers.ListField(child=Text(max_length=LONGEST_VALUE), max_length=MOST_VIEW_VALUES)
        super().__init__(child=values, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and len(data) > MOST_FILTERS:
            self.fail("not_a_dict", input_type="too many names")
        return super().to_internal_value(data)


class ViewBody(Body):
    """What a view is called, who has it, and what it keeps."""

    name = Text(max_length=60, required=False)
    filters = Filters(required=False, help_text="Parameters of the list, each with its values.")
    sort = Text(
        max_length=60, required=False, allow_blank=True, help_text="As the list takes it; empty: the usual order."
    )
    columns = serializers.ListField(
        child=Text(max_length=60),
        max_length=MOST_COLUMNS,
        required=False,
        help_text="Those of the page, in their order; none: the usual ones.",
    )
    is_shared = Tick(required=False, help_text="For everybody of your organisation who may open the list.")
    is_default = Tick(required=False, help_text="You open the list with it.")


class NewViewBody(ViewBody):
    """A new view. With an `id` of your own, sent twice it makes one."""

    list = Text(max_length=40, help_text="The list's name, as `GET /views/` takes it.")
    name = Text(max_length=60)
    id = Id(required=False)


class ViewSerializer(serializers.Serializer[Any]):
    """A saved view of a list."""

    id = serializers.UUIDField(help_text="`saved` of the list.")
    list = serializers.CharField()
    name = serializers.CharField()
    filters = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    sort = serializers.CharField(help_text="Empty: the usual order.")
    columns = serializers.ListField(child=serializers.CharField(), help_text="None: the usual ones.")
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="What the list does not have any more, in words; it is left out."
    )
    is_shared = serializers.BooleanField()
    is_default = serializers.BooleanField(help_text="You open the list with it.")
    may_change = serializers.BooleanField(help_text="Whether you may rename and delete it.")
    owner = PersonSerializer(allow_null=True, help_text="Null: the owner has left, and your organisation keeps it.")
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class ViewListSerializer(serializers.Serializer[Any]):
    """A page of views. The pages before and after are links; there is no count."""

    results = ViewSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


def view_json(view: SavedView, reader: Membership) -> dict[str, Any]:
    return {
        "id": str(view.pk),
        "list": view.list_name,
        "name": view.name,
        "filters": view.filters,
        "sort": view.sort,
        "columns": view.columns,
        "left_out": left_out(view, reader),
        "is_shared": view.is_shared,
        "is_default": ViewKeeper().default(view.list_name, reader) == view.pk,
        "may_change": keeps_view(view, reader),
        "owner": {"id": str(view.membership_id), "name": view.membership.name} if view.membership.is_here else None,
        "version": view.version,
        "created_at": moment(view.created_at),
        "updated_at": moment(view.updated_at),
    }


def left_out(view: SavedView, reader: Membership) -> list[str]:
    """What the reader's list does not know of it. Values are not looked at: each view would cost a statement."""
    listing = LISTS[view.list_name](QueryDict(), reader)
    return listing.unknown_in(view.state)
