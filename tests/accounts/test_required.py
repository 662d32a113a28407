"""A field that is left empty says what is wanted, in our words; Django's own sentence names nothing."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from partnerhub.accounts.models import Membership
from partnerhub.accounts.sign_in_words import OurWords
from partnerhub.tenancy.models import Tenant

ROOT = Path(__file__).parents[2]
FRAMEWORK = str(forms.Field.default_error_messages["required"])
PROGRAMS = {"ToldForm"}  # what no person fills in
# Never empty in a browser: what the page sends along unseen, and a choice that has one chosen from the first.
UNSEEN = (forms.HiddenInput, forms.MultipleHiddenInput)


def form_classes() -> list[type[forms.Form]]:
    """Every form of ours that people fill in."""
    for path in sorted(ROOT.glob("**/forms/*.py")) + sorted(ROOT.glob("*/forms.py")):
        if ".venv" not in path.parts and "tests" not in path.parts:
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return sorted(_below(forms.Form), key=lambda one: f"{one.__module__}.{one.__qualname__}")


def _below(base: type[Any]) -> set[type[Any]]:
    found = {one for child in base.__subclasses__() for one in {child, *_below(child)}}
    rooms = ("partnerhub", "leads", "deals", "notifications", "referrals")
    ours = {one for one in found if one.__module__.startswith(rooms) and not issubclass(one, OurWords)}
    return {one for one in ours if one.__name__ not in PROGRAMS}


@pytest.mark.parametrize("form", form_classes(), ids=lambda one: one.__qualname__)
def test_every_required_field_says_what_is_wanted(form: type[forms.Form]) -> None:
    silent = [
        name
        for name, field in form.base_fields.items()
        if field.required
        and not isinstance(field.widget, UNSEEN)
        and str(field.error_messages.get("required", "")) == FRAMEWORK
    ]
    assert silent == []


@pytest.mark.parametrize("path", sorted({**settings.ACCOUNT_FORMS, **settings.MFA_FORMS}.values()))
def test_the_forms_of_signing_in_have_our_words(path: str) -> None:
    assert issubclass(import_string(path), OurWords)


@pytest.mark.django_db
def test_an_empty_sign_in_says_so_in_our_words(acme: Tenant) -> None:
    page = Client(headers={"host": "localhost"}).post("/acme/accounts/login/", {}).content.decode()
    assert "Enter your email address." in page
    assert "Enter your password." in page
    assert FRAMEWORK not in page


@pytest.mark.django_db
def test_a_new_password_is_asked_for_in_our_words(seller: Membership, client_of: Any) -> None:
    client = client_of(seller)
    page = client.post("/acme/accounts/password/change/", {}).content.decode()
    for words in ("Enter your current password.", "Choose a new password.", "Enter the new password once more."):
        assert words in page
    assert "New Password" not in page
