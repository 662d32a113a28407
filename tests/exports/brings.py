"""What exports bring to the tests of the whole house: see tests/brought.py."""

from typing import Any

from django.http import QueryDict

from leads.tables import LeadList
from partnerhub.exports.models import ExportJob, ExportPart
from partnerhub.exports.services import EXPORTS, ask_export
from partnerhub.exports.states import Status
from partnerhub.exports.tables import ExportList
from partnerhub.tenancy.models import new_id
from tests.brought import ALL, Sent, Steps, each, files_of, rows
from tests.kits.declared import letters_of, list_of, steps_of, walls_of
from tests.kits.rows import copies, moment, name
from tests.stack import SELLER, Person, Stack

ADDRESSES = rows(
    """
    GET exports/ ARUBCSFP
    GET exports/export.csv ARUBCSFP
    GET exports/export.xlsx ARUBCSFP
    GET,POST exports/new/<slug:list_name>/ ARUBCSFP
    GET exports/<uuid:export_id>/ R export hidden
    GET exports/<uuid:export_id>/file/ R export hidden
    GET,POST api/v1/exports/ ARUBCSFP
    GET api/v1/exports/export/ ARUBCSFP
    GET api/v1/exports/<uuid:export_id>/ R export hidden
    GET api/v1/exports/<uuid:export_id>/timeline/ R export hidden
    GET api/v1/exports/<uuid:export_id>/file/ R export hidden
    """
)
STEPS = {
    "exportjob": Steps("exports", record="export", seen_by=ALL, roles=dict.fromkeys(("again", "stop"), "R")),
}
PAGES = {
    "exports/": each("exports/", SELLER),
    "exports/new/<slug:list_name>/": each("exports/new/leads/", SELLER),
    "exports/<uuid:export_id>/": each("exports/{export}/", SELLER),
    "exports/<uuid:record_id>/<slug:step>/": each("exports/{export}/stop/", SELLER),
}
NO_PAGE = files_of("exports") | {"exports/<uuid:export_id>/file/": "a file"}
ROADS = {"exports.ExportJob": ("POST exports/new/<slug:list_name>/", "POST api/v1/exports/")}
FOLLOWS = {"exports.ExportPart": "exports.ExportJob"}
RECORDS = {"export": ExportJob}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """The leads of each partner's seller, asked for and not written yet."""
    found = {}
    for whose, by in (("own", house.cast.seller), ("rival", house.cast.rival)):
        with house.acting(by):
            found[whose] = ask_export(LeadList(QueryDict(), by), format="csv", by=by).pk
    return {"export": found}


def written(house: Any) -> dict[str, Sent]:
    """What each write of exports takes."""
    return {"POST api/v1/exports/": Sent("R", {"list": "leads", "format": "xlsx", "query": "sort=-updated"})}


def known(stack: Stack) -> dict[str, str]:
    """The seller's leads, asked for by the page."""
    seller = Person(stack, SELLER)
    seller.look("/tallvik/exports/new/leads/")
    answer = seller.client.post(
        "/tallvik/exports/new/leads/", data={"csrfmiddlewaretoken": seller.token, "format": "csv"}
    )
    assert answer.status_code == 302, answer.text
    return {"export": answer.headers["Location"].split("/exports/")[1].partition("/")[0]}


def exports(house: Any, count: int) -> None:
    states = [status.value for status in Status if status != Status.FAILED]
    copies(
        ExportJob.objects.get(pk=house.records["export"]["own"]),
        count,
        file_name=name,
        status=lambda number: states[number % len(states)],
        size=lambda number: 1_000 * number,
        expires_at=moment,
        created_at=moment,
        updated_at=lambda number: moment(number // 2),
    )


def parts(house: Any) -> None:
    """Some rows of each partner's export."""
    for job in ExportJob.objects.all():
        ExportPart.objects.create(job=job, partner_id=job.partner_id, person_id=job.person_id, number=0, ids=[new_id()])


WALLS = {"exports.ExportPart": walls_of(parts)}
LISTS = list_of(ExportList, exports, reader="R")
MACHINES = steps_of(
    "exportjob",
    {
        "again": ((Status.READY, Status.FAILED, Status.STOPPED, Status.EXPIRED), Status.WRITING),
        "stop": ((Status.WRITING,), Status.STOPPED),
    },
    columns=lambda house, state, step: {},
)
LETTERS = letters_of(
    "export",
    (
        (
            "exportjob.finished",
            "C",
            {"total": 21_000, "size_words": "1.2 MB", "expires_at": "2026-11-20T09:00:00+00:00"},
        ),
        ("exportjob.failed", "C", {"reason": "The role that this needs was taken away meanwhile."}),
    ),
    words=lambda house, job: EXPORTS.event_data(job),
)
