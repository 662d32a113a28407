"""Files that are kept with a draft: the own partner's alone until it is submitted, then the lead's."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from leads.states import Status
from leads.tasks import clear_discarded_files
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.notes.models import Attachment
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.leads.answers import WINDOW, pos

pytestmark = pytest.mark.django_db

POS = "/acme/leads/new/pos/"


@pytest.fixture
def browser(seller: Membership, client_of: Callable[[Membership], Client]) -> Client:
    return client_of(seller)


@pytest.fixture
def files(acme: Tenant) -> Callable[[], list[Attachment]]:
    """All files of the tenant, as the system sees them."""

    def read() -> list[Attachment]:
        with tenant_scope(acme):
            return list(Attachment.objects.order_by("id"))

    return read


@pytest.fixture
def _commits(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """What waits for the commit happens."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def draft(browser: Client, acme: Tenant) -> Lead:
    """A draft with one file, saved without a script."""
    browser.post(
        POS, {"window": WINDOW, "company": "Wollkontor", "save_draft": "1", "attachments": a_file("stock.txt")}
    )
    with tenant_scope(acme):
        return Lead.objects.get()


def a_file(name: str, content: bytes = b"two lists") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_saved_draft_keeps_its_files(browser: Client, draft: Lead, files: Any) -> None:
    (file,) = files()
    assert (file.subject_id, file.is_private) == (draft.pk, True)
    page = text_of(browser.get(f"{POS}?draft={draft.pk}"))
    assert "stock.txt" in page
    assert b"two lists" in b"".join(browser.get(f"/acme/files/{file.pk}/").streaming_content)  # type: ignore[arg-type]


def test_saving_again_keeps_them_too(browser: Client, draft: Lead, files: Any) -> None:
    browser.post(f"{POS}draft/", {"window": WINDOW, "lead": draft.pk, "company": "Woll"})
    browser.post(
        POS,
        {"window": WINDOW, "lead": draft.pk, "company": "Woll", "save_draft": "1", "attachments": a_file("more.txt")},
    )
    assert [file.name for file in files()] == ["stock.txt", "more.txt"]


def test_nobody_else_sees_them(
    draft: Lead, files: Any, manager: Membership, rival: Membership, client_of: Any, acting: Any
) -> None:
    (file,) = files()
    for stranger in (manager, rival):
        assert client_of(stranger).get(f"/acme/files/{file.pk}/").status_code == 404
        with acting(stranger):
            assert not Attachment.objects.exists()


def test_submitted_they_are_the_leads(
    browser: Client,
    draft: Lead,
    files: Any,
    events_of: Callable[[Lead], list[Event]],
    manager: Membership,
    client_of: Any,
) -> None:
    response = browser.post(POS, pos(window=WINDOW, lead=draft.pk, attachments=a_file("plan.txt")))
    assert response.status_code == 303
    assert {(file.name, file.is_private) for file in files()} == {("stock.txt", False), ("plan.txt", False)}
    told = [event.data["files"] for event in events_of(draft) if event.kind == "file.attached"]
    assert sorted(told) == [["plan.txt"], ["stock.txt"]]
    page = text_of(client_of(manager).get(f"/acme/leads/{draft.pk}/"))
    assert "stock.txt" in page
    assert "plan.txt" in page


def test_a_form_that_comes_back_has_kept_the_files(browser: Client, files: Any, acme: Tenant) -> None:
    response = browser.post(POS, pos(window=WINDOW, email="f@", attachments=a_file("stock.txt")))
    page = text_of(response)
    assert response.status_code == 422
    assert "Choose your files again" not in page
    assert "stock.txt" in page
    (lead_id,) = re.findall(r'name="lead" value="([^"]+)"', page)
    assert browser.post(POS, pos(window=WINDOW, lead=lead_id)).status_code == 303
    assert [(file.name, file.is_private) for file in files()] == [("stock.txt", False)]


def test_a_bad_file_is_named_and_keeps_nothing(browser: Client, files: Any) -> None:
    response = browser.post(POS, {"company": "x", "save_draft": "1", "attachments": a_file("empty.txt", b"")})
    assert response.status_code == 409
    assert "empty.txt is empty." in text_of(response)
    assert files() == []


def test_too_many_are_refused_over_all_savings(browser: Client, draft: Lead, files: Any, settings: Any) -> None:
    settings.ATTACHMENT_MAX_COUNT = 1
    response = browser.post(
        POS, {"window": WINDOW, "lead": draft.pk, "save_draft": "1", "attachments": a_file("more.txt")}
    )
    assert response.status_code == 409
    assert len(files()) == 1


@pytest.mark.usefixtures("_commits")
def test_a_file_is_taken_off_without_a_script(
    browser: Client, draft: Lead, files: Any, events_of: Callable[[Lead], list[Event]]
) -> None:
    (file,) = files()
    page = text_of(browser.get(f"{POS}?draft={draft.pk}"))
    assert f'name="drop_file" value="{file.pk}"' in page
    sent = {"window": WINDOW, "lead": draft.pk, "company": "Typed since", "drop_file": file.pk}
    after = browser.post(POS, sent, follow=True)
    assert "The file is taken off the draft." in text_of(after)
    assert "Typed since" in text_of(after)
    assert files() == []
    assert events_of(draft) == []


def test_another_partner_takes_nothing_off(draft: Lead, files: Any, rival: Membership, client_of: Any) -> None:
    sent = {"window": WINDOW, "lead": draft.pk, "company": "x", "drop_file": files()[0].pk}
    assert client_of(rival).post(POS, sent).status_code == 404
    assert len(files()) == 1


def test_discarded_for_a_day_they_go_and_their_bytes_too(
    browser: Client, draft: Lead, files: Any, acme: Tenant, django_capture_on_commit_callbacks: Any
) -> None:
    (file,) = files()
    browser.post(f"/acme/leads/{draft.pk}/discard/")
    clear_discarded_files()
    assert len(files()) == 1, "it may be brought back yet"
    with tenant_scope(acme):
        Lead.objects.filter(pk=draft.pk).update(status_changed_at=now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        clear_discarded_files()
    assert files() == []
    assert not default_storage.exists(file.key)


def test_files_of_an_old_draft_stay(draft: Lead, files: Any, acme: Tenant) -> None:
    with tenant_scope(acme):
        Lead.objects.filter(pk=draft.pk).update(status_changed_at=now() - timedelta(days=400))
        assert Lead.objects.get().status == Status.DRAFT
    clear_discarded_files()
    assert len(files()) == 1


def test_over_the_api(call: Any, draft: Lead, seller: Membership, manager: Membership, files: Any) -> None:
    api = call(seller)
    kept = api.upload(f"leads/{draft.pk}/attachments/", files=a_file("plan.txt"))
    assert (kept.status_code, [file["name"] for file in kept.json()["results"]]) == (201, ["stock.txt", "plan.txt"])
    assert call(manager).get(f"leads/{draft.pk}/attachments/").status_code == 404
    assert api.delete(f"files/{files()[0].pk}/").status_code == 204
    assert [file.name for file in files()] == ["plan.txt"]
