"""What the tests of people need besides the cast."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from partnerhub.accounts.models import Membership
from tests.conftest import PASSWORD


def in_a_year() -> datetime:
    return now() + timedelta(days=365)


def text_of(response: Any) -> str:
    """What a person reads on a page: no tags, single spaces."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def sign_in(client: Client, email: str, password: str = PASSWORD, base: str = "/acme", **more: str) -> Any:
    return client.post(f"{base}/accounts/login/", {"login": email, "password": password, **more})


@pytest.fixture
def signed_in() -> Callable[[Membership], Client]:
    """A browser in which this person has signed in with the password, as a browser would."""

    def browser(member: Membership, base: str = "/acme") -> Client:
        client = Client()
        response = sign_in(client, member.email, base=base)
        assert response.status_code == 302, response.content
        return client

    return browser
