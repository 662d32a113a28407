"""*Partners*: the organisations enrolled in the programme; enrolled, edited and suspended here (rulings 28)."""

from http import HTTPStatus
from typing import Any, Unpack
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms.partners import ManagersForm, NewPartnerForm, PartnerForm, PartnerTierForm
from partnerhub.accounts.models import Membership
from partnerhub.accounts.reasons import role_missing
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.rights import ticks_of
from partnerhub.accounts.selectors import able_managers, members_for, pending_invitations_for
from partnerhub.accounts.services import enrol_partner, name_managers
from partnerhub.partners import kept
from partnerhub.partners.models import Location, OfPartner, Partner, Solution
from partnerhub.partners.panels import partner_parts
from partnerhub.partners.selectors import partner_fields, partner_seen, seen_partners, why_not_managed
from partnerhub.partners.services import PARTNERS, change_partner, set_tier
from partnerhub.partners.states import Status
from partnerhub.partners.tables import PartnerList
from partnerhub.records.pages import StepView
from partnerhub.records.showing import CHANGES, RecordView
from partnerhub.roles import MEMBERS_INVITE, PARTNER, PARTNERS_MANAGE, PARTNERS_VIEW, roles_of
from partnerhub.web.actions import Arranged
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.editing import lock_form
from partnerhub.web.formats import day_text
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import Part, ShownRecord
from partnerhub.web.requests import SeatRequest
from partnerhub.web.seen import Again, attempt

PEOPLE_SHOWN = 20
ENTRIES: dict[str, type[OfPartner]] = {"location": Location, "solution": Solution}


class PartnersView(SeatView, ListView):
    """The list, and the way to enrol one."""

    list_class = PartnerList
    template = "partners/list.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        return {
            "why_not_new": role_missing(self.request.membership, PARTNERS_MANAGE),
            "blank_template": "partners/_enrol.html",
        }


