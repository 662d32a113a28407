"""Everybody in one house, each with records of their own, for whoever tests the walls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deals.models import Company, Contact
from leads.models import Lead, OwnField, Program
from leads.selectors import lead_for
from leads.services import assign_lead, new_lead_id, save_draft
from leads.services.programs import add_field
from notifications.models import Message
from partnerhub.accounts.models import AccessRequest, ApiToken, Invitation, Membership
from partnerhub.accounts.services import invite_member, request_access
from partnerhub.events.models import Event
from partnerhub.notes.models import Attachment
from partnerhub.notes.services import post_message
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member


@dataclass
class House:
    """Everybody by role letter, and the records of everybody: kind → whose → id."""

    people: dict[str, Membership]
    records: dict[str, dict[str, Any]]
    stranger: Membership


@pytest.fixture
def house(
    everybody: Any,
    nordwind: Any,
    baltkassa: Any,
    new_lead: Callable[..., Lead],
    acting: Callable[..., Any],
    acme: Tenant,
) -> House:
    cast = everybody
    people = {
        "A": cast.admin,
        "R": cast.seller,
        "U": cast.colleague,
        "B": cast.profile_admin,
        "C": cast.manager,
        "S": cast.representative,
        "F": cast.finance,
        "P": cast.programme_admin,
    }
    rival_admin = make_member(acme, "Kadri Saar", Role.ACCOUNT_ADMIN, partner=baltkassa)
    zenit = Tenant.objects.get(slug="zenit")
    make_member(zenit, "Hana Novotna", Role.CHANNEL_MANAGER)
    mine = new_lead(cast.seller, company="Maren's shop", website="https://maren.example.org")
    theirs = new_lead(cast.rival, company="Rival's shop", website="https://rival.example.org")
    foreign = new_lead(cast.stranger, company="Zenit's shop", website="https://zenit.example.org")
    with tenant_scope(acme):  # the Referrals user's own lead; they could not have sent it themselves
        own = Lead.objects.get(pk=mine.pk)
        own.pk, own.number, own.submitted_by = new_id(), 900, cast.colleague
        own.save(force_insert=True)
    with acting(cast.manager):
        assign_lead(own.pk, to=cast.representative.pk, by=cast.manager)
    records = _records(cast, people, acme, zenit, own, mine, theirs, foreign, acting, nordwind, baltkassa, rival_admin)
    return House(people, records, cast.stranger)


def _records(
    cast: Any, people: Any, acme: Tenant, zenit: Tenant, own: Any, mine: Any, theirs: Any, foreign: Any,
    acting: Any, nordwind: Any, baltkassa: Any, rival_admin: Membership,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    def file_on(lead: Any, by: Membership) -> Any:
        with acting(by):
            upload = SimpleUploadedFile("note.txt", b"hello", "text/plain")
            return post_message(lead_for(by, lead.pk), by=by, body="With a file", uploads=[upload]).pk

    for lead, by in ((own, cast.seller), (mine, cast.seller), (theirs, cast.rival), (foreign, cast.stranger)):
        file_on(lead, by)
    with acting(cast.seller):
        draft = save_draft(new_lead_id(), program=Program.objects.first(), typed={"company": "x"}, by=cast.seller)
    with acting(cast.rival):
        rival_draft = save_draft(new_lead_id(), program=Program.objects.first(), typed={"company": "y"}, by=cast.rival)
    with acting(cast.admin):
        own_invitation = invite_member(
            email="new@example.org", name="New", roles=[Role.REFERRALS_USER], partner=nordwind, by=cast.admin
        )
    with acting(rival_admin):
        rival_invitation = invite_member(
            email="new2@example.org", name="New", roles=[Role.REFERRALS_USER], partner=baltkassa, by=rival_admin
        )
    with acting(cast.profile_admin):
        own_request = request_access(cast.profile_admin, role=Role.REFERRALS_ADMIN)
    with acting(rival_admin):
        rival_request = request_access(rival_admin, role=Role.REFERRALS_ADMIN)
    zenit_admin = make_member(zenit, "Eva Mala", Role.PROGRAMME_ADMIN)
    fields = {name: _own_field(by, acting) for name, by in (("own", cast.programme_admin), ("tenant", zenit_admin))}
    former = make_member(acme, "Jonna Ekdahl", Role.REFERRALS_USER, partner=nordwind, is_active=False)
    rival_former = make_member(acme, "Mart Poom", Role.REFERRALS_USER, partner=baltkassa, is_active=False)
    with tenant_scope(acme):
        tokens = {
            name: ApiToken.objects.create(
                partner_id=member.partner_id, membership=member, created_by=member, name=name, prefix="x",
                digest=name, scopes=[], expires_at="2030-01-01T00:00Z",
            ).pk
            for name, member in (("own", cast.admin), ("rival", rival_admin))
        }  # fmt: skip

        def of(model: Any, **narrowed: Any) -> Any:
            return model.objects.filter(**narrowed).values_list("pk", flat=True).first()

        records = {
            "lead": {"own": own.pk, "colleague": mine.pk, "rival": theirs.pk},
            "file": {
                "own": of(Attachment, subject_id=own.pk),
                "colleague": of(Attachment, subject_id=mine.pk),
                "rival": of(Attachment, subject_id=theirs.pk),
            },
            "draft": {"own": draft.pk, "rival": rival_draft.pk},
            "member": {"own": cast.profile_admin.pk, "rival": cast.rival.pk},
            "former": {"own": former.pk, "rival": rival_former.pk},
            "invitation": {"own": own_invitation.pk, "rival": rival_invitation.pk},
            "request": {"own": own_request.pk, "rival": rival_request.pk},
            "token": tokens,
            "event": {"own": of(Event, subject_id=mine.pk), "rival": of(Event, subject_id=theirs.pk)},
            "message": {
                "own": of(Message, partner_id=nordwind.pk, recipient__isnull=False),
                "rival": of(Message, partner_id=baltkassa.pk, recipient__isnull=False),
            },
            "company": {"own": of(Company, partner=nordwind), "rival": of(Company, partner=baltkassa)},
            "contact": {"own": of(Contact, partner=nordwind), "rival": of(Contact, partner=baltkassa)},
            "partner": {"own": nordwind.pk, "rival": baltkassa.pk},
            "program": {"own": of(Program)},
            "field": {"own": fields["own"]},
        }
    foreign_models = {
        "lead": Lead, "file": Attachment, "draft": Lead, "member": Membership, "event": Event, "message": Message,
        "company": Company, "contact": Contact, "invitation": Invitation, "request": AccessRequest, "token": ApiToken,
        "former": Membership, "partner": Partner, "program": Program, "field": OwnField,
    }  # fmt: skip
    with tenant_scope(zenit):
        for kind, model in foreign_models.items():
            records[kind]["tenant"] = model.objects.values_list("pk", flat=True).first() or new_id()
    for by_whose in records.values():
        by_whose["none"] = UUID("01900000-0000-7000-8000-000000000000")
    return records


def _own_field(by: Membership, acting: Callable[..., Any]) -> UUID:
    values = {"label": "Tills", "help_text": "", "kind": "number", "choices": []}
    with acting(by):
        program = Program.objects.get(slug="pos")
        return add_field(program.pk, values | {"is_required": False, "vendor_only": True}, by=by).pk
