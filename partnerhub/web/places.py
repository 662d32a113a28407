"""Languages and time zones: those there are, as choices of forms, and as columns that keep nothing else.

A column never gives a value that no page can use: one that is not known reads as the column's default.
"""

from collections.abc import Callable
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from partnerhub.web.sorting import sorted_by_name

TECHNICAL = ("Etc/", "SystemV/", "US/")
PlaceChoices = list[tuple[str, str]]


@cache
def known_zones() -> list[str]:
    """The zones of places (`Europe/Warsaw`) and UTC, without the technical ones."""
    offered = {"UTC", *(zone for zone in available_timezones() if "/" in zone and not zone.startswith(TECHNICAL))}
    return sorted_by_name(offered, language="en")


def zone_choices() -> PlaceChoices:
    return [(zone, zone.replace("_", " ")) for zone in known_zones()]


def language_choices() -> PlaceChoices:
    """The languages that the portal speaks, each by its own name."""
    named = [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
    return sorted_by_name(named, name=itemgetter(1))


@cache
def _zones() -> frozenset[str]:
    """Every zone that can be reckoned with, also those that are not offered."""
    return frozenset(available_timezones())


@cache
def _languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


class KnownField(models.CharField):  # type: ignore[type-arg]  # takes no arguments when it runs
    """A word of a list that is not the database's. Checked when a form, the admin or a verb checks the record, and
    once more where it is written; what was stored all the same (by hand, or before a language went) reads as the
    default.
    """

    unknown: ClassVar[Any]
    offered: ClassVar[Callable[[], PlaceChoices]]

    @staticmethod
    def is_known(value: str) -> bool:
        raise NotImplementedError

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        self._check(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return value if not value or self.is_known(value) else self.get_default()

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Raises ValidationError for a word that is not known, whoever writes it."""
        if isinstance(value, str):
            self._check(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **options: Any) -> Any:
        """A list to choose from."""
        empty = [("", "")] if self.blank else []
        return forms.ChoiceField(
            choices=lambda: [*empty, *type(self).offered()],
            required=not self.blank,
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            initial=self.get_default(),
            error_messages={"invalid_choice": self.unknown},
        )

    def _check(self, value: str) -> None:
        if value and not self.is_known(value):
            raise ValidationError(self.unknown, code="unknown")


class LanguageField(KnownField):
    """The code of a language that the portal speaks."""

    unknown = _("Choose a language from the list.")
    offered = staticmethod(language_choices)

    @staticmethod
    def is_known(value: str) -> bool:
        return value in _languages()


class ZoneField(KnownField):
    """The name of a time zone."""

    unknown = _("Choose a time zone from the list.")
    offered = staticmethod(zone_choices)

    @staticmethod
    def is_known(value: str) -> bool:
        return value in _zones()
