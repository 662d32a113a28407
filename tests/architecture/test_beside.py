"""What passes beside pages: tasks, and the cache. And which keys of a lead each role gets and may write."""

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
import redis
from django.conf import settings
from django.test import Client
from django.utils.timezone import now

from leads.models import Lead
from leads.services import assign_lead
from leads.states import questions_for
from partnerhub.accounts.models import Membership
from partnerhub.celery import app
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import answers

OURS = ("accounts.", "leads.", "deals.", "referrals.", "notes.", "notifications.", "events.")


def test_no_task_takes_an_argument() -> None:
    """Whoever could write to the broker could name nothing: what is due, and whose it is, stands in the database."""
    app.loader.import_default_modules()
    tasks = {name: task for name, task in app.tasks.items() if name.startswith(OURS)}

    assert len(tasks) >= 4
    assert [name for name, task in tasks.items() if inspect.signature(task.run).parameters] == []


def test_the_cache_counts_requests_under_ids_and_keeps_nothing_else(
    call: Call, client_of: Callable[..., Client], seller: Membership, stranger: Membership
) -> None:
    broker = redis.Redis.from_url(settings.REDIS_URL, decode_responses=True)
    for key in broker.scan_iter("partnerhub:*"):
        broker.delete(key)

    call(seller).get("leads/")
    client_of(stranger).get("/zenit/api/v1/leads/")

    keys = {key: broker.get(key) for key in broker.scan_iter("partnerhub:*")}
    counted = {found[1] for key in keys if (found := re.fullmatch(r"partnerhub:1:api:([0-9a-f-]{36}):\d+", key))}
    assert counted == {str(of) for of in (seller.pk, seller.tenant_id, stranger.pk, stranger.tenant_id)}
    assert len(counted) == len(keys)
    assert set(keys.values()) == {"1"}


SHARED = {
    *("id", "version", "number", "origin", "program", "program_kind", "status", "next", "allowed", "submitted_by"),
    *("representative", "question", "reason_code", "reason_text", "appeal_text", "terms_version", "own_fields"),
    *("owner", "team", "external_id", "metadata", "editable", "is_in_review", "review_text", "credit_percent"),
    *("created_at", "submitted_at", "updated_at", "due_at", "owner_deputy", "representative_deputy"),
    "deal",
    *("editable", "external_id", "metadata"),  # each side its own of the last two
}
VENDORS = {"partner", "conflict", "vendor_fields", "award_question", "award_questioned_by", "is_seen"}
ROW = {
    *("id", "version", "number", "company", "website", "first_name", "last_name", "email", "program", "status"),
    *("sales_support", "representative", "submitted_at", "updated_at", "due_at"),
}
# Role → keys of a lead, keys of a row; a role that is not named gets neither.
KEYS = {
    "seller": (SHARED, ROW),
    "colleague": (SHARED, ROW),
    "manager": (SHARED | VENDORS, ROW | {"partner"}),
    "representative": (SHARED | VENDORS, ROW | {"partner"}),
    "finance": (SHARED | VENDORS, ROW | {"partner"}),
    "programme_admin": (SHARED | VENDORS, ROW | {"partner"}),
}


@pytest.mark.parametrize("who", ["seller", "colleague", "admin", "profile_admin", "rival", *list(KEYS)[2:]])
def test_each_role_gets_the_keys_of_its_row(
    call: Call, everybody: Any, new_lead: Callable[..., Lead], acting: Callable[[Membership], Any], who: str
) -> None:
    lead = new_lead(everybody.seller)
    with acting(everybody.manager):
        assign_lead(lead.pk, to=everybody.representative.pk, by=everybody.manager)
    if who == "colleague":
        with tenant_scope(everybody.seller.tenant):
            Lead.objects.filter(pk=lead.pk).update(submitted_by=everybody.colleague)
    caller = call(getattr(everybody, who))

    whole, listed = caller.get(f"leads/{lead.pk}/"), caller.get("leads/")

    if who not in KEYS:
        assert whole.status_code in {403, 404}
        assert not listed.json().get("results")
        return
    of_lead, of_row = KEYS[who]
    shown = set(whole.json())
    assert shown - of_lead <= {question.name for question in questions_for("pos")}
    assert of_lead <= shown
    assert [set(row) for row in listed.json()["results"]] == [of_row]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tenant", "zenit"),
        ("tenant_id", ""),
        ("partner", "rival"),
        ("partner_id", "rival"),
        ("status", "awarded"),
        ("representative", "manager"),
        ("representative_id", "manager"),
        ("submitted_by", "rival"),
        ("created_at", "2020-01-01"),
        ("submitted_at", "2020-01-01"),
        ("number", "7"),
        ("version", "99"),
        ("conflict", "customer"),
        ("award_question", "x"),
    ],
)
def test_a_form_writes_its_own_fields_only(
    client_of: Callable[..., Client], everybody: Any, rival_tenant: Tenant, name: str, value: str
) -> None:
    seller = everybody.seller
    ids = {"zenit": rival_tenant.pk, "rival": everybody.rival.partner_id, "manager": everybody.manager.pk}
    before = now()
    lead_id = new_id()

    sent = client_of(seller).post(
        "/acme/leads/new/pos/", answers(lead=str(lead_id), submit="1", **{name: str(ids.get(value, value))})
    )

    assert sent.status_code == 303
    with tenant_scope(Tenant.objects.get(pk=seller.tenant_id)):
        lead = Lead.objects.get(pk=lead_id)
    kept = (lead.tenant_id, lead.partner_id, lead.submitted_by_id, lead.status, lead.representative_id, lead.number)
    assert kept == (seller.tenant_id, seller.partner_id, seller.pk, "submitted", None, 1)
    assert (lead.version, lead.conflict, lead.award_question) == (2, "free", "")
    assert lead.submitted_at is not None
    assert min(lead.created_at, lead.submitted_at) >= before
