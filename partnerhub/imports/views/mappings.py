"""Saved mappings on the page where a file comes in: renamed and shared, removed."""

from typing import Any, Unpack
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import NotPermitted, Stale
from partnerhub.imports.forms import MappingForm
from partnerhub.imports.importers import importer_for
from partnerhub.imports.models import SavedMapping
from partnerhub.imports.selectors import keeps_mapping, saved_mappings_for
from partnerhub.imports.services import change_mapping, delete_mapping
from partnerhub.roles import MEMBERS_MANAGE, OWN_MANAGE
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.seen import Again, SeenForm, attempt, version_in


class MappingAskView(SeatView, AskView):
    """What the dialogs of saved mappings share."""

    permission = OWN_MANAGE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What somebody else removed between two looks at it is not there."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except SavedMapping.DoesNotExist:
            raise Http404 from None

    @cached_property
    def kept(self) -> SavedMapping:
        """The mapping of the address, for who keeps it."""
        saved = saved_mappings_for(self.request.membership).get(pk=self.kwargs["mapping_id"])
        if not keeps_mapping(saved, self.request.membership):
            raise NotPermitted(MEMBERS_MANAGE)
        return saved

    @property
    def back(self) -> str:
        return reverse(importer_for(self.kept.importer, self.request.membership).upload_page)

    def crumbs(self) -> list[tuple[str, str | None]]:
        return [(_("Import"), self.back), (self.kept.name, None)]


class KeepMappingView(MappingAskView):
    """Renames a mapping and shares it, or not."""

    forms = (MappingForm,)

    def get(self, request: MemberRequest, mapping_id: UUID) -> HttpResponseBase:
        saved = self.kept
        initial = {"name": saved.name, "is_shared": saved.is_shared, "version": saved.version}
        return self.shown(MappingForm(initial=initial))

    def post(self, request: MemberRequest, mapping_id: UUID) -> HttpResponseBase:
        back, form = self.back, MappingForm(request.POST)
        again = attempt(form, lambda: self.keep(form))
        if again:
            return self.shown(form, **again)
        messages.success(request, _("The mapping %(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return self.done(back)

    def keep(self, form: MappingForm) -> None:
        sent = dict(form.cleaned_data)
        change_mapping(self.kept.pk, seen=sent.pop("version"), by=self.request.membership, **sent)

    def shown(self, form: MappingForm, **again: Unpack[Again]) -> HttpResponseBase:
        ask = Ask(
            title=_("Rename and share %(name)s") % {"name": self.kept.name},
            record=_("Saved mapping"),
            confirm=_("Save"),
            keep=_("Cancel"),
            back=self.back,
        )
        return self.asks(ask, form, crumbs=self.crumbs(), **again)


class DeleteMappingView(MappingAskView):
    """Asks, then removes a mapping: the one that was shown, unless somebody has changed it since."""

    forms = (SeenForm,)

    def get(self, request: MemberRequest, mapping_id: UUID) -> HttpResponseBase:
        saved = self.kept
        shared = _("Nobody of your organisation has it any more then.") if saved.is_shared else ""
        ask = Ask(
            title=_("Delete the mapping %(name)s?") % {"name": saved.name},
            record=_("Saved mapping"),
            text=f"{_('What was imported by it is not touched.')} {shared}".strip(),
            confirm=_("Delete mapping"),
            keep=_("Keep mapping"),
            back=self.back,
            danger=True,
        )
        return self.asks(ask, SeenForm(initial={"version": saved.version}), crumbs=self.crumbs())

    def post(self, request: MemberRequest, mapping_id: UUID) -> HttpResponseBase:
        back, name = self.back, self.kept.name
        try:
            delete_mapping(mapping_id, seen=version_in(request.POST.get("version")), by=request.membership)
        except Stale:
            text = _("Somebody has changed the mapping %(name)s meanwhile. It stays as it is now.")
            messages.warning(request, text % {"name": name})
        else:
            messages.success(request, _("The mapping %(name)s is deleted.") % {"name": name})
        return self.done(back)
