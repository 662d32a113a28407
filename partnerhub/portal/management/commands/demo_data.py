"""Load the demo: two portals with people, and leads at every stage, the older ones with their history."""

import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import now

from leads.models import Lead, Program
from leads.selectors import asked_fields
from leads.services import (
    ask_for_information,
    assign_lead,
    award_lead,
    new_lead_id,
    note_vendor_answers,
    refuse_lead,
    start_lead,
    submit_lead,
    withdraw_lead,
)
from leads.services.programs import add_field
from leads.states import Status
from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.services import change_roles
from partnerhub.events.services import happened
from partnerhub.portal.management.demo import BUSINESSES, PATHS, PORTALS, PROBLEMS, QUESTIONS_ASKED, Portal
from partnerhub.portal.management.filling import BEFORE, acting, open_demo, seat_people, set_up_programs, with_role
from partnerhub.roles import PARTNER, VENDOR, Role
from partnerhub.tenancy.models import Tenant

TURN = 3  # one colleague submits this many leads, then the next; no divisor of how many paths there are


class Command(BaseCommand):
    help = "Load the demo's tenants, people and leads, once; if they are there, give the people a new password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", type=Path, required=True, help="where to write who can sign in, with passwords")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_on_a_server()
        target: Path = options["json"]
        password = f"demo-{secrets.token_hex(4)}"
        with transaction.atomic():
            if Tenant.objects.filter(slug=PORTALS[0].slug).exists():
                emails = [person.email for portal in PORTALS for person in portal.people]
                User.objects.filter(email__in=emails).update(password=make_password(password))
            else:
                for portal in PORTALS:
                    load(portal, password)
            # Before the commit: nobody could sign in to a demo whose passwords were never written down.
            target.touch(mode=0o600)
            target.write_text(json.dumps(sign_ins(password), ensure_ascii=False, indent=1))
        self.stdout.write(f"{len(PORTALS)} portals are loaded.")


def refuse_on_a_server() -> None:
    """Raise CommandError where real people work: their portals would get invented ones, and passwords in a file."""
    if settings.IS_HTTPS:
        raise CommandError(
            f"demo_data is for trying the portal out. PUBLIC_URL is {settings.PUBLIC_URL}, so this is a server: nothing"
            " was loaded. Use an address on 127.0.0.1 or localhost with a database of its own."
        )
    if other := Tenant.objects.exclude(slug__in=[portal.slug for portal in PORTALS]).first():
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
        for portal in PORTALS
        for person in portal.people
        for role in person.roles
    ]


def load(portal: Portal, password: str) -> None:
    """One portal with everything in it, each row by the verb by which a person makes it."""
    with happened(now() - BEFORE):
        tenant = open_demo(portal)
        seats = seat_people(portal, tenant, password)
        set_up_programs(portal, tenant, seats)
    _add_own_fields(portal, tenant, seats)
    _leads(portal, tenant, seats)


def _add_own_fields(portal: Portal, tenant: Tenant, seats: list[Membership]) -> None:
    with acting(tenant, with_role(seats, Role.PROGRAMME_ADMIN)) as admin:
        programs = {program.slug: program.pk for program in Program.objects.all()}
        for asked in portal.own_fields:
            values = {
                "label": asked.label,
                "help_text": asked.help_text,
                "kind": asked.kind,
                "choices": list(asked.choices),
                "is_required": False,
                "vendor_only": asked.vendor_only,
            }
            add_field(programs[asked.program], values, by=admin)


