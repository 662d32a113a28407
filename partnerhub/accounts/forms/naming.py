"""One of many organisations, by its name: a box with the first names to choose from, however many there are."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.selectors import VENDOR_SIDE
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import partners_called
from partnerhub.web.fields import TextField
from partnerhub.web.folding import fold

MOST_SUGGESTED = 100
"""So many partners are offered as one types; any other is found by its name."""
PARTNERS_NAMED = 8


class NamesWidget(forms.TextInput):
    """A box for a name, with names to choose from."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self.names = names

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = f"{(attrs or {}).get('id', name)}_names"
        box = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.names()))
        return format_html('{}<datalist id="{}">{}</datalist>', box, key, options)


class PartnerField(TextField):
    """One of these partners: by its name, by a part of it that no other has, or by its id."""

    def __init__(self, rows: Callable[[], QuerySet[Partner]], **options: Any) -> None:
        super().__init__(max_length=200, widget=NamesWidget(self.names), **options)
        self.rows = rows

    def names(self) -> list[str]:
        return list(self.rows().order_by("name_key").values_list("name", flat=True)[:MOST_SUGGESTED])

    def clean(self, value: Any) -> Any:
        """The partner; None where nothing is written. Two statements. Raises ValidationError where it is not clear."""
        text = super().clean(value)
        if not text:
            return None
        found = list(partners_called(self.rows(), text)[: PARTNERS_NAMED + 1])
        exact = [one for one in found if one.name_key == fold(text) or str(one.pk) == text]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError(_("No partner is called this."), code="none")
        names = ", ".join(one.name for one in found[:PARTNERS_NAMED])
        raise forms.ValidationError(
            _("Several partners are called this: %(names)s. Write the whole name.") % {"names": names}
        )


class OrganisationField(PartnerField):
    """One of the partners of a form, or the vendor: by its own name, or as VENDOR_SIDE."""

    vendor_name = ""

    def offer(self, rows: QuerySet[Partner], vendor_name: str) -> list[tuple[str, str]]:
        """Take these, and the vendor unless it has no name here; the only one as (key, name), where there is one."""
        self.rows, self.vendor_name, self.widget = rows.all, vendor_name, NamesWidget(self.names)
        first = [(str(one.pk), one.name) for one in rows[:2]]
        found = [(VENDOR_SIDE, vendor_name), *first] if vendor_name else first
        return found if len(found) == 1 else []

    def names(self) -> list[str]:
        return [name for name in [self.vendor_name, *super().names()] if name]

    def clean(self, value: object) -> Any:
        """The partner, or VENDOR_SIDE. Raises ValidationError for anything else."""
        text = value.strip() if isinstance(value, str) else ""
        if self.vendor_name and fold(text) in {VENDOR_SIDE, fold(self.vendor_name)}:
            return VENDOR_SIDE
        return super().clean(value)
