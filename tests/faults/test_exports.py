"""An export under faults: the file has each row once and is offered whole, whatever dies in the middle."""

from contextlib import closing

import psycopg2
import pytest

from partnerhub.exports.models import ExportJob
from tests.stack import Person, Stack, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("portal")]
ROWS = 40_000
JOB = "SELECT status, done FROM exports_exportjob WHERE id = %s"
OFFERED = "SELECT count(*) FROM exports_exportjob WHERE id = %s AND status = 'ready'"


def test_a_worker_killed_while_it_writes_leaves_no_half_file(stack: Stack, seller: Person) -> None:
    first = asked(seller)
    until(lambda: stack.rows(JOB, first)[0][0] == "ready", seconds=60)
    copy(stack, first, ROWS)
    stack.kill("worker")
    job = asked(seller)
    for share in (1, 2):
        stack.start("worker")
        until(lambda share=share: stack.rows(JOB, job)[0][1] >= ROWS * share // 4, seconds=120)
        stack.kill("worker")
        if not stack.count(OFFERED, job):
            assert seller.look(f"/tallvik/api/v1/exports/{job}/file/").status_code == 409
    stack.start("worker")
    until(lambda: stack.rows(JOB, job)[0][0] == "ready", seconds=180)
    lines = seller.look(f"/tallvik/api/v1/exports/{job}/file/").text.splitlines()
    assert len(lines) == ROWS + 3, "the heading, the copies, and both that were asked for"
    assert stack.rows("SELECT count(*) FROM exports_exportpart WHERE job_id = %s", job)[0][0] == 0


def asked(by: Person) -> str:
    """The exports of a member, exported themselves."""
    answer = by.api("exports/", {"list": "exports"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def copy(stack: Stack, job: str, count: int) -> None:
    """So many more like it, without a file."""
    columns = ", ".join(one.column for one in ExportJob._meta.fields if one.name not in {"id", "has_file"})
    url = stack.settings["DATABASE_ADMIN_URL"].rpartition("/")[0] + "/partnerhub"
    with closing(psycopg2.connect(url, connect_timeout=5)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO exports_exportjob (id, has_file, {columns})"
            f" SELECT gen_random_uuid(), false, {columns} FROM exports_exportjob, generate_series(1, %s) WHERE id = %s",
            [count, job],
        )