def _leads(portal: Portal, tenant: Tenant, seats: list[Membership]) -> None:
    """Each partner's leads, oldest first, taken as far as their path says."""
    manager = with_role(seats, Role.CHANNEL_MANAGER)
    representatives = [seat for seat in seats if Role.SALES_REPRESENTATIVE in seat.roles]
    index = 0
    for partner_name, count in portal.leads.items():
        team = [seat for seat in seats if seat.partner is not None and seat.partner.name == partner_name]
        users = [seat for seat in team if Role.REFERRALS_USER in seat.roles]
        _make(users, Role.REFERRALS_ADMIN, team, tenant, days_ago=2 * count)
        sellers = [seat for seat in team if Role.REFERRALS_ADMIN in seat.roles]
        for number in range(count):
            seller = sellers[number // TURN % len(sellers)]
            story = Story(portal, tenant, seller, manager, representatives[index % len(representatives)], index)
            story.tell(days_ago=(count - number) * 2 - 1)
            index += 1
        _make(users, Role.REFERRALS_USER, team, tenant, days_ago=1)


def _make(members: list[Membership], role: Role, team: list[Membership], tenant: Tenant, *, days_ago: int) -> None:
    """Their Account admin gives them this role alone: who only reads now submitted leads of their own before."""
    for member in members:
        with happened(now() - timedelta(days=days_ago)), acting(tenant, with_role(team, Role.ACCOUNT_ADMIN)) as admin:
            member.roles = change_roles(member, [role], by=admin).roles


class Story:
    """How one lead came to be where it is. The clock of its events is set back by the days ago it was submitted."""

    def __init__(
        self,
        portal: Portal,
        tenant: Tenant,
        seller: Membership,
        manager: Membership,
        representative: Membership,
        index: int,
    ) -> None:
        self.tenant, self.seller, self.manager, self.representative = tenant, seller, manager, representative
        self.index = index
        self.answers = {asked.label: asked.answers[index % len(asked.answers)] for asked in portal.own_fields}
        self.kind, self.support, self.end = PATHS[index % len(PATHS)]

    def tell(self, *, days_ago: int) -> None:
        sent = now() - timedelta(days=days_ago, minutes=17 * self.index % 600)
        with happened(sent), self._as(self.seller):
            program = Program.objects.get(slug=self.kind)
            answers = self._answers(sent) | {"own_fields": self._own(program, PARTNER)}
            lead = submit_lead(new_lead_id(), program=program, answers=answers, by=self.seller)
        last = self._go_on(lead.pk, sent) if self.end != Status.SUBMITTED else sent
        with self._as(self.seller):
            dates = {"created_at": sent, "submitted_at": sent, "status_changed_at": last, "updated_at": last}
            Lead.objects.filter(pk=lead.pk).update(**dates)

    def _go_on(self, lead_id: UUID, sent: datetime) -> datetime:
        """Take the steps of the path; returns when the last one was taken."""
        day = min(timedelta(days=1), (now() - sent) / 5)
        if self.end == Status.WITHDRAWN:
            with happened(sent + day), self._as(self.seller):
                withdraw_lead(lead_id, reason="They closed the shop.", by=self.seller)
            return sent + day
        with happened(sent + day), self._as(self.manager):
            lead = assign_lead(lead_id, to=self.representative.pk, by=self.manager)
            if noted := self._own(lead.program, VENDOR):
                note_vendor_answers(lead_id, answers=noted, by=self.manager)
        with happened(sent + 2 * day), self._as(self.representative):
            start_lead(lead_id, by=self.representative)
        if self.end == Status.IN_PROGRESS:
            return sent + 2 * day
        with happened(sent + 3 * day):
            self._decide(lead_id)
        return sent + 3 * day

    def _decide(self, lead_id: UUID) -> None:
        if self.end == Status.MORE_INFO:
            with self._as(self.representative):
                question = QUESTIONS_ASKED[self.index % len(QUESTIONS_ASKED)]
                ask_for_information(lead_id, question=question, by=self.representative)
            return
        with self._as(self.manager):
            if self.end == Status.AWARDED:
                award_lead(lead_id, by=self.manager)
            else:
                text = "They have used our checkout since March, under the name of the owner."
                refuse_lead(lead_id, code="existing_customer", text=text, by=self.manager)

    def _as(self, member: Membership) -> Any:
        return acting(self.tenant, member)

    def _own(self, program: Program, side: str) -> dict[str, Any]:
        """This lead's answers to the program's own fields that this side fills in."""
        given = {field.key: self.answers[field.label] for field in asked_fields(program, side)}
        return {key: answer for key, answer in given.items() if answer is not None}

    def _answers(self, sent: datetime) -> dict[str, Any]:
        name, host, country, first, last = BUSINESSES[self.index % len(BUSINESSES)]
        turn = self.index // len(BUSINESSES)
        shop = f"{name} {turn + 1}" if turn else name
        common = {
            "company": shop,
            "website": f"https://{host}{turn or ''}.example.org",
            "country": country,
            "first_name": first,
            "last_name": last,
            "email": f"{host}{turn or ''}@example.org",
            "relationship": "acquaintance",
            "how_met": "At the trade fair in Hamburg",
            "sales_support": self.support,
            "notes": PROBLEMS[self.index % len(PROBLEMS)],
            "consent": True,
            "consent_basis": "spoken",
            "consent_date": (sent - timedelta(days=1)).date(),
            "terms": True,
        }
        if self.kind == "pos":
            return common | {"locations": 1 + self.index % 4, "industry": "food", "card_volume": "under_50k"}
        return common | {"online_revenue": "under_1m", "platform": "Own build", "is_b2b": self.index % 3 == 0}
