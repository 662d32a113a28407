"""Saved mappings (E16): saved with a check, used by the next file, shared, renamed, removed; whose they are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.imports.models import ImportJob, SavedMapping
from partnerhub.imports.selectors import mapped_by
from partnerhub.imports.services import change_mapping, delete_mapping, save_mapping
from partnerhub.imports.services.mappings import MOST_MAPPINGS
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.calls import Call
from tests.conftest import make_member
from tests.imports.conftest import HEADINGS, SAME, csv_of, organisation

Act = Callable[[Membership], Any]
Upload = Callable[..., ImportJob]
ODD = {"0": "company", "1": "website", "2": "country", "3": "last_name", "4": "first_name", "5": "email"}
"""As nobody would guess it: both names the other way round."""


@pytest.fixture
def colleague(acme: Tenant, nordwind: Partner) -> Membership:
    return make_member(acme, "Sanna Berg", Role.REFERRALS_ADMIN, partner=nordwind)


@pytest.fixture
def saved(acting: Act) -> Callable[..., SavedMapping]:
    def save(by: Membership, name: str = "Till", **more: Any) -> SavedMapping:
        with acting(by):
            said = {"headings": HEADINGS, "mapping": ODD} | more
            return save_mapping("leads", name=name, by=by, **said)

    return save


def test_a_mapping_is_saved_with_the_check_and_maps_the_next_file_by_itself(
    seller: Membership,
    upload: Upload,
    client_of: Callable[[Membership], Client],
    acting: Act,
) -> None:
    client, job = client_of(seller), upload(seller, csv_of([organisation(1)]))
    mapping, page = f"/acme/imports/{job.pk}/mapping/", f"/acme/imports/{job.pk}/"
    assert "Save this mapping as" in client.get(mapping).content.decode()
    columns = {f"column-{at}": name for at, name in (ODD | {"6": "locations"}).items()}
    sent = SAME | columns | {"version": str(job.version), "mapping_name": " Till "}
    lacking = client.post(mapping, sent | {"column-5": ""})
    assert lacking.status_code == 409, "what can't be checked is not saved"
    with acting(seller):
        assert not SavedMapping.objects.exists()
    answer = client.post(mapping, sent)
    assert (answer.status_code, answer["Location"]) == (302, page), answer.content.decode()
    assert "The mapping Till is saved." in client.get(page).content.decode()
    with acting(seller):
        kept = SavedMapping.objects.get()
    assert (kept.name, kept.headings, kept.mapping, kept.is_shared) == (
        "Till",
        [*HEADINGS],
        ODD | {"6": "locations"},
        False,
    )
    again = upload(seller, csv_of([organisation(2)]))
    assert again.mapping == kept.mapping
    text = client.get(f"/acme/imports/{again.pk}/mapping/").content.decode()
    assert "The columns are mapped as it is saved under “Till”." in text


def test_the_saved_one_is_stronger_than_the_last_file_and_ones_own_than_a_shared_one(
    tells: None,
    seller: Membership,
    colleague: Membership,
    rival: Membership,
    upload: Upload,
    checked: Callable[..., ImportJob],
    saved: Callable[..., SavedMapping],
) -> None:
    content = csv_of([organisation(1)])
    before = checked(seller, content)
    assert upload(seller, content).mapping == before.mapping != ODD
    shared = saved(colleague, "Of all", mapping={"0": "company"}, is_shared=True)
    job = upload(seller, content)
    assert (job.mapping, job.same) == (shared.mapping, before.same)
    saved(seller)
    assert upload(seller, content).mapping == ODD
    assert upload(rival, content).mapping == before.mapping, "no mapping leaves its organisation"
    mended = content.replace(b"Record ID\r\n", b"Record ID,Reasons\r\n")
    assert upload(seller, mended).mapping == ODD, "the file of errors has one column more"


def test_a_mapping_is_chosen_for_a_file_with_other_headings(
    seller: Membership, upload: Upload, saved: Callable[..., SavedMapping], client_of: Callable[[Membership], Client]
) -> None:
    kept = saved(seller)
    job = upload(seller, b"EMAIL,Owner,Last Name,Company name\r\na@example.org,x,Ahlers,Shop\r\n")
    assert job.mapping == {"0": "email", "2": "last_name", "3": "company"}
    text = client_of(seller).get(f"/acme/imports/{job.pk}/mapping/?saved={kept.pk}").content.decode()
    assert "as it is saved under “Till”" in text
    assert mapped_by(kept, job.headings) == {"0": "email", "2": "first_name", "3": "company"}
    assert '<option value="first_name" selected>' in text
    plain = client_of(seller).get(f"/acme/imports/{job.pk}/mapping/").content.decode()
    assert "as it is saved" not in plain
    assert f'href="?saved={kept.pk}"' in plain
    nothing = upload(seller, b"A,B\r\n1,2\r\n")
    assert f"?saved={kept.pk}" not in client_of(seller).get(f"/acme/imports/{nothing.pk}/mapping/").content.decode()


def test_two_columns_of_one_heading_are_told_apart_by_their_place(
    seller: Membership, saved: Callable[..., SavedMapping]
) -> None:
    kept = saved(seller, headings=["Phone", "Phone", "Mail"], mapping={"1": "phone", "2": "email"})
    assert mapped_by(kept, ["Phone", "Phone", "Mail"]) == {"1": "phone", "2": "email"}
    assert mapped_by(kept, ["mail", "phone", "phone"]) == {"0": "email", "1": "phone"}


def test_it_is_renamed_shared_and_removed_on_its_pages(
    seller: Membership, colleague: Membership, saved: Callable[..., SavedMapping], client_of: Any, acting: Act
) -> None:
    kept = saved(seller)
    saved(seller, "Other")
    client, here = client_of(seller), f"/acme/imports/mappings/{kept.pk}/"
    assert "Rename and share" in client.get("/acme/leads/import/").content.decode()
    assert client_of(colleague).get(here).status_code == 404
    used = client.post(here, {"name": "Other", "version": "1"})
    assert (used.status_code, "a mapping of this name already" in used.content.decode()) == (409, True)
    answer = client.post(here, {"name": "CRM", "is_shared": "on", "version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/acme/leads/import/")
    assert client.post(here, {"name": "Late", "version": "1"}).status_code == 409
    page = client_of(colleague).get("/acme/leads/import/").content.decode()
    assert "CRM" in page
    assert f"Shared by {seller.name}" in page
    assert here not in page
    assert client_of(colleague).post(f"{here}delete/", {"version": "2"}).status_code == 403
    assert "Nobody of your organisation has it any more then." in client.get(f"{here}delete/").content.decode()
    assert client.post(f"{here}delete/", {"version": "1"})["Location"] == "/acme/leads/import/"
    assert "Somebody has changed the mapping CRM meanwhile." in client.get("/acme/leads/import/").content.decode()
    client.post(f"{here}delete/", {"version": "2"})
    with acting(seller):
        assert [one.name for one in SavedMapping.objects.all()] == ["Other"]
        kinds = [one.kind for one in Event.objects.filter(subject_id=kept.pk).order_by("occurred_at", "id")]
    assert kinds == ["mapping.saved", "mapping.changed", "mapping.deleted"]
    assert client.get(here).status_code == 404


def test_what_its_owner_has_left_behind_is_the_organisations(
    seller: Membership, colleague: Membership, saved: Callable[..., SavedMapping], acting: Act
) -> None:
    shared, own = saved(colleague, "Of all", is_shared=True), saved(colleague, "Mine")
    with acting(seller):
        with pytest.raises(NotPermitted):
            change_mapping(shared.pk, by=seller, name="Ours")
        Membership.objects.filter(pk=colleague.pk).update(is_active=False)
        assert change_mapping(shared.pk, by=seller, name="Ours").name == "Ours"
        with pytest.raises(Refused, match="owner"):
            change_mapping(shared.pk, by=seller, is_shared=False)
        with pytest.raises(Stale):
            delete_mapping(shared.pk, by=seller, seen=1)
        delete_mapping(shared.pk, by=seller, seen=2)
        with pytest.raises(SavedMapping.DoesNotExist):
            delete_mapping(own.pk, by=seller)


def test_what_is_no_mapping_is_refused(
    seller: Membership, admin: Membership, saved: Callable[..., SavedMapping], acting: Act
) -> None:
    for said in ({"mapping": {}}, {"mapping": {"8": "email"}}, {"name": " "}, {"name": "x" * 61}):
        with pytest.raises(Refused):
            saved(seller, **said)
    with pytest.raises(NotPermitted):
        saved(admin)
    for number in range(MOST_MAPPINGS):
        saved(seller, f"Of {number}")
    with pytest.raises(Refused, match="50"):
        saved(seller, "One more")
    assert saved(seller, "Of 1", mapping={"0": "company"}).version == 2


def test_a_program_saves_reads_shares_and_removes_one(call: Call, seller: Membership, colleague: Membership) -> None:
    api, new = (
        call(seller),
        {"importer": "leads", "name": "CRM", "headings": ["Shop", "Mail"], "mapping": {"1": "email"}},
    )
    made = api.post("import-mappings/", new)
    assert made.status_code == 201, made.content
    here = f"import-mappings/{made.json()['id']}/"
    assert made["Location"].endswith(here)
    assert api.post("import-mappings/", new).json() == made.json(), "sent twice it makes one"
    assert api.post("import-mappings/", new | {"importer": "deals"}).status_code == 422
    assert call(colleague).get(here).status_code == 404
    shared = api.patch(here, {"is_shared": True}, version=1)
    assert (shared.status_code, shared.json()["version"]) == (200, 2), shared.content
    (seen,) = call(colleague).get("import-mappings/").json()["results"]
    assert (seen["id"], seen["may_change"], seen["owner"]["name"]) == (made.json()["id"], False, seller.name)
    assert call(colleague).patch(here, {"name": "Ours"}, version=2).status_code == 403
    assert api.patch(here, {"name": "Late"}, version=1).status_code == 412
    assert api.delete(here, version=1).status_code == 412
    assert api.delete(here).status_code == 204
    assert api.get(here).status_code == 404
