"""No address with a host is made from a request: a link leads where the installation is configured to be."""

import ast
import re
from pathlib import Path

from django.conf import settings

from tests.architecture.reading import files_of

ROOT = Path(settings.BASE_DIR)
APPS = ("partnerhub", "notifications", "deals", "leads", "referrals")
WORDS = frozenset(
    {
        "build_absolute_uri",
        "get_current_site",
        "get_host",
        "get_port",
        "get_raw_uri",
        "is_secure",
        "HTTP_HOST",
        "SERVER_NAME",
        "SERVER_PORT",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PORT",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
    }
)
ROOMS = {
    "partnerhub/web/addresses.py": "the one room; it only asks whether an address stays on the host",
    "partnerhub/tenancy/middleware.py": "finds the tenant by its host, and makes no address",
}
IN_TEMPLATES = re.compile(r"build_absolute_uri|get_host|current_site|site\.domain|HTTP_HOST|request\.scheme")


def sources() -> list[Path]:
    return files_of(*APPS)


def words_of(source: str) -> set[str]:
    """Every name, attribute and text of a module."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.Constant(value=str(word)) | ast.alias(name=word):
                found.add(word)
    return found


def test_a_requests_own_address_is_looked_at_in_one_room() -> None:
    wrong = {
        str(path.relative_to(ROOT)): sorted(found)
        for path in sources()
        if (found := words_of(path.read_text()) & WORDS) and str(path.relative_to(ROOT)) not in ROOMS
    }
    assert wrong == {}


def test_the_test_would_see_it() -> None:
    assert words_of("def link(request):\n    return request.build_absolute_uri('/')") & WORDS == {"build_absolute_uri"}


def test_no_template_makes_one() -> None:
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert templates
    assert [str(path) for path in templates if IN_TEMPLATES.search(path.read_text())] == []
