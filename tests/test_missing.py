"""A check that is never made proves nothing: CI leaves no test out for want of a program."""

from pathlib import Path

import pytest

from tests import browser
from tests.missing import wants

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(("ci", "is_left_out"), [("", True), ("1", False)])
def test_ci_leaves_nothing_out(monkeypatch: pytest.MonkeyPatch, ci: str, is_left_out: bool) -> None:
    monkeypatch.setenv("CI", ci)
    assert wants(False, "There is no such program.").args == (is_left_out,)
    assert wants(True, "There is.").args == (False,)


def test_a_browser_test_fails_where_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "find_chromium", lambda: None)
    with pytest.raises(pytest.fail.Exception, match="install chromium"):
        browser.launch_arguments({})


def test_the_run_of_ci_says_that_it_is_one() -> None:
    assert "\nexport CI=1" in (ROOT / ".ci" / "run").read_text()
