"""Every door takes out what cannot be seen: forms and bodies of the API, those that are still to come included."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.urls import get_resolver
from rest_framework import serializers

from partnerhub.web.bodies import Address, Body, Text, Word
from partnerhub.web.fields import AddressField, VisibleField

OURS = ("partnerhub.", "leads.", "deals.", "referrals.", "notifications.")
UNTYPED = (forms.PasswordInput, forms.HiddenInput)
# A number as it is written, a code, a word of a list, what another program says of a mail: nobody's name or address.
OTHERS = {
    "DecimalField",
    "SlugField",
    "AuditFilter.kind",
    "ToldForm.message_id",
    "ToldForm.detail",
    "OnceAuthenticateForm.code",
    "OnceReauthenticateForm.code",
    "ActivateTOTPForm.code",
    "AddEmailForm.email",  # its check takes ASCII only
    "ResetPasswordForm.email",
}


def all_below(root: type) -> Iterator[type]:
    """The classes of ours that derive from this one."""
    for found in root.__subclasses__():
        if found.__module__.startswith(OURS):
            yield found
        yield from all_below(found)


def typed_fields() -> dict[str, forms.Field]:
    get_resolver().url_patterns  # noqa: B018 - loads every view, and with it every form
    return {
        f"{form.__name__}.{name}": field
        for form in all_below(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, UNTYPED)
    }


def test_every_form_takes_out_what_cannot_be_seen() -> None:
    found = typed_fields()
    assert len(found) > 15
    wrong = {name: type(field).__name__ for name, field in found.items() if not _is_safe(field)}
    assert {name for name, kind in wrong.items() if not {name, kind} & OTHERS} == set()


def _is_safe(field: forms.Field) -> bool:
    return isinstance(field, (VisibleField, AddressField))


def test_every_body_takes_out_what_cannot_be_seen() -> None:
    found: dict[str, Any] = {
        f"{body.__name__}.{name}": field for body in all_below(Body) for name, field in body._declared_fields.items()
    }
    texts = {
        name: one
        for name, one in found.items()
        if isinstance(one, serializers.CharField) and not isinstance(one, serializers.SlugField)
    }
    assert len(texts) > 15
    assert {name for name, field in texts.items() if not isinstance(field, (Text, Address, Word))} == set()


@pytest.mark.parametrize("field", [Text(), Address()])
def test_the_apis_own_fields_take_it_out(field: Any) -> None:
    assert field.run_validation("\ufeffan\u200bna@example.org\u00ad") == "anna@example.org"


@pytest.mark.parametrize("field", [VisibleField(), AddressField()])
def test_the_forms_own_fields_take_it_out(field: Any) -> None:
    assert field.clean("\ufeff an\u200bna@example.org\u00ad ") == "anna@example.org"
