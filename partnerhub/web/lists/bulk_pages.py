"""The page that asks before a bulk act. It needs no script; what became of each row is told by the run's page."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from partnerhub.errors import Refused
from partnerhub.web.formats import number_text
from partnerhub.web.lists.bulk import LARGEST, MOST, BulkAct, chosen_of
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.lists.running import Begun, Meant, runs
from partnerhub.web.preferences import safe_next
from partnerhub.web.requests import SeatRequest
from partnerhub.web.templatetags.portal import UNDO_TAG
from partnerhub.web.views import PortalView


class BulkView(PortalView):
    """POST asks, and once more does. The address carries the list, so that what matches can be meant as a whole.

    What is confirmed is what was asked: the rows that the list had then, in the versions of then. A few stand in the
    form; more are kept in a run (`run`) that its confirmation starts. `key` is the form's: sent twice, it is done once.
    Whoever sends an answer with the rows, as a menu does, has confirmed it; not so of all that match, which nobody saw.
    """

    list_class: ClassVar[type[ListOf]]
    act: ClassVar[BulkAct]

    @classmethod
    def of(cls, list_class: type[ListOf], act: BulkAct) -> "type[BulkView]":
        values = {"list_class": list_class, "act": act, "permission": act.permission, "forms": (act.form,)}
        return type(f"{list_class.__name__}Bulk", (cls,), values)

    def post(self, request: SeatRequest) -> HttpResponseBase:
        self.listing = self.list_class(request.GET, request.membership)
        is_confirmed = (
            bool({"confirmed", *self.act.form.base_fields} & request.POST.keys()) and "all" not in request.POST
        )
        if is_confirmed and (run_id := _id_of(request.POST.get("run", ""))):
            return self.start(run_id)
        chosen = self.meant(is_confirmed)
        if not chosen:
            return self.not_asked(_("No row is selected. Select some first."))
        most = LARGEST if {"all", "again"} & request.POST.keys() else MOST
        if len(chosen) > most:
            text = _("At most %(most)s rows are changed at once. Narrow the list, and do it in parts.")
            return self.not_asked(text % {"most": number_text(most)})
        if len(chosen) > MOST:
            return self.frozen(chosen)
        form = self.form(request.POST if is_confirmed else None)
        if not is_confirmed or not form.is_valid():
            return self.asked(chosen, form, status=422 if is_confirmed else 200)
        return self.do(chosen, form)

    def meant(self, is_confirmed: bool) -> dict[UUID, int | None]:
        """The rows that are meant, with the versions that were seen: at most one more than are done at once."""
        if self.request.POST.get("all"):
            return versions_of(self.listing.all().order_by(*self.listing.walk.fields))
        if again := _id_of(self.request.POST.get("again", "")):
            keys = runs().failed(again, by=self.request.membership)
            return versions_of(self.rows().filter(pk__in=keys))
        return chosen_of(self.request.POST.getlist("row"))

    def not_asked(self, why: str) -> HttpResponseBase:
        messages.warning(self.request, why)
        return redirect(self.back)

    def do(self, chosen: dict[UUID, int | None], form: Form) -> HttpResponseBase:
        asked = Meant(self.list_class, self.act, [*chosen.items()], self.back)
        key = _id_of(self.request.POST.get("key", "")) or uuid7()
        try:
            return self.begun(runs().do(asked, form, key=key, by=self.request.membership))
        except Refused as refused:  # the act as a whole
            return self.asked(chosen, refused_in(form, refused), status=409)

    def frozen(self, chosen: dict[UUID, int | None]) -> HttpResponseBase:
        """Keep many rows, and ask."""
        asked = Meant(self.list_class, self.act, [*chosen.items()], self.back)
        run_id = runs().freeze(asked, key=uuid7(), by=self.request.membership)
        return self.page_of(self.form(None), run=run_id, many=len(chosen))

    def start(self, run_id: UUID) -> HttpResponseBase:
        """Let the worker do what was kept."""
        many = runs().frozen(run_id, by=self.request.membership)
        if many is None:
            return self.not_asked(_("This was asked too long ago. Select the rows once more."))
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.page_of(form, run=run_id, many=many, status=422)
        try:
            return redirect(runs().start(run_id, form, by=self.request.membership).url)
        except Refused as refused:
            return self.page_of(refused_in(form, refused), run=run_id, many=many, status=409)

    def begun(self, run: Begun) -> HttpResponseBase:
        """Back to the list where all was done; else to the page that tells row by row."""
        if not run.is_over or run.done < run.total:
            return redirect(run.url)
        extra = f"{UNDO_TAG}{run.undo_url}" if run.undo_url else ""
        messages.success(self.request, str(self.act.done % {"count": run.done}), extra_tags=extra)
        return redirect(self.back)

    def asked(self, chosen: dict[UUID, int | None], form: Form, *, status: int) -> HttpResponseBase:
        rows = self.named(self.rows().filter(pk__in=[*chosen]))
        there = {key for key, _words in rows}
        shown = [(f"{key}:{chosen[key] or 0}", words) for key, words in rows]
        gone = [f"{key}:0" for key in chosen if key not in there]
        return self.page_of(form, rows=shown, gone=gone, many=len(rows), key=uuid7(), status=status)

    def page_of(self, form: Form, *, status: int = 200, **context: object) -> HttpResponseBase:
        beside = {
            "act": self.act,
            "form": form,
            "here": self.request.get_full_path(),
            "back": self.back,
            "crumbs": [(str(self.list_class.title), self.back), (str(self.act.label), None)],
        }
        return self.page("components/list/bulk.html", context | beside, status=status)

    def rows(self) -> Any:
        """All that the member may see."""
        return self.list_class(self.request.GET, self.request.membership).rows()

    def named(self, rows: Iterable[Any]) -> list[tuple[UUID, str]]:
        return called_of(self.listing, [*rows])

    def form(self, data: Any) -> Form:
        """The form of the act; before it is confirmed, with what a menu has answered already."""
        said = {name: self.request.POST[name] for name in self.act.form.base_fields if name in self.request.POST}
        return self.act.form(data, initial=said, **self.act.form_arguments())

    @property
    def back(self) -> str:
        """The list as it was asked for, or the page that the rows were selected on."""
        query = urlencode(self.listing.parameters, doseq=True)
        return safe_next(self.request, f"{reverse(self.list_class.page_name)}{f'?{query}' if query else ''}")


def called_of(listing: ListOf, rows: Sequence[Any]) -> list[tuple[UUID, str]]:
    """Each row's id with the words of the list's key column."""
    key = next(column for column in listing.all_columns if column.always)
    read = key.cell.value(listing.look(rows))
    return [(row.pk, str(read(row))) for row in rows]


def versions_of(rows: Any) -> dict[UUID, int | None]:
    """The ids of these rows, with their versions where they have some: at most one more than are done at once."""
    has_versions = any(one.name == "version" for one in rows.model._meta.get_fields())
    names = ("pk", "version") if has_versions else ("pk",)
    return {key: version[0] if version else None for key, *version in rows.values_list(*names)[: LARGEST + 1]}


def refused_in(form: Form, refused: Refused) -> Form:
    """The form, with the reasons at their fields."""
    for reason in refused.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason.text))
    return form


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