class NewPartnerView(SeatView):
    """Enrols a partner and invites its first person, in one step."""

    permission = PARTNERS_MANAGE
    forms = (NewPartnerForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self._show(NewPartnerForm(tenant=request.tenant))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = NewPartnerForm(request.POST, tenant=request.tenant)
        again = attempt(form, lambda: enrol_partner(form.profile(), first=form.first_person(), by=request.membership))
        if again:
            return self._show(form, **again)
        names = {"partner": form.cleaned_data["name"], "email": form.cleaned_data["email"]}
        text = _("%(partner)s is a partner now. %(email)s gets a mail with a link that works for 7 days.") % names
        messages.success(request, text)
        made = seen_partners(request.membership).filter(name=form.cleaned_data["name"]).first()
        return redirect("accounts:partner", made.pk) if made else redirect("accounts:partners")

    def _show(self, form: NewPartnerForm, **again: Unpack[Again]) -> HttpResponseBase:
        ticks = ticks_of(roles_of(PARTNER), form["roles"].value() or [])
        crumbs = [(_("Partners"), reverse("accounts:partners")), (_("New partner"), None)]
        context = {"form": form, "ticks": ticks, "crumbs": crumbs}
        return self.page("partners/new.html", context, status=again.get("status", HTTPStatus.OK))


class OnePartner(SeatView):
    """A page of one partner that the member sees; 404 for any other."""

    def partner(self, partner_id: UUID) -> Partner:
        try:
            return partner_seen(self.request.membership, partner_id)
        except Partner.DoesNotExist:
            raise Http404 from None


def _suspended(_page: ShownRecord, partner: Partner) -> dict[str, Any] | None:
    return {"reason": partner.suspension_reason} if partner.is_suspended else None


def _above(page: ShownRecord, partner: Partner) -> dict[str, Any] | None:
    parts = partner_parts(partner, page.request.membership)
    return {"parts": parts} if parts else None


class PartnerView(OnePartner, RecordView):
    """One partner: its profile to edit, its people, and who changed what."""

    permission = {"GET": PARTNERS_VIEW, "POST": PARTNERS_MANAGE}
    forms = (PartnerForm,)
    kept, record_list, id_name = PARTNERS, PartnerList, "partner_id"
    line = (Fact(gettext_lazy("Partner since"), cell.Date("created_at")),)
    main = (
        Part("partners/_suspended.html", _suspended),
        Part("partners/_profile.html"),
        Part("partners/_above.html", _above),
    )
    aside = (
        Part("partners/_people.html"),
        Part("partners/_tier.html"),
        Part("partners/_managers.html"),
        Part("partners/_kept.html"),
        CHANGES,
    )

    def get(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        self.remember()
        return self.asked(self.record, PartnerForm.of(self.record, self.request.tenant))

    def post(self, request: MemberRequest, partner_id: UUID) -> HttpResponseBase:
        form = PartnerForm(request.POST, tenant=request.tenant)
        key, profile = self.record.pk, form.profile
        again = attempt(
            form, lambda: change_partner(key, profile(), by=request.membership, seen=form.cleaned_data["version"])
        )
        if again:
            return self.asked(self.partner(partner_id), form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("accounts:partner", partner_id)

    @cached_property
    def manages(self) -> bool:
        """Whether the member may change the partner, and looks after it."""
        me = self.request.membership
        return me.can(PARTNERS_MANAGE) and not why_not_managed(self.record, me)

    def actions(self, record: Partner) -> Arranged | None:
        return super().actions(record) if self.manages else None

    def asked(self, partner: Partner, form: PartnerForm, **again: Unpack[Again]) -> HttpResponseBase:
        me, reasons = self.request.membership, why_not_managed(partner, self.request.membership)
        lock_form(form, partner_fields(partner, me))
        people = members_for(me).filter(partner=partner).order_by("name_key")
        invited = pending_invitations_for(me).filter(partner=partner)
        return self.shown(
            partner,
            status=again.get("status", HTTPStatus.OK),
            partner=partner,
            form=form,
            now=again.get("now"),
            people=list(people[:PEOPLE_SHOWN]),
            invitations=list(invited[:PEOPLE_SHOWN]),
            manages=self.manages,
            why_not=reasons,
            managers=[row for row in able_managers() if row.pk in partner.managers],
            invites=me.can(MEMBERS_INVITE) and not partner.is_suspended and not reasons,
            invite_url=f"{reverse('accounts:invite')}?organisation={partner.pk}",
            users_url=f"{reverse('accounts:users')}?organisation={partner.pk}",
            **_entries(partner, me, changes=self.manages),
        )


class PartnerStepView(StepView):
    """Suspending a partner, and lifting that."""

    records, record_list = PARTNERS, PartnerList
    permission = PARTNERS_MANAGE
    changed = gettext_lazy("This partner has changed meanwhile")
    see = gettext_lazy("See the partner as it is now")

    def line(self, record: Partner) -> str:
        return _record_line(record)

    def now_words(self, record: Partner) -> str:
        return _("The partner is now: %(status)s.") % {"status": Status(record.status).label}


class ManagersView(AskView, OnePartner):
    """Asks which channel managers look after the partner."""

    permission = PARTNERS_MANAGE
    forms = (ManagersForm,)

    def get(self, request: MemberRequest, partner_id: UUID) -> HttpResponseBase:
        partner = self.partner(partner_id)
        initial = {"version": partner.version, "managers": [str(key) for key in partner.managers]}
        return self.shown(partner, self.question(partner), ManagersForm(initial=initial, people=able_managers()))

    def post(self, request: MemberRequest, partner_id: UUID) -> HttpResponseBase:
        partner = self.partner(partner_id)
        form = ManagersForm(request.POST, people=able_managers())
        again = attempt(
            form,
            lambda: name_managers(partner.pk, form.chosen(), by=request.membership, seen=form.cleaned_data["version"]),
        )
        if again:
            partner = self.partner(partner_id)
            return self.shown(partner, self.question(partner), form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": partner.name})
        return self.done(reverse("accounts:partner", args=[partner.pk]))

    def shown(self, partner: Partner, ask: Ask, form: ManagersForm, **again: Unpack[Again]) -> HttpResponseBase:
        return self.asks(ask, form, crumbs=_crumbs_below(partner, _("Channel managers")), **again)

    def question(self, partner: Partner) -> Ask:
        return Ask(
            title=_("Who looks after %(name)s?") % {"name": partner.name},
            record=_record_line(partner),
            text=_("They edit and suspend the partner and invite its first people; others only read."),
            confirm=_("Save"),
            keep=_("Cancel"),
            back=reverse("accounts:partner", args=[partner.pk]),
        )


class PartnerTierView(AskView, OnePartner):
    """Asks on which tier the partner is."""

    permission = PARTNERS_MANAGE
    forms = (PartnerTierForm,)

    def get(self, request: MemberRequest, partner_id: UUID) -> HttpResponseBase:
        partner = self.partner(partner_id)
        initial = {"version": partner.version, "tier": str(partner.tier_id or "")}
        return self.shown(partner, PartnerTierForm(initial=initial))

    def post(self, request: MemberRequest, partner_id: UUID) -> HttpResponseBase:
        partner, form = self.partner(partner_id), PartnerTierForm(request.POST)
        again = attempt(
            form,
            lambda: set_tier(partner.pk, form.chosen(), by=request.membership, seen=form.cleaned_data["version"]),
        )
        if again:
            return self.shown(self.partner(partner_id), form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": partner.name})
        return self.done(reverse("accounts:partner", args=[partner.pk]))

    def shown(self, partner: Partner, form: PartnerTierForm, **again: Unpack[Again]) -> HttpResponseBase:
        ask = Ask(
            title=_("On which tier is %(name)s?") % {"name": partner.name},
            record=_record_line(partner),
            text=_("What it may take and hold at once is as its tier says."),
            confirm=_("Save"),
            keep=_("Cancel"),
            back=reverse("accounts:partner", args=[partner.pk]),
        )
        return self.asks(ask, form, crumbs=_crumbs_below(partner, _("Tier")), **again)


def _record_line(partner: Partner) -> str:
    """What stands under a partner's name: its status, and since when it is here."""
    words = {"status": Status(partner.status).label, "day": day_text(partner.created_at)}
    return _("%(status)s · partner since %(day)s") % words


def _entries(partner: Partner, membership: Membership, *, changes: bool) -> dict[str, Any]:
    """Its locations and solutions, and the ways to change them, for who may."""
    rows: dict[str, Any] = {
        f"{word}s": kept.partner_entries(model, partner, membership) for word, model in ENTRIES.items()
    }
    if not changes:
        return rows
    pages = {f"{word}_page": f"accounts:partner-{word}" for word in ENTRIES}
    return rows | pages | {f"new_{word}": reverse(f"accounts:new-{word}", args=[partner.pk]) for word in ENTRIES}


def _crumbs_below(partner: Partner, page: str) -> list[tuple[str, str | None]]:
    own = reverse("accounts:partner", args=[partner.pk])
    return [(_("Partners"), reverse("accounts:partners")), (partner.name, own), (page, None)]
