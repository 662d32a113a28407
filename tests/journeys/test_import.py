"""An import of 2,000 real organisations with 60 bad rows: check, import, download errors, mend, import again."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from deals.identity import BusinessFacts, keys_of
from tests.browser import started
from tests.imports.conftest import HEADINGS
from tests.stack import SELLER, Person, Stack

SOURCE = Path(settings.BASE_DIR).parent / "shared" / "data" / "organisations.csv"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("portal"),
    pytest.mark.skipif(not SOURCE.exists(), reason=f"No real input here: {SOURCE} is missing."),
]
HOW_MANY, BAD = 2_000, 60
LONG = 300_000


def organisations(taken: set[str]) -> list[list[str]]:
    """Rows of businesses that nobody takes for each other, each with a number of its own."""
    rows: list[list[str]] = []
    with SOURCE.open(encoding="utf-8", newline="") as file:
        for one in csv.DictReader(file):
            email = f"contact{len(rows)}@contacts{len(rows)}.example.org"
            keys = set(keys_of(BusinessFacts(one["name"], one["website"], email, "", one["country"], "")))
            if not keys or keys & taken:
                continue
            taken |= keys
            said = (one["name"], one["website"], one["country"], "Jette", f"Ahlers {len(rows)}", email, "3")
            rows.append([*said, f"org-{len(rows)}"])
            if len(rows) == HOW_MANY:
                return rows
    raise AssertionError(f"Only {len(rows)} organisations can be told from each other.")


def file_of_rows(headings: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([headings, *rows])
    return out.getvalue().encode("utf-8-sig")


def bring(page: Page, base: str, content: bytes) -> None:
    """Upload, map, check: until every row has its verdict."""
    page.goto(f"{base}/tallvik/leads/import/")
    page.get_by_label("Program").select_option("pos")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "organisations.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Columns")
    page.get_by_label("The contact agreed to be referred").check()
    page.get_by_label("I accept the program terms").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".head")).to_contain_text("Checked", timeout=LONG)


def imports(page: Page) -> None:
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Import").click()
    expect(page.locator(".head")).to_contain_text("Imported", timeout=LONG)


def count_of(page: Page, label: str) -> str:
    return page.locator("dl.facts div").filter(has=page.locator(f"dt:text-is('{label}')")).locator("dd").inner_text()


def test_2000_organisations_are_all_there_once_when_the_bad_rows_are_mended(
    stack: Stack, browser: Browser, tmp_path: Path
) -> None:
    taken = {key for (keys,) in stack.rows("SELECT identity_keys FROM leads_lead") for key in keys}
    rows = organisations(taken)
    before = stack.count("SELECT count(*) FROM leads_lead")
    bad = [[*row[:5], "no address", *row[6:]] if at % (HOW_MANY // BAD) == 0 else row for at, row in enumerate(rows)]
    wrong = sum(row[5] == "no address" for row in bad)
    person = Person(stack, SELLER)
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    context.add_cookies(
        [{"name": one.name, "value": one.value or "", "url": stack.base} for one in person.client.cookies.jar]
    )
    page = context.new_page()
    bring(page, stack.base, file_of_rows([*HEADINGS], bad))
    started(page)
    assert count_of(page, "Refused by the check") == str(wrong)
    imports(page)
    assert count_of(page, "Not imported") == str(wrong)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download errors").click()
    path = tmp_path / "errors.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings, *refused = list(csv.reader(file, delimiter=";"))
    assert (len(refused), headings[-1]) == (wrong, "Reasons")
    assert all(re.search("Email", row[-1]) for row in refused)
    mended = [[*row[:5], f"mended-{row[7]}@example.org", *row[6:]] for row in refused]
    bring(page, stack.base, file_of_rows(headings, mended))
    imports(page)
    assert stack.count("SELECT count(*) FROM leads_lead") == before + HOW_MANY
    bring(page, stack.base, file_of_rows([*HEADINGS], rows))
    imports(page)
    assert count_of(page, "Imported before") == "2,000"
    assert stack.count("SELECT count(*) FROM leads_lead") == before + HOW_MANY
    context.close()
