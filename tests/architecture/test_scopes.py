"""A token's scopes hold on every address of the API, those included that any member may use."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from partnerhub.accounts.models import Membership
from partnerhub.accounts.services import create_token
from partnerhub.roles import OWN_MANAGE, OWN_VIEW, PERMISSIONS, Role
from partnerhub.web.views import ANY_MEMBER, DESCRIPTION
from tests.accounts.conftest import in_a_year, new_browser
from tests.architecture.house import House
from tests.architecture.test_addresses import ours
from tests.architecture.test_walls import ask, methods_of, path_to
from tests.architecture.wanted import STEPS, WANTED

pytestmark = pytest.mark.timeout(300)


def addresses() -> Iterator[tuple[str, str, str]]:
    """(method, address, the word that guards it) of the whole API; for what any member may do, the token's own."""
    for address, entry in ours():
        if not address.startswith("api/"):
            continue
        view: Any = getattr(entry.callback, "cls", None) or entry.callback.view_class
        actions = getattr(entry.callback, "actions", {})
        for method in methods_of(entry):
            word = view.permission_for(method, actions[method.lower()]) if actions else view.permission
            if word == ANY_MEMBER:
                word = OWN_VIEW if method == "GET" else OWN_MANAGE
            if word != DESCRIPTION:
                yield method, address, word


def record_of(method: str, address: str, house: House) -> Any:
    for table in STEPS.values():
        for step in table.roles:
            if address == table.api_address(step):
                return house.records[table.early.get(step, table.record)]["own"]
    row = WANTED[method, address]
    return house.records[row.record]["own"] if row.record else None


@pytest.mark.parametrize(
    ("roles", "scope"),
    [
        ((Role.ACCOUNT_ADMIN, Role.REFERRALS_ADMIN), "customers.view"),
        ((Role.PROGRAMME_ADMIN, Role.CHANNEL_MANAGER), "audit.view"),
    ],
)
def test_a_token_opens_what_its_one_scope_opens(
    house: House, acting: Callable[..., Any], roles: tuple[Role, ...], scope: str
) -> None:
    maker = house.people["A" if Role.ACCOUNT_ADMIN in roles else "P"]
    assert any(scope in PERMISSIONS[role] for role in roles)
    with acting(maker):
        Membership.objects.filter(pk=maker.pk).update(roles=[role.value for role in roles])
        maker = Membership.objects.get(pk=maker.pk)
        _token, secret = create_token(name="Narrow", membership=maker, scopes=[scope], expires_at=in_a_year(), by=maker)
    client = new_browser(authorization=f"Bearer {secret}")
    wrong, opened = [], 0
    for method, address, word in addresses():
        answer = ask(client, method, path_to(address, record_of(method, address, house)))
        told = answer.json() if answer.status_code == 403 else {}
        if word == scope:
            opened += answer.status_code != 403
        elif told.get("type") != "urn:partnerhub:problem:scope-missing" or told["scope"] != word:
            wrong.append(f"{method} {address} ({word}): {answer.status_code} {told}")
    assert not wrong, "\n".join(wrong)
    assert opened
