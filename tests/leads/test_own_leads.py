"""Owner and team of a lead, and that every place which shows leads shows a person the same ones."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from leads import services
from leads.models import Lead
from leads.selectors import lead_for
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.notes.services import post_message
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from referrals.selectors import referrals_for
from tests.calls import Call
from tests.conftest import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    return new_lead(seller, company="Hafenkontor")


@pytest.fixture
def name(acting: Callable[..., Any], seller: Membership) -> Callable[..., Lead]:
    """The Referrals admin names owner and team: `name(lead, owner=…, team=[…])`."""

    def act(lead: Lead, *, owner: Membership | None = None, team: Any = (), by: Membership = seller) -> Lead:
        with acting(by):
            keys = [member.pk for member in team]
            return services.name_team(lead.pk, owner=owner and owner.pk, team=keys, by=by)

    return act


def told_of(acme: Tenant, kind: str) -> set[tuple[str, str]]:
    fan_out_events()
    with tenant_scope(acme):
        return set(Message.objects.filter(kind=kind).values_list("name", "circle"))


# Naming


@pytest.mark.parametrize("way", ["owner", "team"])
def test_whoever_is_named_sees_the_lead_works_on_it_and_is_told(
    lead: Lead, name: Any, way: str, colleague: Membership, acting: Callable[..., Any], acme: Tenant
) -> None:
    with acting(colleague), pytest.raises(Lead.DoesNotExist):
        lead_for(colleague, lead.pk)
    named = name(lead, **{way: colleague if way == "owner" else [colleague]})
    assert named.version == lead.version + 1
    with acting(colleague):
        assert lead_for(colleague, lead.pk).company == "Hafenkontor"
        post_message(lead_for(colleague, lead.pk), by=colleague, body="I know them well.")
    assert told_of(acme, "lead.team_named") == {(colleague.name, "named")}


def test_who_is_named_no_more_sees_it_no_more(
    lead: Lead, name: Any, colleague: Membership, acting: Callable[..., Any]
) -> None:
    name(lead, team=[colleague])
    name(lead)
    with acting(colleague), pytest.raises(Lead.DoesNotExist):
        lead_for(colleague, lead.pk)


def test_changes_reach_owner_and_team_by_mail(
    lead: Lead, name: Any, people: SimpleNamespace, colleague: Membership, acting: Callable[..., Any], acme: Tenant
) -> None:
    name(lead, owner=colleague, team=[people.teammate])
    with acting(people.manager):
        services.ask_for_information(lead.pk, question="How many tills?", by=people.manager)
    assert told_of(acme, "lead.info_asked") == {
        (people.seller.name, "submitter"),
        (colleague.name, "owner"),
        (people.teammate.name, "team"),
    }


def test_the_same_people_again_change_nothing(lead: Lead, name: Any, colleague: Membership, seller: Membership) -> None:
    named = name(lead, owner=seller, team=[colleague, seller])
    assert (named.owner_id, named.team) == (None, [colleague.pk])  # the submitter is the owner anyway
    assert name(lead, team=[colleague]).version == named.version


def test_the_event_has_who_before_and_after(
    lead: Lead, name: Any, colleague: Membership, people: SimpleNamespace, events_of: Callable[[Lead], list[Event]]
) -> None:
    name(lead, owner=colleague)
    name(lead, owner=people.teammate, team=[colleague])
    event = events_of(lead)[-1]
    assert event.before == {"owner": str(colleague.pk), "team": []}
    assert event.after == {"owner": str(people.teammate.pk), "team": [str(colleague.pk)]}
    assert event.data["told"] == [str(people.teammate.pk)]


def test_only_the_partners_people_with_a_role_in_leads_can_be_named(
    lead: Lead, name: Any, rival: Membership, manager: Membership, admin: Membership, stranger: Membership
) -> None:
    for nobody in (rival, manager, admin, stranger):
        other = manager if nobody is rival else rival
        with pytest.raises(Refused) as refused:
            name(lead, owner=nobody, team=[other])
        assert {reason.field for reason in refused.value.reasons} == {"owner", "team"}


def test_a_crowd_is_refused(lead: Lead, name: Any, acme: Tenant, nordwind: Partner) -> None:
    crowd = [make_member(acme, f"User {number}", Role.REFERRALS_USER, partner=nordwind) for number in range(21)]
    with pytest.raises(Refused) as refused:
        name(lead, team=crowd)
    assert [reason.code for reason in refused.value.reasons] == ["team-too-large"]


def test_a_user_who_sees_the_lead_names_nobody(lead: Lead, name: Any, colleague: Membership) -> None:
    name(lead, team=[colleague])
    with pytest.raises(Refused) as refused:
        name(lead, owner=colleague, by=colleague)
    assert [reason.code for reason in refused.value.reasons] == ["permission"]


def test_by_page(lead: Lead, seller: Membership, colleague: Membership, client_of: Callable[..., Client]) -> None:
    client, base = client_of(seller), f"/acme/leads/{lead.pk}/"
    assert f'href="/acme/leads/{lead.pk}/name-team/?seen={lead.version}"' in client.get(base).content.decode()
    form = client.get(f"{base}name-team/").content.decode()
    assert re.findall(r"<option[^>]*>([^<]+)</option>", form) == ["Maren Feddersen", "Rasmus Lindtorp"]
    sent = client.post(
        f"{base}name-team/", {"version": lead.version, "owner": colleague.pk, "team": [seller.pk]}, follow=True
    )
    page = sent.content.decode()
    card = page.partition('aria-labelledby="people-title"')[2].partition("</section>")[0]
    assert "Rasmus Lindtorp" in card
    assert "Maren Feddersen" in card
    assert "Rasmus Lindtorp, Maren Feddersen" in page  # in the timeline
    assert "name-team" not in client_of(colleague).get(base).content.decode()


def test_by_api(lead: Lead, call: Call, seller: Membership, colleague: Membership, manager: Membership) -> None:
    body = {"owner": str(colleague.pk), "team": [str(seller.pk)]}
    answer = call(seller).post(f"leads/{lead.pk}/name-team/", body, version=lead.version)
    assert answer.status_code == 200
    for record in (answer.json(), call(colleague).get(f"leads/{lead.pk}/").json()):
        assert record["owner"] == {"id": str(colleague.pk), "name": colleague.name}
        assert record["team"] == [{"id": str(seller.pk), "name": seller.name}]
    wrong = call(seller).post(
        f"leads/{lead.pk}/name-team/", {"owner": str(manager.pk), "team": []}, version=lead.version + 1
    )
    assert (wrong.status_code, set(wrong.json()["errors"])) == (422, {"owner"})
    back = call(seller).post(f"leads/{lead.pk}/name-team/", {"owner": None, "team": []}, version=lead.version + 1)
    assert back.json()["owner"]["name"] == seller.name


def test_referrals_follow_their_leads(
    lead: Lead, name: Any, colleague: Membership, manager: Membership, acting: Callable[..., Any]
) -> None:
    with acting(manager):
        services.award_lead(lead.pk, by=manager)
    with acting(colleague):
        assert not referrals_for(colleague).exists()
    name(lead, team=[colleague])
    with acting(colleague):
        assert referrals_for(colleague).count() == 1
