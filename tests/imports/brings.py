"""What imports bring to the tests of the whole house: see tests/brought.py."""

from collections.abc import Callable
from typing import Any

from leads.models import Lead
from partnerhub.events.services import SYSTEM, record
from partnerhub.imports.importers import importer_for
from partnerhub.imports.models import ImportedRow, ImportJob, ImportPart, SavedMapping
from partnerhub.imports.services import IMPORTS, save_mapping, upload_import
from partnerhub.imports.states import Status
from partnerhub.imports.tables import ImportList
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import new_id
from tests.brought import ALL, Sent, Steps, each, files_of, rows
from tests.imports.conftest import SAME, csv_of, file_of, organisation
from tests.kits.declared import Told, letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.stack import SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET,POST leads/import/ RCS
    GET imports/ ARUBCSFP
    GET imports/export.csv ARUBCSFP
    GET imports/export.xlsx ARUBCSFP
    GET imports/<uuid:job_id>/ R job hidden
    GET,POST imports/<uuid:job_id>/mapping/ R job hidden
    GET imports/<uuid:job_id>/errors/ R job hidden
    GET,POST api/v1/imports/ ARUBCSFP
    GET api/v1/imports/export/ ARUBCSFP
    GET api/v1/imports/<uuid:job_id>/ R job hidden
    GET api/v1/imports/<uuid:job_id>/timeline/ R job hidden
    GET api/v1/imports/<uuid:job_id>/rows/ R job hidden
    GET api/v1/imports/<uuid:job_id>/errors/ R job hidden
    GET,POST imports/mappings/<uuid:mapping_id>/ R mapping hidden
    GET,POST imports/mappings/<uuid:mapping_id>/delete/ R mapping hidden
    GET,POST api/v1/import-mappings/ ARUBCSFP
    GET api/v1/import-mappings/export/ ARUBCSFP
    GET,PATCH,DELETE api/v1/import-mappings/<uuid:mapping_id>/ R mapping hidden
    """
)
STEPS = {
    "importjob": Steps(
        "imports",
        record="job",
        seen_by=ALL,
        roles=dict.fromkeys(("check", "start", "stop", "undo"), "R"),
        only_api=frozenset({"check"}),
    )
}
PAGES = {
    "leads/import/": each("leads/import/", SELLER),
    "imports/": each("imports/", SELLER),
    "imports/<uuid:job_id>/": each("imports/{import}/", SELLER),
    "imports/<uuid:job_id>/mapping/": each("imports/{import}/mapping/", SELLER),
    "imports/<uuid:record_id>/<slug:step>/": each("imports/{import}/start/", SELLER),
    "imports/mappings/<uuid:mapping_id>/": each("imports/mappings/{mapping}/", SELLER),
    "imports/mappings/<uuid:mapping_id>/delete/": each("imports/mappings/{mapping}/delete/", SELLER),
}
NO_PAGE = files_of("imports") | {"imports/<uuid:job_id>/errors/": "a file"}
NOT_SENT = {
    "POST api/v1/imports/": "a file: tests/imports/test_imports_api.py",
}
RECORDS = {"job": ImportJob, "mapping": SavedMapping}
ROADS = {
    "imports.ImportJob": ("POST leads/import/", "POST api/v1/imports/"),
    "imports.SavedMapping": ("POST imports/<uuid:job_id>/mapping/", "POST api/v1/import-mappings/"),
}
FOLLOWS = {"imports.ImportPart": "imports.ImportJob", "imports.ImportedRow": "imports.ImportJob"}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A file of each partner's seller, which nobody has mapped yet, and a mapping that they saved."""
    found, saved = {}, {}
    for whose, by in (("own", house.cast.seller), ("rival", house.cast.rival)):
        with house.acting(by):
            importer = importer_for("leads", by)
            chosen = importer.choose_form({"program": "pos"})
            file = file_of(csv_of([organisation(1)]))
            found[whose] = upload_import(importer, file=file, chosen=chosen, by=by).pk
            saved[whose] = save_mapping("leads", name="Till", headings=["Shop"], mapping={"0": "company"}, by=by).pk
    return {"job": found, "mapping": saved}


