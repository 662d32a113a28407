"""Locations and solutions on a partner's page, the tiers and the rates of the programme."""

from collections.abc import Callable
from typing import Any, ClassVar, Unpack
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms.entries import EntryForm, LocationForm, RateForm, SolutionForm, TierForm
from partnerhub.accounts.reasons import role_missing
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.views.partners import OnePartner
from partnerhub.partners import kept
from partnerhub.partners.models import Entry, Location, OfPartner, Partner, Solution
from partnerhub.partners.rates import set_rate
from partnerhub.partners.tables import RateList
from partnerhub.roles import PARTNERS_MANAGE, PROFILE_MANAGE, PROFILE_VIEW, PROGRAMS_MANAGE
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists.pages import ListView
from partnerhub.web.seen import Again, attempt


class EntryView(AskView):
    """Asks for a small record, a new one or one that is there (`id`), and keeps it."""

    form: ClassVar[type[EntryForm]]
    add: ClassVar[Callable[..., Entry]]
    change: ClassVar[Callable[..., Entry]]
    new_words: ClassVar[str | Promise]

    def rows(self) -> Any:
        raise NotImplementedError

    def back(self) -> str:
        raise NotImplementedError

    def below(self) -> list[UUID | None]:
        """What a new one is made below, for its verb."""
        return []

    def get(self, request: MemberRequest, **_keys: UUID) -> HttpResponseBase:
        row = self.row()
        return self.shown(row, self.form.of(row) if row else self.form(is_new=True))

    def post(self, request: MemberRequest, **_keys: UUID) -> HttpResponseBase:
        row = self.row()
        form = self.form(request.POST, is_new=row is None)
        again = attempt(form, lambda: self.keep(form, row))
        if again:
            return self.shown(self.row(), form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return self.done(self.back())

    def keep(self, form: EntryForm, row: Entry | None) -> None:
        verb, by = type(self), self.request.membership
        if row is None:
            verb.add(*self.below(), form.values(), by=by)
        else:
            verb.change(row.pk, form.values(), by=by, seen=form.cleaned_data["version"])

    def row(self) -> Any:
        """The row that the address names; None for a new one. Raises Http404."""
        rows = self.rows()
        if "id" not in self.kwargs:
            return None
        found = rows.filter(pk=self.kwargs["id"]).first()
        if found is None:
            raise Http404
        return found

    def shown(self, row: Entry | None, form: EntryForm, **again: Unpack[Again]) -> HttpResponseBase:
        title = row.name if row else str(self.new_words)
        ask = Ask(title=title, record="", confirm=_("Save"), keep=_("Cancel"), back=self.back())
        return self.asks(ask, form, crumbs=[(title, None)], **again)


class OfPartnerView(EntryView, OnePartner):
    permission = PARTNERS_MANAGE
    model: ClassVar[type[OfPartner]]

    def rows(self) -> Any:
        if "id" in self.kwargs:
            return kept.entries_seen(self.model, self.request.membership)
        return kept.partner_entries(self.model, self.partner(self.kwargs["partner_id"]), self.request.membership)

    def below(self) -> list[UUID | None]:
        return [self.kwargs["partner_id"]]

    def back(self) -> str:
        partner = self.kwargs.get("partner_id") or self.row().partner_id
        return reverse("accounts:partner", args=[partner])


class LocationView(OfPartnerView):
    model, form, forms = Location, LocationForm, (LocationForm,)
    add, change = staticmethod(kept.add_location), staticmethod(kept.change_location)
    new_words = gettext_lazy("New location")


class SolutionView(OfPartnerView):
    model, form, forms = Solution, SolutionForm, (SolutionForm,)
    add, change = staticmethod(kept.add_solution), staticmethod(kept.change_solution)
    new_words = gettext_lazy("New solution")


class OwnEntriesView(SeatView):
    """The own partner's locations or solutions: to read for all of its people, to change for who keeps them."""

    permission = PROFILE_VIEW
    model: ClassVar[type[OfPartner]]
    template: ClassVar[str]
    row_page: ClassVar[str]

    def get(self, request: MemberRequest) -> HttpResponseBase:
        partner, keeps = self.partner(), request.membership.can(PROFILE_MANAGE)
        rows = kept.partner_entries(self.model, partner, request.membership)
        context = {
            "rows": rows,
            "keeps": keeps,
            "page": self.row_page if keeps else "",
            "facts": about_partner(partner),
        }
        context["why_not"] = role_missing(request.membership, PROFILE_MANAGE)
        return self.page(self.template, context | {"crumbs": self.crumbs()})

    def partner(self) -> Partner:
        """Raises Http404 on the vendor side."""
        try:
            return kept.kept_partner(self.request.membership)
        except Partner.DoesNotExist:
            raise Http404 from None

    def crumbs(self) -> list[tuple[str, str | None]]:
        raise NotImplementedError


def about_partner(partner: Partner) -> list[dict[str, Any]]:
    """What a partner's own people read of it."""
    country: Any = partner.country
    labels = {
        _("Name"): partner.name,
        _("Country"): str(country.name),
        _("Language"): str(dict(settings.LANGUAGES).get(partner.language, "")),
        _("Time zone"): partner.timezone,
    }
    facts = [{"label": label, "value": value} for label, value in labels.items()]
    return [*facts, {"label": _("Website"), "value": partner.website, "url": partner.website}]


class OwnProfileView(OwnEntriesView):
    """What the partner is, as the vendor has enrolled it, and its locations."""

    model, template, row_page = Location, "partners/own_profile.html", "accounts:own-location"

    def crumbs(self) -> list[tuple[str, str | None]]:
        return [(_("Business profile"), None)]


class OwnEntryView(EntryView):
    """Asks for a location or solution of the own partner."""

    permission = PROFILE_MANAGE
    model: ClassVar[type[OfPartner]]
    page_name: ClassVar[str]

    def rows(self) -> Any:
        return kept.entries_seen(self.model, self.request.membership)

    def below(self) -> list[UUID | None]:
        return [self.request.membership.partner_id]

    def back(self) -> str:
        return reverse(self.page_name)


class OwnLocationView(OwnEntryView):
    model, form, forms, page_name = Location, LocationForm, (LocationForm,), "accounts:own-profile"
    add, change = staticmethod(kept.add_location), staticmethod(kept.change_location)
    new_words = gettext_lazy("New location")


class TiersView(SeatView):
    """The tiers of the programme, the lowest first."""

    permission = PROGRAMS_MANAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        crumbs = [(_("Programme"), None), (_("Tiers"), None)]
        return self.page("partners/tiers.html", {"tiers": kept.tiers(), "crumbs": crumbs})


class TierView(EntryView):
    permission = PROGRAMS_MANAGE
    form, forms = TierForm, (TierForm,)
    add, change = staticmethod(kept.add_tier), staticmethod(kept.change_tier)
    new_words = gettext_lazy("New tier")

    def rows(self) -> Any:
        return kept.tiers()

    def back(self) -> str:
        return reverse("accounts:tiers")


class RatesView(ListView):
    """The rates, and the way to enter one."""

    list_class = RateList
    template = "partners/rates.html"


class RateView(AskView):
    """Asks for the rate of a day."""

    permission = PROGRAMS_MANAGE
    forms = (RateForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(RateForm())

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = RateForm(request.POST)
        again = attempt(form, lambda: set_rate(**form.cleaned_data, by=request.membership))
        if again:
            return self.shown(form, **again)
        messages.success(request, _("The rate is saved."))
        return self.done(reverse("accounts:rates"))

    def shown(self, form: RateForm, **again: Unpack[Again]) -> HttpResponseBase:
        title = _("Enter a rate")
        ask = Ask(title=title, record="", confirm=_("Save"), keep=_("Cancel"), back=reverse("accounts:rates"))
        return self.asks(ask, form, crumbs=[(title, None)], **again)
