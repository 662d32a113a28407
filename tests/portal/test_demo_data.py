"""The demo's data stays out of real installations."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from partnerhub.accounts.models import User
from partnerhub.tenancy.models import Tenant

pytestmark = pytest.mark.django_db


def test_on_a_server_it_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.IS_HTTPS, settings.PUBLIC_URL = True, "https://partners.example.com"
    with pytest.raises(CommandError, match="this is a server"):
        call_command("demo_data", json=tmp_path / "people.json")
    assert not list(tmp_path.iterdir())
    assert not User.objects.exists()


def test_beside_a_real_portal_it_is_refused(acme: Tenant, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="the portal acme"):
        call_command("demo_data", json=tmp_path / "people.json")
    assert not list(tmp_path.iterdir())
