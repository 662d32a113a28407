"""The pages on which a file comes in: it is uploaded, and its columns are mapped."""

from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.imports.forms import SAVE_AS, SHARE, FileForm, column_fields, mapping_in, saving_fields, version_sent
from partnerhub.imports.importers import IMPORTERS, FormTyped, Importer, importer_for
from partnerhub.imports.models import ImportJob, SavedMapping
from partnerhub.imports.reading import PREVIEWED
from partnerhub.imports.selectors import (
    MAPPINGS_SHOWN,
    first_rows,
    importer_of,
    keeps_mapping,
    mapped_by,
    saved_mappings_for,
)
from partnerhub.imports.services import IMPORTS, check_import, save_mapping, upload_import
from partnerhub.imports.services.telling import told_by
from partnerhub.imports.states import IMPORT
from partnerhub.imports.tables import ImportList
from partnerhub.roles import OWN_MANAGE
from partnerhub.web.seen import say_refusal

SAVED = "saved"
"""Of the address: the id of the mapping that is shown."""


class UploadView(SeatView):
    """A file of this kind of rows comes in. The list of these rows has the address."""

    permission = OWN_MANAGE
    forms: ClassVar[tuple[type[Form], ...]] = (FileForm,)
    kind: str = ""

    @cached_property
    def importer(self) -> Importer:
        """Raises NotPermitted, also where this side imports no such rows."""
        try:
            found = importer_for(self.kind, self.request.membership)
        except KeyError:
            raise NotPermitted(OWN_MANAGE) from None
        if not self.request.membership.can(found.permission):
            raise NotPermitted(found.permission)
        return found

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(self.importer.choose_form(), FileForm())

    def post(self, request: MemberRequest) -> HttpResponseBase:
        chosen, form = self.importer.choose_form(request.POST), FileForm(request.POST, request.FILES)
        if not (form.is_valid() & chosen.is_valid()):
            return self.shown(chosen, form, status=422)
        try:
            job = upload_import(self.importer, file=form.cleaned_data["file"], chosen=chosen, by=request.membership)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error("file", str(reason.text))
            return self.shown(chosen, form, status=422)
        return redirect("imports:mapping", job_id=job.pk)

    def shown(self, chosen: Form, form: FileForm, *, status: int = 200) -> HttpResponseBase:
        listed = reverse(self.importer.list_page)
        crumbs = [(self.importer.title, listed), (_("Import"), None)]
        me = self.request.membership
        found = saved_mappings_for(me).filter(importer=self.importer.name)[:MAPPINGS_SHOWN]
        saved = [(one, keeps_mapping(one, me)) for one in found]
        context = {"chosen": chosen, "form": form, "importer": self.importer, "back": listed, "crumbs": crumbs}
        return self.page("imports/upload.html", context | {"saved": saved}, status=status)


class MappingView(SeatView):
    """Where the columns of a file go, with what stands in its first rows; and what holds for all rows.

    `?saved=` shows them as a saved mapping says; nothing is written before it is checked.
    """

    permission = OWN_MANAGE

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        labels = {name: label for one in IMPORTERS.values() for name, label in one.labels().items()}
        return labels | {SAVE_AS: _("Save this mapping as")}

    @cached_property
    def job(self) -> ImportJob:
        try:
            return IMPORTS.find(self.request.membership, self.kwargs["job_id"])
        except ImportJob.DoesNotExist:
            raise Http404 from None

    def get(self, request: MemberRequest, job_id: UUID) -> HttpResponseBase:
        return self.shown(self.form())

    def post(self, request: MemberRequest, job_id: UUID) -> HttpResponseBase:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            self.keep(form)
        except Refused as refused:
            say_refusal(form, refused)
            return self.shown(form, status=409)
        except Stale as stale:
            form.add_error(None, str(stale))
            return self.shown(form, status=409)
        return redirect(self.job.urls.page)

    @transaction.atomic  # a mapping that can't be checked is not saved
    def keep(self, form: Form) -> None:
        """Begin the check, and save the mapping where it has a name."""
        job, sent, me = self.job, self.request.POST, self.request.membership
        mapping, name = mapping_in(sent, job), form.cleaned_data[SAVE_AS]
        if name:
            is_shared = form.cleaned_data[SHARE] or None
            try:
                save_mapping(
                    job.importer, name=name, headings=job.headings, mapping=mapping, is_shared=is_shared, by=me
                )
            except Refused as refused:
                raise Refused([replace(one, field=SAVE_AS) for one in refused.reasons]) from None
        check_import(job.pk, by=me, mapping=mapping, same=sent, seen=version_sent(sent))
        if name:
            messages.success(self.request, _("The mapping %(name)s is saved.") % {"name": name})

    @cached_property
    def saved(self) -> list[tuple[SavedMapping, dict[str, str]]]:
        """The mappings that fit this file, each with where its columns go by it."""
        found = saved_mappings_for(self.request.membership).filter(importer=self.job.importer)[:MAPPINGS_SHOWN]
        mapped = ((one, mapped_by(one, self.job.headings)) for one in found)
        return [(one, mapping) for one, mapping in mapped if mapping]

    @cached_property
    def opened(self) -> tuple[SavedMapping | None, dict[str, str]]:
        """The mapping that is shown, and the saved one that it is, if it is one."""
        chosen = self.request.GET.get(SAVED, "")
        for one, mapping in self.saved:
            if str(one.pk) == chosen:
                return one, mapping
        same = (one for one, mapping in self.saved if mapping == self.job.mapping)
        return next(same, None), self.job.mapping

    def form(self, data: FormTyped = None) -> Form:
        """The importer's form for all rows, with a field for each column. Raises Http404 where nothing can be mapped:
        the program was closed meanwhile."""
        importer = importer_of(self.job)
        if not self.request.membership.can(importer.permission):
            raise NotPermitted(importer.permission)
        try:
            told = told_by(importer, self.job, with_same=False)
        except Refused:
            raise Http404 from None
        form = importer.same_form(told, data, initial={name: values[0] for name, values in self.job.same.items()})
        self.same = list(form.fields)
        _saved, mapping = self.opened
        form.fields |= column_fields(self.job, importer.fields(told), first_rows(self.job, PREVIEWED), mapping)
        form.fields |= saving_fields()
        return form

    def shown(self, form: Form, *, status: int = 200) -> HttpResponseBase:
        verdict = IMPORT.verdict("check", self.job, self.request.membership)
        context = {
            "job": self.job,
            "form": form,
            "same": [form[name] for name in self.same],
            "columns": [form[name] for name in form.fields if name not in {*self.same, SAVE_AS, SHARE}],
            "saving": [form[SAVE_AS], form[SHARE]],
            "saved": [one for one, _mapping in self.saved],
            "opened": None if form.is_bound else self.opened[0],
            "reasons": [] if verdict.is_open else verdict.missing,
            "crumbs": [*ImportList.above(), (str(self.job), self.job.urls.page), (_("Columns"), None)],
        }
        return self.page("imports/mapping.html", context, status=status)
