"""A real browser for the tests: the Chromium that is found, or a skip that says why; under CI a failure.

Nothing depends on how fast the machine is: what answers later is waited for (`expect`, `holds`), and acts that want a
script wait until the scripts are there (`started`). `tests/architecture/test_waiting.py` holds the tests to it.
"""

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect, sync_playwright

from tests.missing import wants

# The shell draws pages alone: with each window the others start the browser's own controls, at twice the cost.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
NO_CHROMIUM = "No Chromium found: install chromium, or set CHROMIUM to its path."
# No word to anybody outside: the tests' browser talks to the tests' server only.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
BROWSER_FIXTURES = {"browser", "context", "page", "new_context"}
PATIENCE = 30_000  # milliseconds; only a test that fails takes them
expect.set_options(timeout=PATIENCE)
# Playwright leaves its event loop running in the thread of the tests; they ask the database from there all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_browser = [item for item in items if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ()))]
    if in_browser and not find_chromium():
        for item in in_browser:
            item.add_marker(wants(False, NO_CHROMIUM))


def started(page: Page) -> Page:
    """The page, once its scripts are there and htmx has read it."""
    expect(page.locator("html")).to_have_attribute("data-started", "")
    return page


def opened(page: Page, address: str) -> Page:
    """Go to this address, and wait for the page's scripts."""
    page.goto(address)
    return started(page)


def holds(page: Page, condition: str, argument: Any = None) -> None:
    """Wait until this JavaScript expression, or function of the argument, is true in the page."""
    page.wait_for_function(condition, arg=argument)


def find_chromium() -> str | None:
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), MACOS]
    return next((path for path in candidates if path and os.access(path, os.X_OK)), None) or _of_playwright()


def _of_playwright() -> str | None:
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:
        return None
    return path if os.access(path, os.X_OK) else None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return launch_arguments(browser_type_launch_args)


def launch_arguments(known: dict[str, Any]) -> dict[str, Any]:
    """These, with the browser that is found. Fails the test where there is none."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    chromium = find_chromium() or pytest.fail(NO_CHROMIUM)
    return known | {"executable_path": chromium, "args": [*QUIET, *sandbox]}
