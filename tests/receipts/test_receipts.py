"""The receipt of a lead (E4): written with the submission, unchangeable, checked by anybody, also after an erasure."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client

from leads.models import Lead, Program
from leads.services import new_lead_id, save_draft
from partnerhub.accounts.models import Membership
from partnerhub.receipts.models import Receipt
from partnerhub.receipts.services import forget_personal, receipt_for
from partnerhub.receipts.views import CHECKS_A_MINUTE
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web.paper import can_write_pdf
from tests.missing import wants

CHECK = "/acme/receipts/"


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    return new_lead(seller, notes="They open in May.\nAsk for Jette.")


@pytest.fixture
def receipt(lead: Lead, acme: Tenant) -> Receipt:
    with tenant_scope(acme):
        return Receipt.objects.get(lead=lead)


@pytest.fixture
def anybody() -> Client:
    cache.clear()
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def check(anybody: Client, number: str, digest: str) -> tuple[int, str]:
    answer = anybody.post(CHECK, {"number": number, "hash": digest})
    return answer.status_code, answer.content.decode()


def said(page: str) -> str:
    """What the page says above the form, which keeps what was typed."""
    return page.partition('<div class="inner')[2].partition("<form")[0]


def test_it_is_written_with_the_submission(lead: Lead, receipt: Receipt) -> None:
    assert (receipt.reference, receipt.is_late, receipt.terms_version) == (f"R-{lead.number}", False, "2026-1")
    assert receipt.answers["company"] == "Hafenkontor Feinkost GmbH"
    assert receipt.answers["notes"] == "They open in May.\nAsk for Jette."
    text = json.dumps(receipt.content)
    assert "Jette" not in text
    assert "j.ahlers@example.org" not in text
    assert "5550184" not in text


def test_whoever_has_the_json_makes_the_hash_again(call: Any, lead: Lead, seller: Membership) -> None:
    """As the API's description and docs say: the check does not need our code."""
    told = call(seller).get(f"leads/{lead.pk}/receipt/").json()
    canonical = json.dumps(told["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert sha256(canonical.encode()).hexdigest() == told["hash"]
    email = told["personal"]["email"]
    hidden = sha256((email["salt"] + json.dumps(email["value"])).encode()).hexdigest()
    assert told["content"]["answers"]["email"] == {"sha256": hidden}


def test_later_changes_of_the_lead_leave_it_as_it_was(lead: Lead, receipt: Receipt, acme: Tenant) -> None:
    with tenant_scope(acme):
        Lead.objects.filter(pk=lead.pk).update(company="Another", email="x@example.org", notes="")
        assert Receipt.objects.get().answers == receipt.answers


@pytest.mark.parametrize("change", ["digest = 'x'", "personal = '{}'", "is_late = true"])
def test_the_database_refuses_every_change(receipt: Receipt, acme: Tenant, change: str) -> None:
    with tenant_scope(acme), connection.cursor() as cursor:
        for statement in (f"UPDATE receipts_receipt SET {change}", "DELETE FROM receipts_receipt"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(statement)


def test_after_an_erasure_the_check_still_passes(
    anybody: Client, receipt: Receipt, acme: Tenant, client_of: Any, seller: Membership, lead: Lead
) -> None:
    with tenant_scope(acme):
        assert forget_personal(receipt.pk)
        erased = Receipt.objects.get()
        assert (erased.personal, erased.digest, erased.holds) == ({}, receipt.digest, True)
        assert erased.answers["email"] is None
    assert "The receipt is genuine" in check(anybody, receipt.reference, receipt.digest)[1]
    page = client_of(seller).get(f"/acme/leads/{lead.pk}/receipt/").content.decode()
    assert "Erased" in page
    assert "Jette" not in page


def test_erasing_stays_in_the_tenant(receipt: Receipt, rival_tenant: Tenant, acme: Tenant) -> None:
    with tenant_scope(rival_tenant):
        assert not forget_personal(receipt.pk)
    with tenant_scope(acme):
        assert Receipt.objects.get().personal == receipt.personal


@pytest.mark.parametrize("number", ["R-1", "r-1", " 1 "])
def test_anybody_checks_it_without_an_account(anybody: Client, receipt: Receipt, number: str) -> None:
    spaced = f"{receipt.digest[:32].upper()} {receipt.digest[32:]}"
    status, page = check(anybody, number, spaced)
    assert status == 200
    assert "The receipt is genuine" in page
    assert "Hafenkontor" not in page
    assert "<script" not in said(page)


def test_unknown_and_wrong_read_alike(anybody: Client, receipt: Receipt) -> None:
    pairs = [("R-1", "0" * 64), ("R-2", receipt.digest), ("nonsense", receipt.digest), ("R-1", "nonsense")]
    pages = {said(check(anybody, *pair)[1]) for pair in pairs}
    assert len(pages) == 1
    assert "No such receipt" in pages.pop()


def test_another_tenant_does_not_know_it(anybody: Client, receipt: Receipt, rival_tenant: Tenant) -> None:
    answer = anybody.post("/zenit/receipts/", {"number": receipt.reference, "hash": receipt.digest})
    assert "No such receipt" in answer.content.decode()


def test_checks_are_counted(anybody: Client, receipt: Receipt) -> None:
    answers = [check(anybody, "R-1", "0" * 64)[0] for _number in range(2 * CHECKS_A_MINUTE + 1)]
    assert 429 in answers  # two windows of a minute at most hold them
    assert check(anybody, "R-1", receipt.digest)[0] in {200, 429}


def test_a_lead_from_before_gets_its_receipt_from_the_memory(
    lead: Lead, receipt: Receipt, acme: Tenant, client_of: Any, seller: Membership
) -> None:
    older = lead_without_receipt(lead, acme)
    with tenant_scope(acme):
        assert Receipt.objects.filter(lead=older).count() == 0
        made = receipt_for(older)
        assert (made.is_late, made.answers["company"], made.holds) == (True, older.company, True)
        assert receipt_for(older).pk == made.pk
    page = client_of(seller).get(f"/acme/leads/{older.pk}/receipt/").content.decode()
    assert made.digest in page
    assert "made later" in page


def lead_without_receipt(lead: Lead, acme: Tenant) -> Lead:
    """A lead as the release before receipts has left it."""
    with tenant_scope(acme):
        lead = Lead.objects.select_related("program", "partner").get(pk=lead.pk)
        lead.pk, lead.number, lead._state.adding = None, 77, True
        lead.id = Lead._meta.pk.get_default()
        lead.save(force_insert=True)
        return lead


def test_a_draft_has_none(call: Any, client_of: Any, seller: Membership, acting: Any) -> None:
    with acting(seller):
        draft = save_draft(new_lead_id(), program=Program.objects.get(slug="pos"), typed={"company": "X"}, by=seller)
    assert call(seller).get(f"leads/{draft.pk}/receipt/").status_code == 404
    assert client_of(seller).get(f"/acme/leads/{draft.pk}/receipt/").status_code == 404


@wants(can_write_pdf(), "Pango is not on this machine: no PDF is offered.")
def test_as_a_file_it_says_the_same(
    client_of: Any, seller: Membership, new_lead: Callable[..., Lead], acme: Tenant
) -> None:
    """What somebody typed is text there too: no address in it is fetched."""
    lead = new_lead(seller, company="<img src='http://127.0.0.1:9/x'>", notes="Łódź & Söhne")
    answer = client_of(seller).get(f"/acme/leads/{lead.pk}/receipt.pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="R-{lead.number}.pdf"'
    assert "receipt.pdf" in client_of(seller).get(f"/acme/leads/{lead.pk}/receipt/").content.decode()
