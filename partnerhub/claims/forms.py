"""The forms of queues and claims."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from leads.selectors import programs
from leads.states import ReasonCode
from leads.states.choices import Industry
from partnerhub.accounts.forms.naming import PartnerField
from partnerhub.claims.models import QUEUE_SETTINGS, Queue
from partnerhub.claims.selectors import able_partners
from partnerhub.claims.services import To, WhereTo
from partnerhub.claims.services.queues import RANGES
from partnerhub.claims.states import Progress
from partnerhub.claims.words import QUEUE_FIELDS
from partnerhub.partners.kept import tiers
from partnerhub.web.fields import CountryField, MailField, TextField, TickField, WebsiteField, WordField
from partnerhub.web.seen import SeenForm
from partnerhub.web.sorting import country_choices

NO_WAY_CHOSEN = {"required": _("Choose where the lead goes.")}
CONTACT = (
    "company",
    "website",
    "country",
    "postcode",
    "first_name",
    "last_name",
    "email",
    "phone",
    "job_title",
    "notes",
)
BUSINESS_FACTS = ("industry", "size", "need")


def queue_choices() -> list[tuple[str, Any]]:
    rows = Queue.objects.filter(is_active=True).order_by("position", "name").values_list("pk", "name")
    return [("", _("The first queue that fits")), *((str(key), name) for key, name in rows)]


class BulkQueueForm(forms.Form):
    """Into which queue many leads go: none chosen, each into its own, the first that fits."""

    queue = forms.TypedChoiceField(label=_("Queue"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, queues: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["queue"]).choices = queues


class ToPartnerField(PartnerField):
    """A partner that leads can go to."""

    def __init__(self, **options: Any) -> None:
        super().__init__(able_partners, **options)


class RefusedForm(SeenForm):
    """A form of what has no version, which says beside its fields what a verb refused."""

    version = None  # type: ignore[assignment]  # Django's way to leave a field of the base out


class ToForm(RefusedForm):
    """Where a lead of the vendor's goes."""

    way = forms.ChoiceField(label=_("Where the lead goes"), choices=WhereTo.choices, error_messages=NO_WAY_CHOSEN)
    queue = WordField(label=_("Queue"), choices=queue_choices, required=False)
    partner = ToPartnerField(label=_("Partner"), required=False, help_text=_("Its name, or a part of it."))


class HandOutForm(ToForm):
    """The same of a lead that is entered already."""

    way = forms.ChoiceField(
        label=_("Where the lead goes"),
        choices=[choice for choice in WhereTo.choices if choice[0] != WhereTo.SUBMIT],
        error_messages=NO_WAY_CHOSEN,
    )


def to_of(sent: Mapping[str, Any]) -> To:
    """Where a lead goes, by the cleaned values of a form."""
    queue = Queue.objects.get(pk=UUID(sent["queue"])) if sent["queue"] else None
    return To(sent["way"], queue, sent["partner"])


class VendorLeadForm(ToForm):
    """A lead that the vendor brings. What partners see before they take it stands apart from whom to contact."""

    program = WordField(
        label=_("Program"),
        choices=lambda: [(one.slug, one.name) for one in programs()],
        error_messages={"required": _("Choose a program.")},
    )
    company = TextField(label=_("Company"), max_length=200, error_messages={"required": _("Enter the company.")})
    website = WebsiteField(label=_("Website"), max_length=300, error_messages={"required": _("Enter the website.")})
    country = CountryField(label=_("Country"), error_messages={"required": _("Choose a country.")})
    postcode = TextField(label=_("Postcode"), max_length=20, required=False)
    first_name = TextField(label=_("First name"), max_length=80, required=False)
    last_name = TextField(
        label=_("Last name"), max_length=80, error_messages={"required": _("Enter the last name of the contact.")}
    )
    email = MailField(label=_("Email"), max_length=254, error_messages={"required": _("Enter an email address.")})
    phone = TextField(label=_("Phone"), max_length=40, required=False)
    job_title = TextField(label=_("Job title"), max_length=100, required=False)
    notes = TextField(
        label=_("Notes"), max_length=4000, lines=True, required=False, help_text=_("Seen once the lead is taken.")
    )
    industry = WordField(label=_("Industry"), choices=[("", _("Unknown")), *Industry.choices], required=False)
    size = TextField(label=_("Size"), max_length=60, required=False, help_text=_("Seen before the lead is taken."))
    need = TextField(label=_("Need"), max_length=300, required=False, help_text=_("Seen before the lead is taken."))

    field_order = (*CONTACT, "program", *BUSINESS_FACTS, "way", "queue", "partner")

    def program_chosen(self) -> Program:
        found: Program = Program.objects.get(slug=self.cleaned_data["program"])
        return found

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CONTACT}

    def facts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in BUSINESS_FACTS}


class ReasonForm(RefusedForm):
    text = TextField(
        label=_("Why?"),
        max_length=1000,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why: the other side reads it.")},
    )


class DeadForm(ReasonForm):
    """Why a lead that is reported dead is not eligible."""

    code = WordField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *ReasonCode.choices],
        error_messages={"required": _("Choose a reason.")},
    )
    field_order = ("code", "text")


class ProgressForm(RefusedForm):
    progress = WordField(
        label=_("Progress"),
        choices=Progress.choices,
        error_messages={"required": _("Choose how far the lead has come.")},
    )
    text = TextField(
        label=_("Note"), max_length=1000, lines=True, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def _number(name: str) -> forms.IntegerField:
    least, most = RANGES[name]
    wanted = format_lazy(_("Enter a number from {least} to {most}."), least=least, most=most)
    errors = {"required": wanted, "invalid": wanted}
    return forms.IntegerField(label=QUEUE_FIELDS[name], min_value=least, max_value=most, error_messages=errors)


class QueueForm(SeenForm):
    """A queue: which leads, in which order, how long and how many."""

    name = TextField(label=QUEUE_FIELDS["name"], max_length=80, error_messages={"required": _("Enter a name.")})
    programs = forms.MultipleChoiceField(
        label=QUEUE_FIELDS["programs"],
        choices=lambda: [(str(one.pk), one.name) for one in programs()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )
    countries = forms.MultipleChoiceField(
        label=QUEUE_FIELDS["countries"],
        choices=country_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )
    tiers = forms.MultipleChoiceField(
        label=QUEUE_FIELDS["tiers"],
        choices=lambda: [(str(key), name) for key, name in tiers().values_list("pk", "name")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Partners of these see its leads. None chosen: all."),
    )
    position = _number("position")
    lease_days = _number("lease_days")
    recall_days = _number("recall_days")
    offer_hours = _number("offer_hours")
    held_at_most = _number("held_at_most")
    per_day = _number("per_day")
    per_week = _number("per_week")
    is_active = TickField(label=QUEUE_FIELDS["is_active"], required=False)

    @classmethod
    def of(cls, queue: Queue) -> "QueueForm":
        shown = {name: getattr(queue, name) for name in (*QUEUE_SETTINGS, "version")}
        return cls(initial=shown | {name: [str(key) for key in shown[name]] for name in ("programs", "tiers")})

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in QUEUE_SETTINGS}
        return values | {name: [UUID(key) for key in values[name]] for name in ("programs", "tiers")}


class NewQueueForm(QueueForm):
    version = None  # type: ignore[assignment]  # the same
