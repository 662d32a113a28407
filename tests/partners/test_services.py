"""The verbs of partners: who may, what is kept, and what two at once come to."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from leads.models import Lead
from partnerhub.accounts.models import Invitation, Membership
from partnerhub.accounts.services import FirstPerson, accept_invitation, enrol_partner, invite_member, resend_invitation
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.partners.selectors import managed_partners, with_words
from partnerhub.partners.services import change_partner, create_partner, lift_suspension, suspend_partner
from partnerhub.tenancy.models import Tenant

Acting = Callable[[Membership], Any]
KONTUR = {
    "name": " Kontur  Retail ",
    "country": "cz",
    "language": "pl",
    "timezone": "Europe/Prague",
    "website": "WWW.Kontur.example.org",
}
HANA = FirstPerson("hana@kontur.example.org", "Hana Mala", ["account-admin", "referrals-admin"])


@pytest.fixture(params=["manager", "programme_admin"])
def keeper(request: pytest.FixtureRequest) -> Membership:
    """Whoever looks after partners."""
    member: Membership = request.getfixturevalue(request.param)
    return member


def reasons_of(refused: Refused) -> list[tuple[str, str]]:
    return [(reason.code, reason.field) for reason in refused.reasons]


def test_a_partner_is_enrolled_with_its_first_person_in_one_step(acting: Acting, keeper: Membership) -> None:
    with acting(keeper):
        partner = enrol_partner(KONTUR, first=HANA, by=keeper)
        kept = Partner.objects.get(pk=partner.pk)
        invitation = Invitation.objects.get(partner=partner)
        event = Event.objects.get(kind="partner.created")

    assert (kept.name, str(kept.country), kept.language) == ("Kontur Retail", "CZ", "pl")
    assert kept.timezone == "Europe/Prague"
    assert (kept.website, kept.name_key, kept.status) == ("https://www.kontur.example.org", "kontur retail", "active")
    assert (invitation.name, invitation.roles) == ("Hana Mala", ["account-admin", "referrals-admin"])
    assert (event.partner_id, event.after["name"], event.actor_id) == (partner.pk, "Kontur Retail", keeper.pk)


def test_who_does_not_look_after_partners_enrols_none(
    acting: Acting, representative: Membership, finance: Membership, admin: Membership
) -> None:
    for member in (representative, finance, admin):
        with acting(member), pytest.raises(NotPermitted):
            create_partner(KONTUR, by=member)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"country": "Poland"}, "country"),
        ({"country": "QQ"}, "country"),
        ({"language": "Polish"}, "language"),
        ({"timezone": "Mars"}, "timezone"),
        ({"website": "localhost"}, "website"),
    ],
)
def test_what_is_one_of_few_is_checked_by_the_verb(
    acting: Acting, manager: Membership, wrong: dict[str, str], field: str
) -> None:
    with acting(manager), pytest.raises(Refused) as refused:
        create_partner(KONTUR | wrong, by=manager)
    assert {reason.field for reason in refused.value.reasons} == {field}


def test_a_name_is_there_once_in_a_tenant_whatever_its_case(
    acting: Acting, manager: Membership, nordwind: Partner, stranger: Membership
) -> None:
    for name in ("Nordwind Retail", "NORDWIND  RÉTAIL"):
        with acting(manager), pytest.raises(Refused) as refused:
            create_partner({"name": name}, by=manager)
        assert reasons_of(refused.value) == [("name_taken", "name")]
    with acting(manager):
        assert create_partner({"name": "Kontur"}, by=manager).name == "Kontur"  # Zenit has one of that name too


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enrol_the_same_name_at_once_one_is_refused(acting: Acting, manager: Membership) -> None:
    start, refused = Barrier(2), []

    def enrol() -> None:
        try:
            start.wait()
            with acting(manager):
                create_partner(KONTUR, by=manager)
        except Refused as error:
            refused.append(error.reasons[0].code)
        finally:
            connection.close()

    threads = [Thread(target=enrol) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["name_taken"]


def test_the_first_person_is_account_admin_or_nothing_is_kept(acting: Acting, manager: Membership) -> None:
    first = FirstPerson("hana@kontur.example.org", "Hana Mala", ["referrals-admin"])
    with acting(manager):
        with pytest.raises(Refused) as refused:
            enrol_partner(KONTUR, first=first, by=manager)
        assert reasons_of(refused.value) == [("first_is_administrator", "roles")]
        assert not Partner.objects.filter(name="Kontur Retail").exists()


def test_a_change_is_an_event_with_before_and_after(acting: Acting, manager: Membership, nordwind: Partner) -> None:
    with acting(manager):
        changed = change_partner(nordwind.pk, {"name": "Nordwind", "country": "DE"}, by=manager, seen=1)
        event = Event.objects.get(kind="partner.changed")
        change_partner(nordwind.pk, {"name": "Nordwind"}, by=manager, seen=2)

    assert changed.version == 2
    assert (event.before, event.after) == ({"name": "Nordwind Retail"}, {"name": "Nordwind"})


def test_an_older_version_changes_nothing(acting: Acting, manager: Membership, nordwind: Partner) -> None:
    with acting(manager):
        change_partner(nordwind.pk, {"country": "PL"}, by=manager)
        with pytest.raises(Stale) as stale:
            change_partner(nordwind.pk, {"country": "CZ"}, by=manager, seen=1)
        for act in (lift_suspension, lambda pk, **rest: suspend_partner(pk, reason="Late", **rest)):
            with pytest.raises(Stale):
                act(nordwind.pk, by=manager, seen=1)
    assert (stale.value.difference, stale.value.who) == ({"country": ("DE", "PL")}, manager.name)


def test_leads_are_sorted_by_the_new_name(
    acting: Acting, manager: Membership, seller: Membership, new_lead: Callable[..., Lead]
) -> None:
    lead = new_lead(seller)
    with acting(manager):
        change_partner(lead.partner_id, {"name": "Ålborg Retail"}, by=manager)
        assert Lead.objects.get(pk=lead.pk).partner_key == "alborg retail"


def test_suspending_wants_a_reason_and_lifting_takes_it_away(
    acting: Acting, keeper: Membership, nordwind: Partner
) -> None:
    with acting(keeper):
        with pytest.raises(Refused) as refused:
            suspend_partner(nordwind.pk, reason=" \u200b", by=keeper)
        assert reasons_of(refused.value) == [("reason_missing", "reason")]
        suspended = suspend_partner(nordwind.pk, reason="Papers are missing.", by=keeper)
        assert (suspended.status, suspended.suspension_reason) == ("suspended", "Papers are missing.")
        assert suspended.status_changed_at is not None
        with pytest.raises(Refused) as twice:
            suspend_partner(nordwind.pk, reason="Again.", by=keeper)
        assert twice.value.allowed == ["lift"]
        lifted = lift_suspension(nordwind.pk, by=keeper)
        assert (lifted.status, lifted.suspension_reason, lifted.version) == ("active", "", 3)
        kinds = list(Event.objects.filter(subject_id=nordwind.pk).order_by("id").values_list("kind", flat=True))
    assert kinds == ["partner.suspended", "partner.lifted"]


def test_nobody_new_comes_to_a_suspended_partner(
    acting: Acting, manager: Membership, nordwind: Partner, acme: Tenant
) -> None:
    with acting(manager):
        invitation = invite_member(email="a@b.example", name="A", roles=["account-admin"], partner=nordwind, by=manager)
        suspend_partner(nordwind.pk, reason="Papers are missing.", by=manager)
        partner = Partner.objects.get(pk=nordwind.pk)
        for act in (
            lambda: invite_member(email="c@d.example", name="C", roles=["account-admin"], partner=partner, by=manager),
            lambda: resend_invitation(invitation, by=manager),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.reasons[0].code == "partner_suspended"
    invitation.partner = partner
    with pytest.raises(Refused) as refused:
        accept_invitation(invitation, tenant=acme, name="A", password="a-good-long-secret")
    assert refused.value.reasons[0].code == "partner_suspended"


def test_a_partner_is_found_by_part_of_its_name_and_by_its_pasted_website(
    acting: Acting, manager: Membership, nordwind: Partner
) -> None:
    with acting(manager):
        partner = create_partner(KONTUR | {"name": "Łódź Kontur"}, by=manager)
        rows = managed_partners(manager)
        for text in ("lodz", "ŁÓDŹ kon", "https://www.kontur.example.org/", "kontur.example"):
            assert list(with_words(rows, text)) == [partner], text


def test_a_partners_people_see_no_partners_at_all(acting: Acting, admin: Membership) -> None:
    with acting(admin):
        assert not managed_partners(admin).exists()


def test_another_tenants_partner_is_not_there(acting: Acting, manager: Membership, stranger: Membership) -> None:
    with acting(manager), pytest.raises(Partner.DoesNotExist):
        suspend_partner(stranger.partner_id, reason="No.", by=manager)  # type: ignore[arg-type]  # has one
