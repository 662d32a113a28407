"""Who is told of what: one message for each event, person and purpose, and never to the one who acted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from leads.models import Lead
from notifications.models import Message
from notifications.selectors.telling import TELLINGS
from notifications.services import write_messages
from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.services import change_roles, decide_access, request_access
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member, make_partner

Tell = Callable[..., Event]
Told = Callable[[Event], set[tuple[str, str]]]

SELLER, COLLEAGUE, OTHER_ADMIN = "Maren Feddersen", "Rasmus Lindtorp", "Wiebke Thoms"
MANAGER, SECOND, REPRESENTATIVE = "Ilse Brandvold", "Mikael Rosenqvist", "Solveig Aastad"
TO_THE_PARTNER = {(SELLER, "lead-status"), (OTHER_ADMIN, "lead-status")}
TO_THE_REPRESENTATIVE = {(REPRESENTATIVE, "lead-status")}
TO_THE_OTHER_MANAGER = {(SECOND, "lead-status")}


@pytest.fixture(autouse=True)
def _cast(everybody: Any, acme: Tenant, nordwind: Partner) -> None:
    """The whole cast, and a second Referrals admin at Nordwind."""
    make_member(acme, OTHER_ADMIN, Role.REFERRALS_ADMIN, partner=nordwind)


@pytest.mark.parametrize(
    ("kind", "by", "wanted"),
    [
        ("lead.submitted", "seller", {(SELLER, "lead-confirmation"), (MANAGER, "lead-new"), (SECOND, "lead-new")}),
        ("lead.assigned", "manager", TO_THE_PARTNER | TO_THE_REPRESENTATIVE),
        ("lead.let_stand", "manager", TO_THE_PARTNER),
        ("lead.started", "representative", TO_THE_PARTNER),
        ("lead.info_asked", "manager", TO_THE_PARTNER),
        ("lead.info_given", "seller", TO_THE_REPRESENTATIVE),
        ("lead.awarded", "manager", TO_THE_PARTNER),
        ("lead.refused", "manager", TO_THE_PARTNER),
        ("lead.withdrawn", "seller", TO_THE_REPRESENTATIVE),
        ("lead.appealed", "seller", {(MANAGER, "lead-status"), (SECOND, "lead-status")}),
        ("lead.reopened", "manager", TO_THE_PARTNER),
        ("lead.support_asked", "seller", TO_THE_REPRESENTATIVE),
        ("lead.award_taken_back", "manager", TO_THE_PARTNER),
        ("note.shared", "manager", {(SELLER, "shared-message"), (OTHER_ADMIN, "shared-message")}),
        ("note.shared", "seller", {(REPRESENTATIVE, "shared-message")}),
        ("lead.discarded", "seller", set()),
        ("lead.award_kept", "manager", set()),
        ("file.attached", "seller", set()),
    ],
)
def test_who_is_told(tell: Tell, told: Told, everybody: Any, kind: str, by: str, wanted: set[Any]) -> None:
    assert told(tell(kind, getattr(everybody, by))) == wanted


def test_an_award_in_question_goes_to_whoever_can_decide_and_has_not_asked(
    tell: Tell, told: Told, manager: Membership
) -> None:
    event = tell("lead.award_questioned", manager, audience="vendor")
    assert told(event) == TO_THE_OTHER_MANAGER | {("Agnes Holm", "lead-status")}


def test_without_a_representative_the_channel_managers_are_told(
    tell: Tell, told: Told, lead: Lead, seller: Membership
) -> None:
    lead.representative = None
    assert told(tell("lead.withdrawn", seller)) == {(MANAGER, "lead-status"), (SECOND, "lead-status")}


def test_when_the_representative_has_left_the_channel_managers_are_told(
    tell: Tell, told: Told, acme: Tenant, seller: Membership, representative: Membership
) -> None:
    with tenant_scope(acme):
        Membership.objects.filter(pk=representative.pk).update(is_active=False)
    assert told(tell("lead.info_given", seller)) == {(MANAGER, "lead-status"), (SECOND, "lead-status")}


def test_the_one_who_acted_gets_only_their_own_confirmation(tell: Tell, told: Told, seller: Membership) -> None:
    assert (SELLER, "lead-confirmation") in told(tell("lead.submitted", seller))
    assert SELLER not in {name for name, _ in told(tell("note.shared", seller))}


def test_somebody_in_two_circles_is_told_once(tell: Tell, outbox: Any, manager: Membership, seller: Membership) -> None:
    """The seller submitted the lead and is a Referrals admin."""
    event = tell("lead.started", manager)
    mine = [row for row in outbox() if row.event_id == event.pk and row.recipient_id == seller.pk]
    assert [row.circle for row in mine] == ["submitter"]


def test_what_one_side_writes_for_itself_never_reaches_the_other(tell: Tell, told: Told, manager: Membership) -> None:
    assert told(tell("lead.started", manager, audience="vendor")) == set()


def test_another_partners_people_are_never_told(
    tell: Tell, told: Told, lead: Lead, manager: Membership, rival: Membership
) -> None:
    """Whatever ids an event carries."""
    event = tell("lead.started", manager, submitter_id=str(rival.pk), representative_id=str(rival.pk))
    assert told(event) == {(OTHER_ADMIN, "lead-status"), (SELLER, "lead-status")}


def test_a_person_without_the_role_is_not_told(tell: Tell, told: Told, acme: Tenant, seller: Membership) -> None:
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(roles=[Role.BUSINESS_PROFILE_ADMIN.value])
        manager = Membership.objects.select_related("user").get(user__name=MANAGER)
    assert told(tell("lead.started", manager)) == {(OTHER_ADMIN, "lead-status")}


def test_a_blocked_person_is_not_told(tell: Tell, told: Told, manager: Membership, seller: Membership) -> None:
    User.objects.filter(pk=seller.user_id).update(is_active=False)
    assert told(tell("lead.started", manager)) == {(OTHER_ADMIN, "lead-status")}


def test_requests_for_access_go_to_the_own_administrators(
    told: Told, acting: Any, colleague: Membership, acme: Tenant
) -> None:
    with acting(colleague):
        request_access(colleague, role=Role.REFERRALS_ADMIN)
    with tenant_scope(acme):
        event = Event.objects.get(kind="access.requested")
    assert told(event) == {("Tjark Hinrichs", "access-request")}


def test_where_a_partner_has_no_administrator_the_programme_admin_is_asked(
    told: Told, acting: Any, acme: Tenant
) -> None:
    alone = make_member(acme, "Enno Voss", Role.REFERRALS_USER, partner=make_partner(acme, "Einzelhof"))
    with acting(alone):
        request_access(alone, role=Role.REFERRALS_ADMIN)
    with tenant_scope(acme):
        event = Event.objects.get(kind="access.requested")
    assert told(event) == {("Agnes Holm", "access-request")}


def test_where_the_only_administrator_asks_the_programme_admin_is_asked(
    told: Told, acting: Any, admin: Membership, acme: Tenant
) -> None:
    with acting(admin):
        request_access(admin, role=Role.REFERRALS_ADMIN)
    with tenant_scope(acme):
        event = Event.objects.get(kind="access.requested")
    assert told(event) == {("Agnes Holm", "access-request")}


def test_a_granted_request_is_told_once_and_says_the_roles(
    outbox: Any, acting: Any, colleague: Membership, admin: Membership
) -> None:
    with acting(colleague):
        asked = request_access(colleague, role=Role.REFERRALS_ADMIN)
    with acting(admin):
        decide_access(asked, grant=True, by=admin)
    mine = [row for row in outbox() if row.recipient_id == colleague.pk]
    assert [row.kind for row in mine] == ["access.granted"]
    with acting(colleague):
        assert mine[0].event.data["roles"] == [Role.REFERRALS_ADMIN, Role.REFERRALS_USER]


def test_a_change_of_roles_that_nobody_asked_for_is_told(
    outbox: Any, acting: Any, colleague: Membership, admin: Membership
) -> None:
    with acting(admin):
        change_roles(colleague, [Role.REFERRALS_ADMIN], by=admin)
    assert [row.kind for row in outbox() if row.recipient_id == colleague.pk] == ["member.roles_changed"]


def test_a_preferred_address_is_used_instead_of_the_sign_ins(
    tell: Tell, outbox: Any, acme: Tenant, manager: Membership, seller: Membership
) -> None:
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(preferences={"preferred_email": "leads@nordwind.example.org"})
    event = tell("lead.started", manager)
    addresses = {row.name: row.address for row in outbox() if row.event_id == event.pk}
    assert addresses[SELLER] == "leads@nordwind.example.org"
    assert addresses[OTHER_ADMIN] == "wiebke.thoms@acme.example.org"


def test_the_language_is_the_persons_then_the_partners_then_the_tenants(
    tell: Tell, outbox: Any, acme: Tenant, nordwind: Partner, manager: Membership, seller: Membership
) -> None:
    User.objects.filter(pk=seller.user_id).update(language="pl", timezone="Europe/Warsaw")
    with tenant_scope(acme):
        Partner.objects.filter(pk=nordwind.pk).update(timezone="Europe/Berlin")
    Tenant.objects.filter(pk=acme.pk).update(language="pl", timezone="Europe/Oslo")
    acme.refresh_from_db()
    event = tell("lead.assigned", manager)
    found = {row.name: (row.language, row.timezone) for row in outbox() if row.event_id == event.pk}
    assert found[SELLER] == ("pl", "Europe/Warsaw")
    assert found[OTHER_ADMIN] == ("pl", "Europe/Berlin")
    assert found[REPRESENTATIVE] == ("pl", "Europe/Oslo")


def test_an_event_costs_two_statements(happen: Tell, acme: Tenant, manager: Membership, seller: Membership) -> None:
    """Of the worker, and one for all the seats that have changed since."""
    for kind in [kind for kind, _about in TELLINGS if kind.startswith("lead.")]:
        event = happen(kind, manager)
        with tenant_scope(acme), CaptureQueriesContext(connection) as queries:
            write_messages([event])
        assert len([query for query in queries if "set_config" not in query["sql"]]) <= 3, kind


def test_hearing_an_event_again_adds_nothing(tell: Tell, outbox: Any, acme: Tenant, manager: Membership) -> None:
    event = tell("lead.started", manager)
    before = [row.pk for row in outbox()]
    with tenant_scope(acme):
        write_messages([event])
    assert [row.pk for row in outbox()] == before


def test_the_database_refuses_a_second_message_to_a_person(
    tell: Tell, outbox: Any, acme: Tenant, manager: Membership
) -> None:
    tell("lead.started", manager)
    row = next(row for row in outbox() if row.name == SELLER)
    again = {name: getattr(row, name) for name in ("event_id", "recipient_id", "purpose", "kind", "circle", "language")}
    with tenant_scope(acme), pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**again, address="other@example.org", timezone="UTC", due_at=now())


def test_a_refused_act_leaves_no_message(tell: Tell, outbox: Any, manager: Membership) -> None:
    with transaction.atomic():
        tell("lead.started", manager)
        assert outbox()
        transaction.set_rollback(True)
    assert outbox() == []


def test_the_partner_side_cannot_read_what_the_vendors_people_are_told(
    tell: Tell, acting: Any, seller: Membership, rival: Membership
) -> None:
    tell("lead.submitted", seller)
    with acting(seller):
        assert {row.name for row in Message.objects.all()} == {SELLER}
    with acting(rival):
        assert list(Message.objects.all()) == []
