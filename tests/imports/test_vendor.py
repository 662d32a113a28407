"""The vendor's people import leads: for a partner, into a queue, or kept for themselves (E16, rulings 5)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.claims.models import QueuedLead
from partnerhub.claims.services import claim_lead
from partnerhub.imports.importers import importer_for
from partnerhub.imports.models import ImportJob
from partnerhub.imports.selectors import rows_told
from partnerhub.imports.services import carry_imports_on, check_import, start_import, undo_import, upload_import
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.imports.conftest import file_of, organisation

Act = Callable[[Membership], Any]
Brings = Callable[..., ImportJob]


@pytest.fixture
def brought(acting: Act) -> Brings:
    """A file of the vendor's, checked and imported by the worker."""

    def bring(by: Membership, rows: list[dict[str, str]], *, way: str, **same: str) -> ImportJob:
        content = "\r\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]).encode()
        with acting(by):
            importer = importer_for("leads", by)
            chosen = importer.choose_form({"program": "pos", "way": way})
            job = upload_import(importer, file=file_of(content), chosen=chosen, by=by)
            check_import(job.pk, by=by, mapping=job.mapping, same=same)
        carry_imports_on()
        with acting(by):
            start_import(job.pk, by=by)
        carry_imports_on()
        with acting(by):
            return ImportJob.objects.get(pk=job.pk)

    return bring


def test_a_file_goes_into_a_queue_and_comes_back_as_far_as_no_partner_has_taken_it(
    manager: Membership, seller: Membership, acme: Tenant, brought: Brings, acting: Act
) -> None:
    rows = [organisation(1), organisation(2), organisation(3, Email="nonsense"), organisation(1)]
    job = brought(manager, rows, way="queue")
    assert (job.done, job.failed, job.repeated) == (2, 1, 1)
    with acting(manager):
        places = list(QueuedLead.objects.order_by("number"))
        lead = Lead.objects.get(pk=places[0].lead_id)
    assert [place.place for place in places] == ["queue", "queue"]
    assert (lead.origin, lead.partner_id, lead.company, str(lead.country)) == ("vendor", None, "Shop 00001", "DE")
    with acting(seller):
        claim_lead(places[0].lead_id, by=seller)
    with acting(manager):
        undo_import(job.pk, by=manager)
    carry_imports_on()
    with acting(manager):
        job = ImportJob.objects.get(pk=job.pk)
        assert (job.undone, job.kept) == (1, 1)
        assert "Now it is: In progress" in " ".join(rows_told(job).rows[0].texts)
        assert set(Lead.objects.values_list("status", flat=True)) == {"in_progress", "withdrawn"}
        assert QueuedLead.objects.get(pk=places[1].pk).place == "kept", "nobody can take it from the queue any more"


def test_a_row_may_name_its_partner_and_each_partner_gets_one_mail(
    manager: Membership,
    seller: Membership,
    rival: Membership,
    nordwind: Partner,
    baltkassa: Partner,
    acme: Tenant,
    brought: Brings,
    acting: Act,
) -> None:
    rows = [organisation(number, Partner=name) for number, name in enumerate(["", "", baltkassa.name, "Nobody"])]
    job = brought(manager, rows, way="submit", partner=nordwind.name)
    assert (job.done, job.failed) == (3, 1)
    with acting(manager):
        whose = list(Lead.objects.order_by("number").values_list("partner_id", "submitted_by_id", "origin"))
        assert "No partner is called this" in " ".join(rows_told(job).rows[3].texts)
    assert whose == [(one.pk, manager.pk, "vendor") for one in (nordwind, nordwind, baltkassa)]
    while fan_out_events():
        pass
    with tenant_scope(acme):
        told = list(Message.objects.order_by("kind", "pk").values_list("kind", "recipient_id", "event__data__done"))
    assert sorted(told, key=str) == sorted(
        [
            ("importjob.finished", manager.pk, 3),
            ("importjob.leads_entered", seller.pk, 2),
            ("importjob.leads_entered", rival.pk, 1),
        ],
        key=str,
    )


def test_a_representative_keeps_what_they_import_and_who_may_not_work_leads_imports_none(
    representative: Membership,
    finance: Membership,
    brought: Brings,
    acting: Act,
    client_of: Callable[[Membership], Client],
    call: Call,
) -> None:
    job = brought(representative, [organisation(1)], way="keep")
    assert job.done == 1
    with acting(representative):
        lead = Lead.objects.get()
        assert (lead.representative_id, lead.partner_id) == (representative.pk, None)
        assert QueuedLead.objects.get().place == "kept"
    page = client_of(representative).get("/acme/leads/import/").content.decode()
    assert "Where the leads go" in page
    assert client_of(finance).get("/acme/leads/import/").status_code == 403
    sent = {"importer": "leads", "chosen": '{"program": "pos", "way": "submit"}', "file": file_of(b"Company\nA")}
    made = call(representative).upload("imports/", **sent)
    assert made.status_code == 201, made.content
    assert {"name": "partner", "label": "Partner", "needed": True} in made.json()["fields_to_fill"]
