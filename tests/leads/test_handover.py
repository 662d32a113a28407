"""Whoever removes a member hands over, in the same step, what the member holds; counted: nothing is orphaned."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from leads.models import Lead, Program
from leads.selectors import representative_kept
from leads.selectors.held import unkept
from leads.services import assign_lead, new_lead_id, save_draft, start_lead
from leads.services.handover import LEADS_HANDED_OVER
from leads.states import OPEN, Status
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import ApiToken, Invitation, Membership
from partnerhub.accounts.services import change_roles, create_token, held_by, invite_member, remove_member
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.accounts.conftest import in_a_year, text_of
from tests.conftest import make_member

Acting = Callable[[Membership], Any]
NewLead = Callable[..., Lead]


@pytest.fixture
def other(acme: Tenant) -> Membership:
    return make_member(acme, "Eirik Nordahl", Role.SALES_REPRESENTATIVE)


@pytest.fixture
def theirs(
    new_lead: NewLead, seller: Membership, manager: Membership, representative: Membership, acting: Acting
) -> Any:
    """Three open leads of the representative, one of them in work, and one that was decided."""
    leads = [
        new_lead(seller, company=f"Shop {number}", website=f"https://s{number}.example.org") for number in range(4)
    ]
    with acting(manager):
        for lead in leads:
            assign_lead(lead.pk, to=representative.pk, by=manager)
        start_lead(leads[0].pk, by=manager)
    with tenant_scope(Tenant.objects.get(pk=manager.tenant_id)):
        Lead.objects.filter(pk=leads[3].pk).update(status=Status.AWARDED)
    return leads


def everything_to(member: Membership | None) -> dict[str, Any]:
    return dict.fromkeys(
        ("leads-in-work", "new-leads", "own-leads", "drafts", "invitations"), member.pk if member else None
    )


def orphans(tenant: Tenant) -> int:
    """What stands in the database with somebody who is gone."""
    with tenant_scope(tenant):
        gone = Membership.objects.filter(is_active=False)
        return (
            Lead.objects.filter(representative__in=gone, status__in=OPEN).count()
            + Lead.objects.filter(submitted_by__in=gone, status=Status.DRAFT).count()
            + Lead.objects.filter(owner__in=gone, status__in=OPEN).count()
            + Lead.objects.filter(owner=None, submitted_by__in=gone, status__in=OPEN).count()
            + Invitation.objects.filter(invited_by__in=gone, accepted_at=None, revoked_at=None).count()
            + ApiToken.objects.filter(membership__in=gone, revoked_at=None).count()
            + ApiToken.objects.filter(created_by__in=gone, revoked_at=None).count()
        )


def test_nobody_is_removed_with_leads_that_nobody_takes_over(
    theirs: Any, acting: Acting, acme: Tenant, programme_admin: Membership, representative: Membership
) -> None:
    with acting(programme_admin), pytest.raises(Refused) as refused:
        remove_member(representative, by=programme_admin)
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [
        ("successor_missing", "to_leads-in-work"),
        ("successor_missing", "to_new-leads"),
    ]
    with acting(programme_admin):
        assert Membership.objects.get(pk=representative.pk).is_active


def test_who_can_do_it_takes_over_all_and_is_told_once(
    theirs: Any,
    acting: Acting,
    acme: Tenant,
    programme_admin: Membership,
    representative: Membership,
    other: Membership,
) -> None:
    with acting(programme_admin):
        remove_member(representative, by=programme_admin, to=everything_to(other))
        kept = Lead.objects.filter(representative=other).order_by("number")
        assert [lead.pk for lead in kept] == [lead.pk for lead in theirs[:3]]
        assert {lead.representative_key for lead in kept} == {"eirik nordahl"}
        events = Event.objects.filter(kind="lead.handed_over")
        assert events.count() == 3
        event = events.get(subject_id=theirs[0].pk)
        assert event.before == {"representative": str(representative.pk)}
        assert event.after == {"representative": str(other.pk)}
        assert event.data["version"] == kept[0].version
        assert (event.data["handed_over_from"], event.actor_name) == ("Solveig Aastad", "Agnes Holm")
        fan_out_events()
        mail = Message.objects.filter(kind__in=["lead.handed_over", "member.took_over"])
        assert [(one.address, one.purpose) for one in mail] == [(other.email, "hand-over")]
    assert orphans(acme) == 0


def test_to_nobody_new_leads_go_back_to_unassigned_and_those_in_work_do_not(
    theirs: Any, acting: Acting, programme_admin: Membership, representative: Membership, other: Membership
) -> None:
    with acting(programme_admin), pytest.raises(Refused) as refused:
        remove_member(representative, by=programme_admin, to=everything_to(None))
    assert [reason.field for reason in refused.value.reasons] == ["to_leads-in-work"]
    with acting(programme_admin):
        remove_member(representative, by=programme_admin, to=everything_to(None) | {"leads-in-work": other.pk})
        assert Lead.objects.filter(representative=None, status=Status.SUBMITTED, representative_key="").count() == 2
        assert Lead.objects.filter(representative=other).count() == 1


@pytest.mark.parametrize("who", ["finance", "representative", "seller"])
def test_who_cant_represent_takes_nothing_over(
    theirs: Any,
    acting: Acting,
    programme_admin: Membership,
    representative: Membership,
    request: pytest.FixtureRequest,
    who: str,
) -> None:
    to = request.getfixturevalue(who)
    with acting(programme_admin), pytest.raises(Refused) as refused:
        remove_member(representative, by=programme_admin, to=everything_to(to))
    assert {reason.code for reason in refused.value.reasons} == {"successor_unable"}
    with acting(programme_admin):
        assert Lead.objects.filter(representative=representative).count() == 4


def test_a_role_that_is_needed_is_not_taken_without_handing_over(
    theirs: Any,
    acting: Acting,
    programme_admin: Membership,
    representative: Membership,
    other: Membership,
) -> None:
    with acting(programme_admin):
        with pytest.raises(Refused):
            change_roles(representative, [Role.FINANCE], by=programme_admin)
        change_roles(representative, [Role.SALES_REPRESENTATIVE, Role.FINANCE], by=programme_admin)
        change_roles(representative, [Role.CHANNEL_MANAGER], by=programme_admin)  # works leads as well
        change_roles(representative, [Role.FINANCE], by=programme_admin, to=everything_to(other))
        assert Lead.objects.filter(representative=representative, status__in=OPEN).count() == 0
        assert Lead.objects.filter(representative=other).count() == 3


def test_drafts_go_to_a_colleague_whatever_the_remover_may_see(
    acting: Acting,
    acme: Tenant,
    nordwind: Any,
    seller: Membership,
    programme_admin: Membership,
) -> None:
    colleague = make_member(acme, "Wiebke Osten", Role.REFERRALS_ADMIN, partner=nordwind)
    with acting(seller):
        draft = save_draft(new_lead_id(), program=Program.objects.first(), typed={"company": "x"}, by=seller)
    with acting(programme_admin):
        assert Lead.objects.filter(pk=draft.pk).count() == 0, "the vendor sees no draft"
        assert [(one.key, one.many, one.successors) for one in held_by(seller)] == [("drafts", 1, [colleague])]
        remove_member(seller, by=programme_admin, to={"drafts": colleague.pk})
    with acting(colleague):
        assert Lead.objects.get(pk=draft.pk).submitted_by_id == colleague.pk
        assert Event.objects.filter(kind="lead.draft_handed_over", subject_id=draft.pk).count() == 1
    assert orphans(acme) == 0


def test_the_partners_leads_get_another_owner(
    theirs: Any, acting: Acting, acme: Tenant, admin: Membership, seller: Membership, colleague: Membership
) -> None:
    with acting(admin):
        with pytest.raises(Refused) as refused:
            remove_member(seller, by=admin)
        assert [reason.field for reason in refused.value.reasons] == ["to_own-leads"]
        assert [(one.many, one.successors) for one in held_by(seller)] == [(3, [colleague])]
        remove_member(seller, by=admin, to=everything_to(colleague))
    with acting(colleague):
        assert {lead.pk for lead in Lead.objects.filter(owner=colleague)} == {lead.pk for lead in theirs[:3]}
        assert set(Lead.objects.values_list("submitted_by", flat=True)) == {seller.pk}, "who submitted it stays true"
        event = Event.objects.filter(kind="lead.handed_over", subject_id=theirs[0].pk).get()
        assert (event.before, event.after) == ({"owner": str(seller.pk)}, {"owner": str(colleague.pk)})
        assert event.data["representative_name"] == "Solveig Aastad"
        fan_out_events()
        mail = Message.objects.filter(recipient=colleague)
        assert [(one.kind, one.purpose) for one in mail] == [("member.took_over", "hand-over")]
    assert orphans(acme) == 0


def test_of_a_partners_leads_those_without_a_keeper_are_listed(
    theirs: Any, client_of: Any, call: Any, acting: Acting, nordwind: Any, acme: Tenant, admin: Membership,
    seller: Membership,
) -> None:  # fmt: skip
    second = make_member(acme, "Wiebke Osten", Role.REFERRALS_ADMIN, partner=nordwind)
    assert "Nobody looks after it" not in text_of(client_of(second).get("/acme/"))
    with acting(admin):
        remove_member(seller, by=admin, to={"own-leads": None})
    home = client_of(second).get("/acme/")
    assert "Nobody looks after it" in text_of(home)
    assert "/acme/leads/?representative=left" in home.content.decode()
    rows = call(second).get("leads/?representative=left").json()["results"]
    assert {row["company"] for row in rows} == {"Shop 0", "Shop 1", "Shop 2"}


def test_invitations_tokens_and_requests_do_not_outlive_their_maker(
    acting: Acting, acme: Tenant, nordwind: Any, admin: Membership, colleague: Membership
) -> None:
    second = make_member(acme, "Wiebke Osten", Role.ACCOUNT_ADMIN, partner=nordwind)
    with acting(second):
        invite_member(email="new@example.org", name="New", roles=[Role.REFERRALS_USER], partner=nordwind, by=second)
        create_token(name="Sync", membership=second, scopes=["audit.view"], expires_at=in_a_year(), by=second)
    with acting(admin):
        with pytest.raises(Refused):
            remove_member(second, by=admin)
        remove_member(second, by=admin, to={"invitations": admin.pk})
        assert Invitation.objects.get().invited_by_id == admin.pk
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert {"member.invitation_handed_over", "token.revoked", "member.removed"} <= kinds
    assert orphans(acme) == 0


def test_thousands_of_leads_take_a_bounded_number_of_statements(
    theirs: Any,
    acting: Acting,
    acme: Tenant,
    programme_admin: Membership,
    representative: Membership,
    other: Membership,
    django_assert_max_num_queries: Any,
) -> None:
    many = 4 * LEADS_HANDED_OVER
    with tenant_scope(acme):
        model = Lead.objects.get(pk=theirs[1].pk)
        copies = []
        for number in range(many):
            copy = Lead.objects.model(**{field.attname: getattr(model, field.attname) for field in written(model)})
            copy.pk, copy.number = new_id(), 10_000 + number
            copies.append(copy)
        Lead.objects.bulk_create(copies, batch_size=1000)
    sets = many // LEADS_HANDED_OVER + 2
    with acting(programme_admin), django_assert_max_num_queries(4 * sets + 40):
        remove_member(representative, by=programme_admin, to=everything_to(other))
    with acting(programme_admin):
        assert Lead.objects.filter(representative=other).count() == many + 3
        assert Event.objects.filter(kind="lead.handed_over").count() == many + 3
        while fan_out_events():
            pass
        assert Message.objects.filter(recipient=other).exclude(kind="lead.assigned").count() == 1
    assert orphans(acme) == 0


def written(lead: Lead) -> list[Any]:
    return [field for field in lead._meta.concrete_fields if not field.generated]


@pytest.mark.django_db(transaction=True)
def test_a_lead_assigned_while_its_representative_is_removed_is_not_orphaned(
    new_lead: NewLead,
    acting: Acting,
    acme: Tenant,
    seller: Membership,
    manager: Membership,
    programme_admin: Membership,
    representative: Membership,
    other: Membership,
) -> None:
    for round_number in range(6):
        lead = new_lead(seller, company=f"S{round_number}", website=f"https://r{round_number}.example.org")
        with tenant_scope(acme):
            Membership.objects.filter(pk=representative.pk).update(is_active=True)
        start = Barrier(2)

        def assign(lead: Lead = lead, start: Barrier = start) -> None:
            run(lambda: assign_lead(lead.pk, to=representative.pk, by=manager), manager, start)

        def remove(start: Barrier = start) -> None:
            run(
                lambda: remove_member(representative, by=programme_admin, to=everything_to(other)),
                programme_admin,
                start,
            )

        def run(act: Callable[[], Any], by: Membership, start: Barrier) -> None:
            try:
                with acting(by):
                    start.wait(60)
                    act()
            except Refused:
                pass
            finally:
                connection.close()

        threads = [Thread(target=assign), Thread(target=remove)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert orphans(acme) == 0


def test_who_was_removed_is_no_representative_any_more(
    acting: Acting, programme_admin: Membership, representative: Membership
) -> None:
    with acting(programme_admin):
        assert representative_kept(representative.pk) is not None
        remove_member(representative, by=programme_admin)
        assert representative_kept(representative.pk) is None


def test_leads_of_who_left_before_are_found(
    theirs: Any, acting: Acting, acme: Tenant, manager: Membership, representative: Membership
) -> None:
    with acting(manager):
        assert Lead.objects.filter(unkept(manager).lookup()).count() == 0
    with tenant_scope(acme):
        Membership.objects.filter(pk=representative.pk).update(is_active=False)
    with acting(manager):
        assert Lead.objects.filter(unkept(manager).lookup()).count() == 3


def test_what_nobody_looks_after_is_listed_for_who_can_mend_it(
    theirs: Any, client_of: Any, call: Any, acme: Tenant, manager: Membership, representative: Membership
) -> None:
    desk, api = client_of(manager), call(manager)
    assert "Nobody looks after it" not in text_of(desk.get("/acme/"))
    with tenant_scope(acme):  # as it was before anybody was asked
        Membership.objects.filter(pk=representative.pk).update(is_active=False)
    home = desk.get("/acme/")
    assert home.content.decode().partition("<dialog")[0].count("<dt>") == 3
    assert "whoever had them has left" in text_of(home)
    assert "/acme/triage/?queue=unkept" in home.content.decode()
    queue = text_of(desk.get("/acme/triage/?queue=unkept"))
    assert all(f"Shop {number}" in queue for number in range(3))
    assert "Shop 3" not in queue, "it was decided"
    assert "Solveig Aastad, no longer here" in queue
    companies = {row["company"] for row in api.get("leads/?representative=left").json()["results"]}
    assert companies == {"Shop 0", "Shop 1", "Shop 2"}
    found = api.get("leads/?representative=left&q=shop+1").json()["results"]
    assert [row["company"] for row in found] == ["Shop 1"]
    assert "Shop 1" in text_of(desk.get("/acme/leads/?representative=left&q=shop"))


@pytest.mark.parametrize("reader", ["seller", "manager"])
def test_of_who_left_a_record_says_so_and_how_to_reach_somebody_else(
    theirs: Any,
    client_of: Any,
    call: Any,
    acting: Acting,
    programme_admin: Membership,
    representative: Membership,
    other: Membership,
    request: pytest.FixtureRequest,
    reader: str,
) -> None:
    member = request.getfixturevalue(reader)
    decided = f"/acme/leads/{theirs[3].pk}/"
    assert "22 55 50 18" in text_of(client_of(member).get(decided))
    with acting(programme_admin):
        remove_member(representative, by=programme_admin, to=everything_to(other))
    page = client_of(member).get(decided).content.decode()
    assert "No longer here" in page
    assert "Ilse Brandvold looks after it now." in page
    assert "22 55 50 18" not in page
    assert "+47" not in page
    assert representative.email not in page
    told = call(member).get(f"leads/{theirs[3].pk}/").json()["representative"]
    assert told == {
        "id": str(representative.pk), "name": "Solveig Aastad", "is_here": False, "email": "", "phone": "", "title": ""
    }  # fmt: skip
    handed = text_of(client_of(member).get(f"/acme/leads/{theirs[0].pk}/"))
    assert "from Solveig Aastad to Eirik Nordahl" in handed
    assert other.email in handed


# The page and the API.


def test_the_page_says_what_is_held_and_asks_who_takes_over(
    theirs: Any,
    client_of: Any,
    programme_admin: Membership,
    representative: Membership,
    other: Membership,
    acme: Tenant,
) -> None:
    client = client_of(programme_admin)
    address = f"/acme/settings/users/{representative.pk}/remove/"
    text = text_of(client.get(address))
    assert "What Solveig Aastad holds" in text
    assert "1 lead in work" in text
    assert "2 leads not begun yet" in text
    assert "Nobody: back to Unassigned" in text
    refused = client.post(address, {"version": 1})
    assert refused.status_code == 409
    assert "2 leads not begun yet: Choose who takes over." in text_of(refused)
    assert "1 lead in work (optional)" not in text_of(refused)
    assert client.post(address, {"version": 1, "to_all": str(other.pk)}).status_code == 302
    assert orphans(acme) == 0
    with tenant_scope(acme):
        assert Lead.objects.filter(representative=other).count() == 3


def test_the_roles_page_asks_once_a_needed_role_goes(
    theirs: Any,
    client_of: Any,
    programme_admin: Membership,
    representative: Membership,
    other: Membership,
    acme: Tenant,
) -> None:
    client = client_of(programme_admin)
    address = f"/acme/settings/users/{representative.pk}/"
    sent = {"roles": ["finance"], "seen": "sales-representative"}
    assert "What Solveig Aastad holds" not in text_of(client.get(address))
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "What Solveig Aastad holds" in text_of(refused)
    both = {"to_leads-in-work": str(other.pk), "to_new-leads": "nobody"}
    assert client.post(address, sent | both).status_code == 302
    with tenant_scope(acme):
        assert Membership.objects.get(pk=representative.pk).roles == ["finance"]
        assert Lead.objects.filter(representative=representative, status__in=OPEN).count() == 0


def test_the_api_says_what_is_held_and_hands_over(
    theirs: Any, call: Any, programme_admin: Membership, representative: Membership, other: Membership, acme: Tenant
) -> None:
    api = call(programme_admin)
    told = api.get(f"members/{representative.pk}/holdings/").json()["results"]
    assert [(one["kind"], one["count"], one["nobody"]) for one in told] == [
        ("leads-in-work", 1, None),
        ("new-leads", 2, "Nobody: back to Unassigned"),
    ]
    assert {"id": str(other.pk), "name": "Eirik Nordahl"} in told[0]["successors"]
    assert api.delete(f"members/{representative.pk}/").status_code == 422
    chosen = [{"kind": one["kind"], "to": str(other.pk)} for one in told]
    assert api.post(f"members/{representative.pk}/remove/", {"hand_over": chosen[:1]}).status_code == 422
    assert api.post(f"members/{representative.pk}/remove/", {"hand_over": chosen}).status_code == 204
    assert orphans(acme) == 0
