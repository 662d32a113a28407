"""Counts partners of a tenant from the beginning: should their sums ever be wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnerhub.partners.models import Partner
from partnerhub.ranking.services import count_partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope


class Command(BaseCommand):
    help = "Count what the rank of partners is made of from the beginning: of one partner, or of all of a tenant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tenant", help="The tenant's slug, as it stands in its address.")
        parser.add_argument("--partner", help="The name of one partner; all, where it is left out.")

    def handle(self, *args: Any, tenant: str, partner: str | None = None, **kwargs: Any) -> None:
        found = Tenant.objects.filter(slug=tenant).first()
        if found is None:
            raise CommandError("There is no such tenant.")
        with tenant_scope(found):
            named = {"name": partner} if partner else {}
            partners = list(Partner.objects.filter(**named).order_by("pk"))
        if not partners:
            raise CommandError("There is no such partner.")
        for one in partners:
            count_partner(found, one)
        self.stdout.write(f"{len(partners)} counted.")
