"""The forms of a vendor's account, and of what is kept of two customers that are one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from deals.models import Company, Contact, Customer, VendorAccount
from deals.panels import brought_with, panels_of
from deals.selectors import contacts_of
from deals.services import Mergeable
from partnerhub.actors import Seat
from partnerhub.web.fields import DayField, TextField, TickField
from partnerhub.web.seen import SeenForm, VersionField


class AccountForm(SeenForm):
    """What the vendor knows of a business; a new one carries no version."""

    name = TextField(
        label=pgettext_lazy("of an organisation", "Name"),
        max_length=200,
        error_messages={"required": _("Enter a name.")},
    )
    domains = TextField(
        label=_("Domains"),
        lines=True,
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("One a line, like shop.example. By them a business that a partner refers is found to be this one."),
    )
    customer_since = DayField(label=_("Customer since"), is_past=True, required=False)
    seller = TextField(label=_("Seller"), max_length=150, required=False)
    is_managed = TickField(label=_("A seller manages this customer directly"), required=False)
    do_not_refer = TickField(label=_("Do not refer: whatever a partner brings for it goes to review"), required=False)

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["version"]

    @classmethod
    def of(cls, account: VendorAccount) -> "AccountForm":
        """The form with what is known now."""
        initial = {name: getattr(account, name) for name in (*cls.base_fields, "version")}
        return cls(initial=initial | {"domains": "\n".join(account.domains)}, is_new=False)

    def values(self) -> dict[str, Any]:
        sent = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return sent | {"domains": sent["domains"].splitlines()}


class MergeForm(SeenForm):
    """Which of two values is kept, for each in which the two differ; a value is chosen before none."""

    other_version = VersionField()

    def __init__(self, *args: Any, mergeable: Mergeable, one: Customer, merged: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choice in mergeable.differing(one, merged).items():
            texts = choice.text(one), choice.text(merged)
            self.fields[name] = forms.ChoiceField(
                label=str(choice.label),
                widget=forms.RadioSelect,
                choices=[("kept", texts[0] or _("None")), ("merged", texts[1] or _("None"))],
                initial="kept" if texts[0] else "merged",
                error_messages={"required": _("Choose which one is kept.")},
            )
        self.fields["version"].initial, self.fields["other_version"].initial = one.version, merged.version

    def taken(self) -> list[str]:
        """The choices of which the merged one's value is kept."""
        return [name for name, value in self.cleaned_data.items() if value == "merged"]


class TakeOutForm(SeenForm):
    """What the other one is, and what belongs to it."""

    def offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        """Let these be chosen; where there are none, nothing is asked."""
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(str(key), words) for key, words in choices]
        if not choices:
            field.widget = forms.MultipleHiddenInput()

    def arguments(self) -> dict[str, Any]:
        """The verb's arguments beside record and actor."""
        values = dict(self.cleaned_data)
        return {"seen": values.pop("version"), **values}


class SplitCompanyForm(TakeOutForm):
    """What the other business is called, and which of the people and records are its."""

    name = TextField(
        label=_("Name of the other company"),
        max_length=200,
        error_messages={"required": _("Enter a name.")},
    )
    website = TextField(label=_("Website"), max_length=300, required=False)
    contacts = forms.MultipleChoiceField(label=_("Its contacts"), required=False, widget=forms.CheckboxSelectMultiple)
    brought = forms.MultipleChoiceField(
        label=_("What belongs to it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, company: Company, member: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for panel in panels_of(company, member) if panel.brings for row in panel.rows]
        self.offer("contacts", [(person.pk, str(person)) for person in contacts_of(company, member)])
        self.offer("brought", [(row.key, f"{row.label} · {row.note}") for row in rows])


class SplitContactForm(TakeOutForm):
    """What the other person is called, how they are reached, and which of the records are theirs."""

    first_name = TextField(label=_("First name"), max_length=80, required=False)
    last_name = TextField(label=_("Last name"), max_length=80, error_messages={"required": _("Enter a name.")})
    email = TextField(label=_("Email"), max_length=254, required=False)
    phone = TextField(label=_("Phone"), max_length=40, required=False)
    job_title = TextField(label=_("Job title"), max_length=100, required=False)
    brought = forms.MultipleChoiceField(
        label=_("What belongs to them"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, contact: Contact, member: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = brought_with(contact, member)
        self.offer("brought", [(row.key, f"{row.label} · {row.note}") for row in rows])
