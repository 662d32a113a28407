"""The pages of a bulk act: what it is about to do, and what became of each row. They need no script."""

from collections.abc import Sequence
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
from partnerhub.web.lists.bulk import MOST, BulkAct, Results, chosen_of, is_done, mark_of, why_not
from partnerhub.web.lists.declaring import ListOf
from partnerhub.web.requests import SeatRequest
from partnerhub.web.templatetags.portal import UNDO
from partnerhub.web.views import PortalView


class BulkView(PortalView):
    """POST asks, and once more does. The address carries the list, so that what matches can be meant as a whole."""

    list_class: ClassVar[type[ListOf]]
    act: ClassVar[BulkAct]

    @classmethod
    def of(cls, list_class: type[ListOf], act: BulkAct) -> "type[BulkView]":
        values = {"list_class": list_class, "act": act, "permission": act.permission}
        return type(f"{list_class.__name__}Bulk", (cls,), values)

    def post(self, request: SeatRequest) -> HttpResponseBase:
        self.listing = self.list_class(request.GET, request.membership)
        is_confirmed = "confirmed" in request.POST
        if request.POST.get("all") and not is_confirmed:
            rows = list(self.listing.all().order_by(*self.listing.order.fields)[: MOST + 1])
            chosen = {row.pk: getattr(row, "version", None) for row in rows}
        else:
            chosen = chosen_of(request.POST.getlist("row"))
            rows = self.rows(chosen)
        if not chosen:
            messages.warning(request, _("No row is selected. Select some first."))
            return redirect(self.back)
        if len(chosen) > MOST:
            text = _("At most %(most)s rows are changed at once. Narrow the list, and do it in parts.")
            messages.warning(request, text % {"most": MOST})
            return redirect(self.back)
        form = self.form(request.POST if is_confirmed else None)
        if not is_confirmed or not form.is_valid():
            return self.asked(rows, chosen, form, status=422 if is_confirmed else 200)
        return self.do(chosen, form)

    def do(self, chosen: dict[UUID, int | None], form: Form) -> HttpResponseBase:
        together = uuid7()
        try:
            results = self.act.verb(chosen, by=self.request.membership, together=together, **form.cleaned_data)
        except Refused as refused:  # the act as a whole
            for reason in refused.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, str(reason.text))
            return self.asked(self.rows(chosen), chosen, form, status=409)
        done = sum(is_done(result) for result in results.values())
        undo = self.undo_url(together) if done and self.act.undo else ""
        said = str(self.act.done % {"count": done})
        if done == len(results):
            messages.success(self.request, said, extra_tags=f"{UNDO}{undo}" if undo else "")
            return redirect(self.back)
        return self.told(results, said, undo, status=200 if done else 409)

    def asked(self, rows: Sequence[Any], chosen: Any, form: Form, *, status: int) -> HttpResponseBase:
        shown = [(f"{row.pk}:{chosen[row.pk] or 0}", words) for row, words in self.named(rows)]
        gone = [f"{key}:0" for key in chosen if key not in {row.pk for row in rows}]
        context = {
            "act": self.act,
            "form": form,
            "rows": shown,
            "gone": gone,
            "here": self.request.get_full_path(),
            "back": self.back,
            "crumbs": self.crumbs(),
        }
        return self.page("components/list/bulk.html", context, status=status)

    def told(self, results: Results, said: str, undo: str, *, status: int) -> HttpResponseBase:
        """Row by row, and those that failed as they are now, to try again."""
        now = self.rows(results)
        words = {row.pk: text for row, text in self.named(now)}
        failed = [mark_of(row) for row in now if not is_done(results[row.pk])]
        page = self.list_class.page_of_rows()
        told = [
            {
                "words": words.get(key, _("A row")),
                "url": page(key) if page and key in words else "",
                "why": [] if is_done(result) else why_not(result),
                "done": is_done(result),
            }
            for key, result in results.items()
        ]
        context = {
            "act": self.act,
            "said": said,
            "results": told,
            "failed": failed,
            "undo_url": undo,
            "here": self.request.get_full_path(),
            "back": self.back,
            "crumbs": self.crumbs(),
        }
        return self.page("components/list/results.html", context, status=status)

    def rows(self, keys: Any) -> list[Any]:
        """Those of them that the member may see, in the list's order. One statement."""
        return list(self.list_class(self.request.GET, self.request.membership).rows().filter(pk__in=list(keys)))

    def named(self, rows: Sequence[Any]) -> list[tuple[Any, str]]:
        """Each row with the words of its key column."""
        key = next(column for column in self.listing.all_columns if column.always)
        read = key.cell.value(self.listing.look(rows))
        return [(row, str(read(row))) for row in rows]

    def form(self, data: Any) -> Form:
        return self.act.form(data, **self.act.form_arguments())

    @property
    def back(self) -> str:
        query = urlencode(self.listing.parameters, doseq=True)
        return f"{reverse(self.list_class.page_name)}{f'?{query}' if query else ''}"

    def undo_url(self, together: UUID) -> str:
        return f"{reverse(self.act.undo)}?{urlencode({'together': together, 'next': self.back})}"

    def crumbs(self) -> list[tuple[str, str | None]]:
        return [(str(self.list_class.title), self.back), (str(self.act.label), None)]
