"""Saved views of lists on their pages (E24): saving, renaming, sharing, duplicating, removing."""

from typing import Any, Unpack
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.forms import sentence
from partnerhub.accounts.forms.saved_views import NewViewForm, ViewForm
from partnerhub.accounts.models import SavedView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.saved_views import keeps_view, saved_views_for
from partnerhub.accounts.services import change_view, delete_view, duplicate_view, open_by_default, save_view
from partnerhub.errors import AlreadySent, NotPermitted, Refused, Stale
from partnerhub.roles import MEMBERS_MANAGE
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists.declaring import LISTS, ListOf
from partnerhub.web.lists.saved import OPEN, PLAIN
from partnerhub.web.seen import Again, SeenForm, attempt, version_in
from partnerhub.web.views import ANY_MEMBER, Crumb


def list_of(name: str, request: MemberRequest) -> ListOf:
    """The list of this name as the address asks for it. Raises Http404, and NotPermitted for who may not open it."""
    if name not in LISTS:
        raise Http404
    listing = LISTS[name](request.GET, request.membership)
    if not request.membership.can(listing.permission):
        raise NotPermitted(listing.permission)
    return listing


def page_with(list_name: str, view: SavedView | None = None) -> str:
    """The list's page, with this view open."""
    address = reverse(LISTS[list_name].page_name)
    return f"{address}?{OPEN}={view.pk}" if view else f"{address}?{OPEN}={PLAIN}"


def crumbs_of(list_name: str, *words: str) -> list[Crumb]:
    listing = LISTS[list_name]
    return [(str(listing.title), reverse(listing.page_name)), *((word, None) for word in words)]


class ViewsView(SeatView, AskView):
    """What the pages of views share."""

    permission = ANY_MEMBER

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What somebody else removed between two looks at it is not there."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except SavedView.DoesNotExist:
            raise Http404 from None

    def find(self, id: UUID) -> SavedView:
        """A view that the member may open; one that they keep, where it would be changed."""
        return get_object_or_404(saved_views_for(self.request.membership), pk=id)

    def kept(self, id: UUID) -> SavedView:
        view = self.find(id)
        if not keeps_view(view, self.request.membership):
            raise NotPermitted(MEMBERS_MANAGE)
        return view

    @property
    def organisation(self) -> str:
        partner = self.request.membership.partner
        return str(partner.name if partner else self.request.tenant.name)

    def version(self) -> int:
        return version_in(self.request.POST.get("version"))

    def tell(self, refused: Refused) -> None:
        for reason in refused.reasons:
            messages.error(self.request, sentence(reason))

    def tell_stale(self, view: SavedView) -> None:
        text = _("Somebody has changed the view %(name)s meanwhile. It stays as it is now.")
        messages.warning(self.request, text % {"name": view.name})


class NewViewView(ViewsView):
    """Asks for a name, and keeps what the address says of the list."""

    forms = (NewViewForm,)

    def get(self, request: MemberRequest, list_name: str) -> HttpResponseBase:
        return self.shown(list_of(list_name, request), NewViewForm(organisation=self.organisation))

    def post(self, request: MemberRequest, list_name: str) -> HttpResponseBase:
        listing = list_of(list_name, request)
        form = NewViewForm(request.POST, organisation=self.organisation)
        if not form.is_valid():
            return self.shown(listing, form, status=422)
        sent = dict(form.cleaned_data)
        is_default = sent.pop("is_default")
        try:
            view = save_view(list_name, state=listing.state, by=request.membership, **sent)
        except AlreadySent as again:
            form.go_on_as_new(again)
            return self.shown(listing, form, status=409)
        except Refused as refused:
            form.refuse(refused)
            return self.shown(listing, form, status=409)
        if is_default:
            open_by_default(view.pk, by=request.membership)
        messages.success(request, _("The view %(name)s is saved.") % {"name": view.name})
        return self.done(page_with(list_name, view))

    def shown(self, listing: ListOf, form: NewViewForm, *, status: int = 200) -> HttpResponseBase:
        ask = Ask(
            title=_("Save view"),
            record=str(listing.title),
            text=_("It keeps the filters, the columns and the order that the list has now."),
            confirm=_("Save view"),
            keep=_("Cancel"),
            back=f"{reverse(listing.page_name)}?{listing.state.address or f'{OPEN}={PLAIN}'}",
        )
        return self.asks(ask, form, status=status, crumbs=crumbs_of(listing.name, _("Save view")))


