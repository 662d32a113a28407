"""Downloading and deleting files, by page and by API: asked anew each time, and nothing for strangers."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from deals.models import Company
from partnerhub.accounts.models import Membership
from partnerhub.notes.models import Attachment
from partnerhub.notes.services import attach_files
from partnerhub.notes.thread import thread_of
from partnerhub.notes.uploads.handlers import BoundedUploadHandler
from tests.notes.conftest import PDF, pdf, stored_files
from tests.notes.samples import image

Browser = Callable[[Membership], Client]


@pytest.fixture
def attached(acting: Any, seller: Membership, company: Company) -> Attachment:
    with acting(seller):
        return attach_files(company, by=seller, uploads=[pdf("Umowa Łódź; 1.pdf")])[0]


def address(attachment: Attachment, rest: str = "") -> str:
    return f"/acme/files/{attachment.pk}/{rest}"


def test_both_sides_download_the_file_as_it_came(
    client_of: Browser, seller: Membership, manager: Membership, attached: Attachment
) -> None:
    for member in (seller, manager):
        response = client_of(member).get(address(attached))
        assert response.getvalue() == PDF


def test_a_browser_only_ever_saves_it(client_of: Browser, seller: Membership, attached: Attachment) -> None:
    response = client_of(seller).get(address(attached))
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Umowa%20%C5%81%C3%B3d%C5%BA%3B%201.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_a_picture_alone_is_shown_in_a_page(
    acting: Any, client_of: Browser, seller: Membership, manager: Membership, company: Company, attached: Attachment
) -> None:
    with acting(seller):
        (picture,) = attach_files(company, by=seller, uploads=[SimpleUploadedFile("shop.png", image("PNG"))])
    with acting(manager):
        files = thread_of(company, manager, action="/")["attachments"]
    assert [file["picture"] for file in files] == ["", f"/files/{picture.pk}/?picture"]
    shown = client_of(manager).get(address(picture, "?picture"))
    assert (shown["Content-Disposition"], shown["Content-Type"]) == ('inline; filename="shop.png"', "image/png")
    assert (shown["Content-Security-Policy"], shown["Cache-Control"]) == (
        "sandbox; default-src 'none'",
        "private, no-store",
    )
    for file in (address(picture), address(attached, "?picture")):
        assert client_of(manager).get(file)["Content-Disposition"].startswith("attachment")


def test_strangers_get_what_those_get_who_guess(
    client_of: Browser, rival: Membership, stranger: Membership, seller: Membership, attached: Attachment
) -> None:
    nothing = client_of(rival).get(f"/acme/files/{uuid4()}/")
    assert nothing.status_code == 404
    for answer in (
        client_of(rival).get(address(attached)),
        client_of(rival).get(address(attached, "delete/")),
        client_of(rival).post(address(attached, "delete/")),
        client_of(stranger).get(address(attached)),
    ):
        assert (answer.status_code, answer.content) == (404, nothing.content)
    elsewhere = client_of(stranger).get(f"/zenit/files/{uuid4()}/")
    for member in (stranger, seller):
        answer = client_of(member).get(f"/zenit/files/{attached.pk}/")
        assert (answer.status_code, answer.content) == (404, elsewhere.content)


def test_nobody_downloads_without_signing_in(attached: Attachment) -> None:
    response = Client(headers={"host": "localhost"}).get(address(attached))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_a_seat_that_was_taken_away_downloads_nothing(
    client_of: Browser, acting: Any, seller: Membership, attached: Attachment
) -> None:
    client = client_of(seller)
    with acting(seller):
        Membership.objects.filter(pk=seller.pk).update(is_active=False)
    answer = client.get(address(attached))
    assert (answer.status_code, answer["Content-Type"]) == (403, "text/html; charset=utf-8")
    assert "has ended" in answer.content.decode()


def test_a_deleted_file_is_not_there(client_of: Browser, seller: Membership, attached: Attachment) -> None:
    client = client_of(seller)
    assert "Delete Umowa Łódź; 1.pdf?" in client.get(address(attached, "delete/")).content.decode()
    answer = client.post(address(attached, "delete/"))
    assert (answer.status_code, answer["Location"]) == (302, f"/acme/companies/{attached.subject_id}/")
    assert client.get(address(attached)).status_code == 404


def test_only_whose_file_it_is_sees_the_way_to_delete_it(
    client_of: Browser, manager: Membership, attached: Attachment
) -> None:
    assert client_of(manager).get(address(attached, "delete/")).status_code == 404
    assert client_of(manager).post(address(attached, "delete/")).status_code == 404


def test_a_file_held_back_says_so_and_is_not_given_out(
    client_of: Browser, acting: Any, seller: Membership, company: Company, settings: Any
) -> None:
    settings.VIRUS_SCAN_COMMAND = "sh -c 'exit 2'"
    with acting(seller):
        (held,) = attach_files(company, by=seller, uploads=[pdf()])
    client = client_of(seller)
    page = client.get(address(held))
    assert page.status_code == 409
    assert "contract.pdf is held back" in page.content.decode()
    answer = client.get(f"/acme/api/v1/files/{held.pk}/content/")
    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (409, "quarantined")


def test_a_file_whose_bytes_are_lost_is_not_there(
    client_of: Browser, seller: Membership, attached: Attachment, storage: Path
) -> None:
    (path,) = stored_files(storage)
    path.unlink()
    assert client_of(seller).get(address(attached)).status_code == 404


def test_the_api_gives_the_same(client_of: Browser, manager: Membership, attached: Attachment) -> None:
    client = client_of(manager)
    known = client.get(f"/acme/api/v1/files/{attached.pk}/").json()
    assert (known["name"], known["size"], known["state"]) == ("Umowa Łódź; 1.pdf", len(PDF), "stored")
    assert known["uploaded_by"]["name"] == "Maren Feddersen"
    response = client.get(f"/acme/api/v1/files/{attached.pk}/content/")
    assert response.getvalue() == PDF
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_api_deletes_for_whom_the_page_does(
    client_of: Browser, seller: Membership, manager: Membership, rival: Membership, attached: Attachment
) -> None:
    at = f"/acme/api/v1/files/{attached.pk}/"
    refused = client_of(manager).delete(at)
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "not-yours")
    assert client_of(rival).delete(at).status_code == 404
    assert client_of(seller).delete(at).status_code == 204
    assert client_of(seller).get(at).status_code == 404
    assert client_of(seller).delete(at).status_code == 404


def test_more_than_a_file_may_have_is_not_even_written_to_disk(
    settings: Any, tmp_path: Path, seller: Membership
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 2_000_000
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    handler = BoundedUploadHandler(SimpleNamespace(membership=seller))
    handler.new_file("files", "big.pdf", "application/pdf", 10_000_000)
    for start in range(0, 10_000_000, 65_536):
        handler.receive_data_chunk(b"x" * 65_536, start)
    upload: Any = handler.file_complete(10_000_000)
    assert upload.size == 10_000_000
    upload.file.seek(0, 2)
    assert upload.file.tell() <= 2_000_000 + 2 * 65_536
    upload.close()
