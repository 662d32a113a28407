"""Each record's answer says which of its fields may be changed now, and page and verb read the same map (E30)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.forms import CharField, Form
from django.test import Client

from leads.api.leads import NEW_LEAD
from leads.models import Lead
from leads.selectors.corrections import corrected_questions
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.web.editing import Lock, fields_json, lock_form, refuse_locked
from tests.architecture.test_api_contract import conforms
from tests.calls import Call


def editable(answer: Any) -> set[str]:
    return {name for name, field in answer.json()["editable"].items() if field["editable"]}


@pytest.mark.django_db
def test_a_drafts_answers_are_open_until_it_is_sent(
    call: Call, seller: Membership, colleague: Membership, manager: Membership
) -> None:
    caller = call(seller)
    draft = caller.post("leads/", NEW_LEAD | {"draft": True}).json()
    address = f"leads/{draft['id']}/"
    assert {"company", "email", "program", "own_fields"} <= editable(caller.get(address))
    assert conforms("leads_read", "200", caller.get(address).json())
    caller.post(f"{address}submit/", version=draft["version"])
    sent = caller.get(address)
    corrected = {question.name for question in corrected_questions("pos")}
    assert {"company", "email", "notes"} <= corrected
    assert editable(sent) == {"owner", "team"} | corrected
    assert sent.json()["editable"]["consent_date"]["why"].startswith("A lead that was sent")
    assert editable(call(manager).get(address)) == corrected


@pytest.mark.django_db
def test_what_is_said_to_be_open_is_taken_and_what_is_locked_is_not(call: Call, seller: Membership) -> None:
    caller = call(seller)
    draft = caller.post("leads/", NEW_LEAD | {"draft": True}).json()
    address = f"leads/{draft['id']}/"
    assert caller.patch(address, {"company": "Other"}, version=draft["version"]).status_code == 200
    version = caller.get(address).json()["version"]
    caller.post(f"{address}submit/", version=version)
    version = caller.get(address).json()["version"]
    assert caller.patch(address, {"consent_date": "2026-01-02"}, version=version).status_code == 422
    assert caller.patch(address, {"company": "Third"}, version=version).status_code == 200


@pytest.mark.django_db
def test_of_a_partner_and_of_people(
    call: Call, seller: Membership, manager: Membership, programme_admin: Membership, client_of: Callable[..., Client]
) -> None:
    profile = {"name", "country", "language", "timezone", "website"}
    answer = call(manager).get(f"partners/{seller.partner_id}/")
    assert editable(answer) == profile
    assert conforms("partners_read", "200", answer.json())
    assert editable(call(seller).get(f"members/{seller.pk}/")) == {"name", "title", "phone"}
    assert editable(call(programme_admin).get(f"members/{seller.pk}/")) == {"roles"}
    own = call(programme_admin).get(f"members/{programme_admin.pk}/")
    assert editable(own) == {"name", "title", "phone"}
    assert conforms("members_read", "200", own.json())


@pytest.mark.django_db
def test_of_customers(call: Call, seller: Membership, new_lead: Callable[..., Lead]) -> None:
    new_lead(seller)
    for path, name in (("companies/", "companies_read"), ("contacts/", "contacts_read")):
        (row,) = call(seller).get(path).json()["results"]
        answer = call(seller).get(f"{path}{row['id']}/")
        assert answer.json()["editable"]
        assert editable(answer) == set()
        assert conforms(name, "200", answer.json())


class _Form(Form):
    name = CharField()
    site = CharField(required=False)


LOCKED = {"name": None, "site": Lock("The other side reviews it.", datetime(2026, 12, 1, tzinfo=UTC))}


def test_a_form_takes_nothing_for_what_is_locked() -> None:
    form = _Form({"name": "New", "site": "typed"}, initial={"site": "kept"})
    lock_form(form, LOCKED)
    assert form.is_valid()
    assert form.cleaned_data == {"name": "New", "site": "kept"}
    assert form.fields["site"].help_text == "The other side reviews it."


def test_a_verb_refuses_what_is_locked_by_the_same_map() -> None:
    refuse_locked(LOCKED, ["name"])
    with pytest.raises(Refused) as refused:
        refuse_locked(LOCKED, ["name", "site"])
    assert [reason.field for reason in refused.value.reasons] == ["site"]


def test_the_map_says_until_when() -> None:
    assert fields_json(LOCKED) == {
        "name": {"editable": True, "why": "", "until": None},
        "site": {"editable": False, "why": "The other side reviews it.", "until": "2026-12-01T00:00:00Z"},
    }
