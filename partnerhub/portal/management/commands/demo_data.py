"""Load the demo: two portals with people, and with what each app fills them with."""

import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import now

from partnerhub.accounts.demo import JOINED_BEFORE, PortalDemo, fill_demo
from partnerhub.accounts.models import User
from partnerhub.events.services import happened
from partnerhub.portal.management.demo import DEMO_PORTALS, DemoPortal
from partnerhub.portal.management.filling import open_demo, seat_people
from partnerhub.tenancy.models import Tenant


class Command(BaseCommand):
    help = "Load the demo's tenants, people and leads, once; if they are there, give the people a new password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", type=Path, required=True, help="where to write who can sign in, with passwords")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_on_a_server()
        target: Path = options["json"]
        password = f"demo-{secrets.token_hex(4)}"
        with transaction.atomic():
            if Tenant.objects.filter(slug=DEMO_PORTALS[0].slug).exists():
                emails = [person.email for portal in DEMO_PORTALS for person in portal.people]
                User.objects.filter(email__in=emails).update(password=make_password(password))
            else:
                for portal in DEMO_PORTALS:
                    load(portal, password)
            # Before the commit: nobody could sign in to a demo whose passwords were never written down.
            target.touch(mode=0o600)
            target.write_text(json.dumps(sign_ins(password), ensure_ascii=False, indent=1))
        self.stdout.write(f"{len(DEMO_PORTALS)} portals are loaded.")


def refuse_on_a_server() -> None:
    """Raise CommandError where real people work: their portals would get invented ones, and passwords in a file."""
    if settings.IS_HTTPS:
        raise CommandError(
            f"demo_data is for trying the portal out. PUBLIC_URL is {settings.PUBLIC_URL}, so this is a server: nothing"
            " was loaded. Use an address on 127.0.0.1 or localhost with a database of its own."
        )
    if other := Tenant.objects.exclude(slug__in=[portal.slug for portal in DEMO_PORTALS]).first():
        raise CommandError(f"demo_data was not loaded: this database holds the portal {other.slug}, which is no demo.")


def sign_ins(password: str) -> list[dict[str, str]]:
    """Who can sign in: an entry for each role of each person in each portal."""
    return [
        {
            "tenant": portal.slug,
            "role": role.value,
            "email": person.email,
            "password": password,
            "name": person.name,
            "partner": person.partner,
        }
        for portal in DEMO_PORTALS
        for person in portal.people
        for role in person.roles
    ]


def load(portal: DemoPortal, password: str) -> None:
    """One portal with everything in it, each row by the verb by which a person makes it."""
    with happened(now() - JOINED_BEFORE):
        tenant = open_demo(portal)
        seats = seat_people(portal, tenant, password)
    fill_demo(PortalDemo(tenant, seats))
