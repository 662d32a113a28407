"""What the tests of people need besides the cast."""

import re
from datetime import datetime, timedelta
from socket import socket
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import set_script_prefix
from django.utils.timezone import now

from tests.conftest import PASSWORD

# Signing in is tested here by the dozen; a hash that takes half a second proves nothing more than a quick one.
PBKDF2PasswordHasher.iterations = 1000


@pytest.fixture(autouse=True)
def _at_the_root() -> None:
    """The test client, unlike a server, keeps the address prefix of the last request."""
    set_script_prefix("/")


def in_a_year() -> datetime:
    return now() + timedelta(days=365)


def text_of(response: Any) -> str:
    """What a person reads on a page: no tags, single spaces."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.replace("<wbr>", "")))


def sign_in(client: Client, email: str, password: str = PASSWORD, base: str = "/acme", **more: str) -> Any:
    return client.post(f"{base}/accounts/login/", {"login": email, "password": password, **more})


def new_browser(**headers: str) -> Client:
    """A browser of somebody who has not signed in yet."""
    return Client(headers={"host": "localhost", **headers})


@pytest.fixture
def unused_port() -> int:
    """A port on which nobody listens."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
