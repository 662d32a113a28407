"""*Programs*: what a Programme admin sets up, each program with the fields of its own."""

from http import HTTPStatus
from typing import Any, Unpack
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from leads.forms.programs import ConflictCheckForm, NewProgramForm, OwnFieldForm, ProgramForm
from leads.models import OwnField, Program
from leads.selectors import all_programs
from leads.services.programs import (
    UP,
    add_field,
    add_program,
    change_field,
    change_program,
    move_field,
    restore_field,
    retire_field,
    set_conflict_check,
)
from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import Refused
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.records.showing import CHANGES_SHOWN
from partnerhub.roles import AUDIT_VIEW, PROGRAMS_MANAGE
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.seen import Again, Meanwhile, attempt


class ProgramsView(SeatView):
    permission = PROGRAMS_MANAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        rows = [{"program": program, "many": len(_asked(program))} for program in all_programs()]
        return self.page(
            "leads/programs.html", {"rows": rows, "crumbs": [(_("Programme"), None), (_("Programs"), None)]}
        )


class ConflictCheckView(SeatView, AskView):
    """Asks what the check of new leads tells partners of others."""

    permission = PROGRAMS_MANAGE
    forms = (ConflictCheckForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self._asked(ConflictCheckForm(initial={"mode": request.tenant.conflict_check}))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = ConflictCheckForm(request.POST)
        again = attempt(form, lambda: set_conflict_check(form.cleaned_data["mode"], by=request.membership))
        if again:
            return self._asked(form, **again)
        messages.success(request, _("The conflict check is set."))
        return self.done(reverse("leads:programs"))

    def _asked(self, form: ConflictCheckForm, **again: Unpack[Again]) -> HttpResponseBase:
        ask = Ask(
            title=_("Conflict check"),
            record="",
            text=_("Your own accounts, and leads that are protected, are looked at in each case."),
            confirm=_("Save"),
            keep=_("Cancel"),
            back=reverse("leads:programs"),
        )
        crumbs = [(_("Programs"), reverse("leads:programs")), (ask.title, None)]
        return self.asks(ask, form, crumbs=crumbs, **again)


class NewProgramView(SeatView):
    """Adds a program of either kind."""

    permission = PROGRAMS_MANAGE
    forms = (NewProgramForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self._show(NewProgramForm(initial={"is_active": True}))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = NewProgramForm(request.POST)
        again = attempt(form, lambda: add_program(form.values(), by=request.membership))
        if again:
            return self._show(form, **again)
        messages.success(request, _("The program %(name)s is added.") % {"name": form.cleaned_data["name"]})
        return redirect("leads:programs")

    def _show(self, form: NewProgramForm, **again: Unpack[Again]) -> HttpResponseBase:
        crumbs = [(_("Programme"), None), (_("Programs"), reverse("leads:programs")), (_("New program"), None)]
        context = {"form": form, "crumbs": crumbs}
        return self.page("leads/program_new.html", context, status=again.get("status", HTTPStatus.OK))


class ProgramView(SeatView):
    """One program: its settings, its own fields, and who changed what."""

    permission = PROGRAMS_MANAGE
    forms = (ProgramForm,)

    def get(self, request: MemberRequest, program_id: UUID) -> HttpResponseBase:
        program = get_object_or_404(Program, pk=program_id)
        return self._show(program, ProgramForm.of(program))

    def post(self, request: MemberRequest, program_id: UUID) -> HttpResponseBase:
        program = get_object_or_404(Program, pk=program_id)
        form = ProgramForm(request.POST)
        again = attempt(
            form,
            lambda: change_program(
                program_id, form.changes(), by=request.membership, seen=form.cleaned_data["version"]
            ),
        )
        if again:
            return self._show(program, form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("leads:program", program.pk)

    def _show(
        self, program: Program, form: ProgramForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        asked = _asked(program)
        context = {
            "program": program,
            "form": form,
            "now": now,
            "fields": asked,
            "retired": [field for field in program.own_fields if field.is_retired],
            "changes": _changes(program, self.request.membership),
            "sees_audit": self.request.membership.can(AUDIT_VIEW),
            "crumbs": [(_("Programme"), None), (_("Programs"), reverse("leads:programs")), (program.name, None)],
        }
        return self.page("leads/program.html", context, status=status)


class NewFieldView(SeatView, AskView):
    permission = PROGRAMS_MANAGE
    forms = (OwnFieldForm,)

    def get(self, request: MemberRequest, program_id: UUID) -> HttpResponseBase:
        program = get_object_or_404(Program, pk=program_id)
        return self._show(program, OwnFieldForm(tenant_name=request.tenant.name))

    def post(self, request: MemberRequest, program_id: UUID) -> HttpResponseBase:
        program = get_object_or_404(Program, pk=program_id)
        form = OwnFieldForm(request.POST, tenant_name=request.tenant.name)
        again = attempt(form, lambda: add_field(program_id, form.values(), by=request.membership))
        if again:
            return self._show(program, form, **again)
        messages.success(request, _("The field %(label)s is added.") % form.cleaned_data)
        return self.done(_fields_url(program_id))

    def _show(self, program: Program, form: OwnFieldForm, **again: Unpack[Again]) -> HttpResponseBase:
        ask = Ask(
            title=_("Add a field to %(program)s") % {"program": program.name},
            record="",
            text=_("Choose kind and visibility with care: they stay as they are once the field is added."),
            confirm=_("Add field"),
            keep=_("Cancel"),
            back=_fields_url(program.pk),
        )
        return self.asks(ask, form, crumbs=_crumbs_below(program, _("Add a field")), **again)


class FieldView(SeatView, AskView):
    """Changes an own field; its kind and who sees it stay."""

    permission = PROGRAMS_MANAGE
    forms = (OwnFieldForm,)

    def get(self, request: MemberRequest, field_id: UUID) -> HttpResponseBase:
        field = _find(field_id)
        return self._show(field, OwnFieldForm.of(field, request.tenant.name))

    def post(self, request: MemberRequest, field_id: UUID) -> HttpResponseBase:
        field = _find(field_id)
        form = OwnFieldForm(request.POST, tenant_name=request.tenant.name, field=field)
        again = attempt(
            form,
            lambda: change_field(field_id, form.values(), by=request.membership, seen=form.cleaned_data["version"]),
        )
        if again:
            return self._show(field, form, **again)
        messages.success(request, _("The field %(label)s is saved.") % form.cleaned_data)
        return self.done(_fields_url(field.program_id))

    def _show(
        self, field: OwnField, form: OwnFieldForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        seen_by = _("seen by %(name)s only") if field.vendor_only else _("seen by %(name)s and the partner")
        who = seen_by % {"name": self.request.tenant.name}
        ask = Ask(
            title=field.label,
            record=f"{field.program.name} · {field.get_kind_display()}, {who}",
            text=_(
                "Kind and visibility stay: answers were given for them. For others, retire this field and add a new"
                " one."
            ),
            confirm=_("Save"),
            keep=_("Cancel"),
            back=_fields_url(field.program_id),
        )
        return self.asks(ask, form, status=status, now=now, crumbs=_crumbs_below(field.program, field.label))


class MoveFieldView(SeatView):
    """One place up or down."""

    permission = PROGRAMS_MANAGE

    def post(self, request: MemberRequest, field_id: UUID) -> HttpResponseBase:
        field = _find(field_id)
        move_field(field_id, request.POST.get("way", UP), by=request.membership)
        return _to_fields(field.program_id)


class RetireFieldView(SeatView):
    """Takes a field off the forms, at once; the message offers to undo it."""

    permission = PROGRAMS_MANAGE

    def post(self, request: MemberRequest, field_id: UUID) -> HttpResponseBase:
        field = retire_field(_find(field_id).pk, by=request.membership)
        text = _("The field %(label)s is retired. Answers to it stay on their leads.") % {"label": field.label}
        messages.success(request, text, extra_tags=f"undo={reverse('leads:restore-field', args=[field.pk])}")
        return _to_fields(field.program_id)


class RestoreFieldView(SeatView):
    permission = PROGRAMS_MANAGE

    def post(self, request: MemberRequest, field_id: UUID) -> HttpResponseBase:
        field = _find(field_id)
        try:
            restore_field(field_id, by=request.membership)
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, str(reason.text))
        else:
            messages.success(request, _("The field %(label)s is asked for again.") % {"label": field.label})
        return _to_fields(field.program_id)


def _find(field_id: UUID) -> OwnField:
    return get_object_or_404(OwnField.objects.select_related("program"), pk=field_id)


def _asked(program: Program) -> list[OwnField]:
    return [field for field in program.own_fields if not field.is_retired]


def _fields_url(program_id: UUID) -> str:
    return f"{reverse('leads:program', args=[program_id])}#own-fields"


def _to_fields(program_id: UUID) -> HttpResponseBase:
    return redirect(_fields_url(program_id))


def _crumbs_below(program: Program, page: str) -> list[tuple[str, str | None]]:
    """Three are as many as a narrow screen has room for: it shows the one in the middle, the way back."""
    own = reverse("leads:program", args=[program.pk])
    return [(_("Programs"), reverse("leads:programs")), (program.name, own), (page, None)]


def _changes(program: Program, membership: Membership) -> list[dict[str, Any]]:
    """The last changes as entries of a timeline."""
    return entries_of(timeline_of(program.pk, membership)[:CHANGES_SHOWN], membership, every=True)
