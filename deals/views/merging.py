"""Two companies, or two contacts, that are one: found, seen side by side, merged; and taken apart again."""

from typing import Any, ClassVar, Unpack
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from deals.forms.customers import MergeForm
from deals.models import Company, Customer
from deals.panels import panels_of
from deals.selectors import contacts_of, likely_same, others_like
from deals.services import MERGEABLES, Mergeable, merge, unmerge
from deals.tables import CompanyList, ContactList
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.records.forms import StepForm
from partnerhub.roles import CUSTOMERS_MANAGE
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists import ListOf
from partnerhub.web.seen import Again, attempt
from partnerhub.web.views import Crumb

SEARCHED_AT_MOST = 200


class OfMergeables(SeatView, AskView):
    """A page about one of the customers. `kind` says which, `record_list` is the list in which it stands."""

    permission = CUSTOMERS_MANAGE
    kind: ClassVar[str]
    record_list: ClassVar[type[ListOf]]

    @property
    def mergeable(self) -> Mergeable:
        return MERGEABLES[self.kind]

    def customer(self, key: UUID | str | None = None) -> Any:
        """One that this member sees: that of the address, unless its id is told. Raises Http404."""
        try:
            found = UUID(str(key or self.kwargs[f"{self.kind}_id"]))
            return self.mergeable.kept.find(self.request.membership, found)
        except (ObjectDoesNotExist, ValueError):
            raise Http404 from None

    def crumbs(self, record: Customer, last: str) -> list[Crumb]:
        return [self.record_list.above()[-1], (str(record), record.urls.page), (last, None)]


class MergeView(OfMergeables):
    """Without `other` in the address: which one it is. With it: both side by side, and what is kept of which."""

    forms = (MergeForm,)

    def get(self, request: MemberRequest, **_ids: UUID) -> HttpResponseBase:
        one = self.customer()
        if "other" not in request.GET:
            return self.choose(one)
        merged = self.customer(request.GET["other"])
        return self.shown(one, merged, MergeForm(mergeable=self.mergeable, one=one, merged=merged))

    def post(self, request: MemberRequest, **_ids: UUID) -> HttpResponseBase:
        one, merged = self.customer(), self.customer(request.GET.get("other", ""))
        form = MergeForm(request.POST, mergeable=self.mergeable, one=one, merged=merged)
        again = attempt(form, lambda: self.keep(one, merged, form))
        if again:
            one, merged = self.customer(), self.customer(merged.pk)
            form.data = {**{name: form.data[name] for name in form.data}, "other_version": str(merged.version)}
            return self.shown(one, merged, form, **again)
        words = {"name": merged, "kept": self.customer()}
        messages.success(request, _("%(name)s is merged into %(kept)s.") % words)
        return self.done(one.urls.page)

    def keep(self, one: Customer, merged: Customer, form: MergeForm) -> None:
        versions = {"seen": form.cleaned_data["version"], "other_seen": form.cleaned_data["other_version"]}
        merge(self.kind, one.pk, other=merged.pk, take=form.taken(), by=self.request.membership, **versions)

    def choose(self, one: Customer) -> HttpResponseBase:
        text = self.request.GET.get("q", "")[:SEARCHED_AT_MOST].strip()
        context = {
            "record": one,
            "text": text,
            "likely": [] if text else likely_same(one, self.request.membership),
            "others": others_like(one, text, self.request.membership) if text else [],
            "crumbs": self.crumbs(one, _("Merge")),
        }
        return self.page("deals/merge_choose.html", context)

    def shown(self, one: Customer, merged: Customer, form: MergeForm, **again: Unpack[Again]) -> HttpResponseBase:
        words = {"name": merged, "kept": one}
        ask = Ask(
            title=_("Merge %(name)s into %(kept)s?") % words,
            record=_("%(kept)s stays; %(name)s can be taken out again.") % words,
            confirm=_("Merge"),
            keep=_("Keep both"),
            back=one.urls.page,
            part="deals/merge_pair.html",
        )
        values = self.mergeable.choices.values()
        more = {
            "sides": [{"record": one, "heading": _("Stays")}, {"record": merged, "heading": _("Is merged")}],
            "rows": [(choice.label, [choice.text(one), choice.text(merged)]) for choice in values],
            "links": self.links(one, merged),
            "swapped": f"{reverse(f'deals:{self.kind}-merge', args=[merged.pk])}?other={one.pk}",
            "crumbs": self.crumbs(one, _("Merge")),
        }
        return self.asks(ask, form, **more, **again)

    def links(self, one: Customer, merged: Customer) -> list[tuple[Any, list[list[tuple[str, str]]]]]:
        """What belongs to both, by kind: the people and what higher storeys know of each company."""
        if not isinstance(one, Company) or not isinstance(merged, Company):
            return []
        me, both = self.request.membership, (one, merged)
        people = [[(str(person), person.urls.page) for person in contacts_of(company, me)] for company in both]
        panels = [{str(panel.title): panel.rows for panel in panels_of(company, me)} for company in both]
        titles = dict.fromkeys(title for found in panels for title in found)
        return [(_("Contacts"), people)] + [
            (title, [[(row.label, row.url) for row in found.get(title, [])] for found in panels]) for title in titles
        ]


class UnmergeView(OfMergeables):
    """Asks whether a merged one is to stand on its own again."""

    forms = (StepForm,)

    def get(self, request: MemberRequest, **_ids: UUID) -> HttpResponseBase:
        merged = self.customer()
        return self.shown(merged, StepForm(initial={"version": merged.version}))

    def post(self, request: MemberRequest, **_ids: UUID) -> HttpResponseBase:
        merged, form = self.customer(), StepForm(request.POST)
        again = attempt(form, lambda: unmerge(self.kind, merged.pk, by=request.membership, **form.arguments()))
        if again:
            return self.shown(self.customer(), form, **again)
        messages.success(request, _("%(name)s stands on its own again.") % {"name": merged})
        return self.done(merged.urls.page)

    def shown(self, merged: Customer, form: StepForm, **again: Unpack[Again]) -> HttpResponseBase:
        if not merged.known_as_id and not again:
            return redirect(merged.urls.page)
        words = {"name": merged, "kept": merged.standing}
        ask = Ask(
            title=_("Take %(name)s out of %(kept)s?") % words,
            record=str(merged.partner),
            text=_("It is given back all that it had when it was merged. What came later stays with %(kept)s.") % words,
            confirm=_("Take out"),
            keep=_("Keep merged"),
            back=merged.standing.urls.page,
        )
        return self.asks(ask, form, crumbs=self.crumbs(merged.standing, _("Take out")), **again)


class MergeCompanyView(MergeView):
    kind, record_list = "company", CompanyList


class MergeContactView(MergeView):
    kind, record_list = "contact", ContactList


class UnmergeCompanyView(UnmergeView):
    kind, record_list = "company", CompanyList


class UnmergeContactView(UnmergeView):
    kind, record_list = "contact", ContactList
