"""Every form of every page: what is typed into it is kept (partnerhub.web.kept), and signing in leads to its page."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from partnerhub.accounts.models import Membership
from partnerhub.web.kept import SEAT_MARK
from partnerhub.web.resolving import page_above, typed_labels
from tests.architecture.house import House
from tests.architecture.wanted import WANTED

ClientOf = Callable[[Membership], Client]
HIDDEN = {"hidden", "password", "checkbox", "radio", "file", "submit", "button", "search"}


def test_sign_in_never_leads_to_an_address_that_cannot_be_opened(house: House, client_of: ClientOf) -> None:
    client = client_of(house.people["R"])
    for method, path in WANTED:
        if method != "POST" or path.startswith("api/"):
            continue
        page = page_above("/" + re.sub(r"<(\w+):\w+>", _value, path))
        assert client.get(f"/acme{page}").status_code in {200, 302, 403, 404}, path


def _value(found: re.Match[str]) -> str:
    return {"uuid": "01900000-0000-7000-8000-000000000000", "slug": "pos", "int": "1", "str": "word"}[found[1]]


class Forms(HTMLParser):
    """The POST forms of a page: (action, names of hidden fields, names of text fields)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str], set[str]]] = []
        self.is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = given.get("method") == "post"
            if self.is_inside:
                self.found.append((given.get("action", ""), set(), set()))
        elif self.is_inside and tag in {"input", "textarea"} and "name" in given:
            kind = given.get("type", "text")
            if kind == "hidden":
                self.found[-1][1].add(given["name"])
            elif kind not in HIDDEN:
                self.found[-1][2].add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False


def pages_of(house: House) -> Iterator[tuple[str, str]]:
    """(role, address) of every page that this role may open."""
    for (method, address), row in WANTED.items():
        if method != "GET" or address.startswith("api/") or row.roles in {"public", "-"} or "<str" in address:
            continue
        record = house.records[row.record]["own"] if row.record else ""
        yield row.roles[0], f"/acme/{_filled(address, record)}"


def _filled(address: str, record: Any) -> str:
    return re.sub(r"<(\w+):(\w+)>", lambda found: "pos" if found[1] == "slug" else str(record), address)


def test_every_form_with_text_says_whose_it_is_and_what_its_fields_are_called(
    house: House, client_of: ClientOf
) -> None:
    seen, clients = set(), {letter: client_of(member) for letter, member in house.people.items()}
    for role, address in pages_of(house):
        page = clients[role].get(address)
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        forms = Forms()
        forms.feed(page.content.decode())
        for action, hidden, texts in forms.found:
            if not texts:
                continue
            target = (action or address).partition("?")[0].removeprefix("/acme")
            seen.add(target.replace(str(house.records["lead"]["own"]), "<lead>"))
            assert SEAT_MARK in hidden, (address, action)
            known = typed_labels(target)
            assert {name for name in texts if not (known.get(name) or known.get(name.partition("-")[0]))} == set(), (
                target
            )
    assert {"/leads/<lead>/messages/", "/leads/new/pos/", "/settings/profile/", "/settings/users/invite/"} <= seen
