"""An import under faults: every row makes one lead, whatever dies in the middle."""

from collections.abc import Callable

import pytest

from tests.imports.conftest import SAME, csv_of, organisation
from tests.stack import Person, Stack, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("portal")]
ROWS = 1_000
JOB = "SELECT status, checked, done, failed FROM imports_importjob WHERE id = %s"
MADE = "SELECT count(*), count(DISTINCT company) FROM leads_lead WHERE company LIKE 'Shop %%' AND number IS NOT NULL"


def test_a_worker_killed_again_and_again_imports_each_row_once(
    stack: Stack, person: Callable[[str], Person], seller: Person
) -> None:
    seller.look("/tallvik/leads/import/")
    file = {"file": ("contacts.csv", csv_of([organisation(number) for number in range(ROWS)]))}
    sent = {"csrfmiddlewaretoken": seller.token, "program": "pos"}
    page = seller.client.post("/tallvik/leads/import/", data=sent, files=file).headers["Location"]
    job = page.split("/imports/")[1].partition("/")[0]
    read = seller.look(f"/tallvik/api/v1/imports/{job}/").json()
    checking = {"mapping": read["mapping"], "same": SAME}
    assert seller.api(f"imports/{job}/check/", checking, **{"If-Match": "*"}).status_code == 200
    until(lambda: stack.rows(JOB, job)[0][0] == "checked", seconds=120)
    before = stack.rows(MADE)[0]
    stack.kill("worker")
    assert seller.api(f"imports/{job}/start/", {}, **{"If-Match": "*"}).status_code == 200
    for share in (1, 2, 3):
        stack.start("worker")
        until(lambda share=share: stack.rows(JOB, job)[0][2] >= ROWS * share // 5, seconds=120)
        stack.kill("worker")
    stack.start("worker")
    until(lambda: stack.rows(JOB, job)[0][0] == "imported", seconds=180)
    assert stack.rows(JOB, job)[0][1:] == (ROWS, ROWS, 0)
    assert [now - then for now, then in zip(stack.rows(MADE)[0], before, strict=True)] == [ROWS, ROWS]