class ViewView(ViewsView):
    """Renames a view and shares it, or not."""

    forms = (ViewForm,)

    def get(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        view = self.kept(id)
        initial = {"name": view.name, "is_shared": view.is_shared, "version": view.version}
        return self.shown(view, ViewForm(initial=initial, organisation=self.organisation))

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        view = self.kept(id)
        form = ViewForm(request.POST, organisation=self.organisation)
        again = attempt(form, lambda: self.keep(id, form))
        if again:
            return self.shown(self.kept(id), form, **again)
        sent = form.cleaned_data
        messages.success(request, _("The view %(name)s is saved.") % {"name": sent["name"]})
        return self.done(page_with(view.list_name, view))

    def keep(self, id: UUID, form: ViewForm) -> None:
        sent = dict(form.cleaned_data)
        change_view(id, seen=sent.pop("version"), by=self.request.membership, **sent)

    def shown(self, view: SavedView, form: ViewForm, **again: Unpack[Again]) -> HttpResponseBase:
        ask = Ask(
            title=_("Rename and share %(name)s") % {"name": view.name},
            record=str(LISTS[view.list_name].title),
            confirm=_("Save"),
            keep=_("Cancel"),
            back=page_with(view.list_name, view),
        )
        return self.asks(ask, form, crumbs=crumbs_of(view.list_name, view.name), **again)


class KeepViewView(ViewsView):
    """The view takes what the address says of its list."""

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        view = self.kept(id)
        state = list_of(view.list_name, request).state
        try:
            change_view(id, state=state, seen=self.version(), by=request.membership)
        except Stale as stale:
            self.tell_stale(stale.current)
        except Refused as refused:
            self.tell(refused)
        else:
            messages.success(request, _("The view %(name)s is saved.") % {"name": view.name})
        return redirect(page_with(view.list_name, view))


class CopyViewView(ViewsView):
    """A view of one's own that shows the same."""

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        view = self.find(id)
        try:
            copy = duplicate_view(id, by=request.membership)
        except Refused as refused:
            self.tell(refused)
            return redirect(page_with(view.list_name, view))
        messages.success(request, _("The view %(name)s is saved.") % {"name": copy.name})
        return redirect(page_with(view.list_name, copy))


class DefaultViewView(ViewsView):
    """The list opens with the view, or with it no more."""

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        view = self.find(id)
        is_default = bool(request.POST.get("is_default"))
        open_by_default(id, by=request.membership, is_default=is_default)
        text = _("%(list)s opens with %(name)s from now on.") if is_default else _("%(list)s opens as it is again.")
        messages.success(request, text % {"list": LISTS[view.list_name].title, "name": view.name})
        return redirect(page_with(view.list_name, view))


class DeleteViewView(ViewsView):
    """Asks, then removes a view: the one that was shown, unless somebody has changed it since."""

    forms = (SeenForm,)

    def get(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        view = self.kept(id)
        shared = _("Nobody at %(name)s has it any more then.") % {"name": self.organisation}
        ask = Ask(
            title=_("Delete the view %(name)s?") % {"name": view.name},
            record=str(LISTS[view.list_name].title),
            text=f"{_('What the list shows is not touched.')} {shared if view.is_shared else ''}".strip(),
            confirm=_("Delete view"),
            keep=_("Keep view"),
            back=page_with(view.list_name, view),
            danger=True,
        )
        form = SeenForm(initial={"version": view.version})
        return self.asks(ask, form, crumbs=crumbs_of(view.list_name, view.name))

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        view = self.kept(id)
        try:
            delete_view(id, seen=self.version(), by=request.membership)
        except Stale as stale:
            self.tell_stale(stale.current)
            return self.done(page_with(view.list_name, view))
        messages.success(request, _("The view %(name)s is deleted.") % {"name": view.name})
        return self.done(page_with(view.list_name))