def written(house: Any) -> dict[str, Sent]:
    """What each write of saved mappings takes."""
    new = {"importer": "leads", "name": "CRM", "headings": ["Shop", "Mail"], "mapping": {"1": "email"}}
    return {
        "POST api/v1/import-mappings/": Sent("R", new),
        "PATCH api/v1/import-mappings/<uuid:mapping_id>/": Sent("R", {"name": "Renamed", "is_shared": True}),
        "DELETE api/v1/import-mappings/<uuid:mapping_id>/": Sent("R"),
    }


def known(stack: Stack) -> dict[str, str]:
    """A file of the seller's, by the page, and a mapping of theirs."""
    seller = Person(stack, SELLER)
    seller.look("/tallvik/leads/import/")
    sent = {"csrfmiddlewaretoken": seller.token, "program": "pos"}
    file = {"file": ("contacts.csv", csv_of([organisation(number) for number in range(3)]))}
    answer = seller.client.post("/tallvik/leads/import/", data=sent, files=file)
    assert answer.status_code == 302, answer.text
    new = {"importer": "leads", "name": "Till", "headings": ["Shop"], "mapping": {"0": "company"}}
    saved = seller.api("import-mappings/", new)
    assert saved.status_code == 201, saved.text
    job = answer.headers["Location"].split("/imports/")[1].partition("/")[0]
    return {"import": job, "mapping": saved.json()["id"]}


def imports(house: Any, count: int) -> None:
    states = [status.value for status in Status if status != Status.ENDED]
    copies(
        ImportJob.objects.get(pk=house.records["job"]["own"]),
        count,
        file_name=name,
        status=lambda number: states[number % len(states)],
        created_at=moment,
        updated_at=lambda number: moment(number // 2),
    )


def imported_rows(house: Any) -> None:
    """A row that was imported before, of each partner."""
    for partner in Partner.objects.all():
        ImportedRow.objects.create(
            partner=partner, whose=partner.pk, importer="leads", digest="0" * 64, record_id=new_id()
        )


WALLS = {"imports.ImportedRow": walls_of(imported_rows)}
LISTS = list_of(ImportList, imports, reader="R")
MAPPING = dict(
    zip(
        "01234567",
        ("company", "website", "country", "first_name", "last_name", "email", "locations", "external_id"),
        strict=True,
    )
)
READY = {"total": 1, "checked": 1}
MACHINES = steps_of(
    "importjob",
    {
        "check": ((Status.UPLOADED, Status.CHECKED, Status.STOPPED, Status.ENDED), Status.CHECKING),
        "start": ((Status.CHECKED, Status.STOPPED, Status.ENDED), Status.IMPORTING),
        "stop": ((Status.CHECKING, Status.IMPORTING, Status.UNDOING), Status.STOPPED),
        "undo": ((Status.IMPORTED, Status.STOPPED, Status.ENDED), Status.UNDOING),
    },
    columns=lambda house, state, step: READY | {"done": int(step == "undo")},
    sent=lambda house, step: {"mapping": MAPPING, "same": SAME} if step == "check" else {},
)


def over(kind: str) -> Callable[[Any], None]:
    """An import of Nordwind's is done, or undone, that has brought a lead with a representative."""

    def act(house: Any) -> None:
        lead = Lead.objects.filter(partner=house.nordwind, representative__isnull=False).first()
        job = ImportJob.objects.get(pk=house.records["job"]["own"])
        ImportJob.objects.filter(pk=job.pk).update(done=3, undone=2, kept=1)
        ImportPart.objects.filter(job=job).update(results=[{"became": "done", "id": str(lead.pk)}])
        record(kind, job, actor=SYSTEM, data=IMPORTS.event_data(ImportJob.objects.get(pk=job.pk)))

    return act


LETTERS = letters_of(
    "job",
    (
        ("importjob.finished", "C", {}),
        ("importjob.undone", "C", {}),
        ("importjob.leads_entered", "C", {"done": 3}),
        ("importjob.ended", "C", {"reason": "The role that this needs was taken away meanwhile."}),
    ),
    words=lambda house, job: IMPORTS.event_data(job),
) | {
    "importjob.leads_brought": [Told("importjob.leads_brought", act=over("importjob.finished"))],
    "importjob.leads_withdrawn": [Told("importjob.leads_withdrawn", act=over("importjob.undone"))],
}
