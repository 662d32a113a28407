"""The vendor's people import leads: for a partner, into a queue, or kept for themselves (E16, rulings 5).

A row goes through the form of the page and the verb that brings one lead. It may name its partner; where the whole file
is for one, it need not.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.importing import CALLED, KEY, ImportProgramForm, as_choice, country_code
from leads.models import Lead
from leads.states.choices import Industry
from partnerhub.accounts.models import Membership
from partnerhub.claims.forms import BUSINESS_FACTS, CONTACT, ToPartnerField, VendorLeadForm, queue_choices, to_of
from partnerhub.claims.services import WhereTo, bring_lead, take_out_lead
from partnerhub.errors import Reason, Refused
from partnerhub.imports.importers import FormTyped, Importer, ImportField, Made, RowToWrite, SaidOfAll
from partnerhub.roles import LEADS_WORK, VENDOR
from partnerhub.web.fields import WordField
from partnerhub.web.views import labels_of

PARTNER_CALLED = ("partner name", "partner account", "reseller", "channel partner", "partner id")
SIZE_CALLED = ("number of employees", "employees", "company size")
NEED_CALLED = ("interest", "requirement", "product interest")
NEEDED_OF_ROW = ("company", "website", "country", "last_name", "email")


class VendorImportForm(ImportProgramForm):
    """Which program the rows are for, and where they go."""

    way = WordField(
        label=_("Where the leads go"),
        choices=WhereTo.choices,
        error_messages={"required": _("Choose where the leads go.")},
    )


class VendorSameForm(forms.Form):
    """The queue or the partner of every row that names none."""

    queue = WordField(label=_("Queue"), choices=queue_choices, required=False)
    partner = ToPartnerField(
        label=_("Partner"), required=False, help_text=_("Its name, or a part of it. A row may name another.")
    )


class VendorLeadImporter(Importer):
    """Leads that the vendor brings."""

    name, side, permission = "leads", VENDOR, LEADS_WORK
    title, list_page, upload_page = _("Leads"), "leads:list", "leads:import"

    def choose_form(self, data: FormTyped = None) -> forms.Form:
        return VendorImportForm(data)

    def same_form(self, told: SaidOfAll, data: FormTyped = None, initial: FormTyped = None) -> forms.Form:
        return VendorSameForm(data, initial=dict(initial or {}))

    def labels(self) -> Mapping[str, str]:
        return labels_of(VendorSameForm)

    def fields(self, told: SaidOfAll) -> Sequence[ImportField]:
        labels = {name: field.label for name, field in VendorLeadForm.base_fields.items()}
        called = CALLED | {"partner": PARTNER_CALLED, "size": SIZE_CALLED, "need": NEED_CALLED}
        names = (*CONTACT, *BUSINESS_FACTS, "partner")
        needed = {*NEEDED_OF_ROW, *(["partner"] if told.chosen.get("way") in TO_ONE else [])}
        found = [ImportField(name, labels[name] or name, called.get(name, ()), name in needed) for name in names]
        return [*found, ImportField(KEY, _("Its number in your system"), CALLED[KEY], is_key=True)]

    def check(self, rows: Sequence[RowToWrite], told: SaidOfAll, *, by: Membership) -> list[Refused | None]:
        ready = [_form_of(row, told) for row in rows]
        return [one if isinstance(one, Refused) else None for one in ready]

    def write(
        self, rows: Sequence[RowToWrite], told: SaidOfAll, *, by: Membership, together: UUID
    ) -> list[Made | Refused]:
        return [_brought(row, told, by=by, together=together) for row in rows]

    def take_back(self, record_ids: Sequence[UUID], *, by: Membership, together: UUID) -> list[Refused | None]:
        return [_taken_out(key, by=by) for key in record_ids]

    def page(self, record_id: UUID) -> str:
        return str(Lead.urls.pages()(record_id))


TO_ONE = frozenset({WhereTo.OFFER, WhereTo.GIVE, WhereTo.SUBMIT})
"""Ways that need a partner."""


def _form_of(row: RowToWrite, told: SaidOfAll) -> VendorLeadForm | Refused:
    """The form of the page with the row's answers; or what is wrong with them, each with its field's name."""
    typed: dict[str, Any] = {**row.values, "program": told.chosen["program"], "way": told.chosen["way"]}
    typed["country"] = country_code(typed.get("country", ""))
    typed["industry"] = as_choice("vendor-industry", Industry, typed.get("industry", ""))
    queue, partner = told.same.get("queue"), told.same.get("partner")
    typed["queue"] = str(queue or "")
    typed["partner"] = typed.get("partner") or (str(partner.pk) if partner else "")
    form = VendorLeadForm(typed)
    if form.is_valid():
        if told.chosen["way"] in TO_ONE and form.cleaned_data["partner"] is None:
            return Refused(Reason("partner", _("Choose a partner."), field="partner"))
        return form
    return Refused(
        [
            Reason("invalid", f"{form.fields[name].label}: {text}" if name in form.fields else str(text), field=name)
            for name, texts in form.errors.items()
            for text in texts
        ]
    )


def _brought(row: RowToWrite, told: SaidOfAll, *, by: Membership, together: UUID) -> Made | Refused:
    form = _form_of(row, told)
    if isinstance(form, Refused):
        return form
    try:
        with transaction.atomic():
            lead = bring_lead(
                row.record_id,
                program=form.program_chosen(),
                answers=form.answers(),
                facts=form.facts(),
                to=to_of(form.cleaned_data),
                by=by,
                together=together,
            )
    except Refused as refused:
        return refused
    return Made(lead.pk, lead.reference)


def _taken_out(lead_id: UUID, *, by: Membership) -> Refused | None:
    try:
        take_out_lead(lead_id, by=by)
    except Refused as refused:
        return refused
    return None
