"""Mail to addresses that nobody confirmed: limits of its own, told with the time when it is possible again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from notifications.services.preferences import choose_address
from partnerhub.accounts.models import Invitation, Membership, StrangerMail
from partnerhub.accounts.services import invite_member, resend_invitation, revoke_invitation, strangers
from partnerhub.accounts.services.strangers import ADDRESS_A_DAY
from partnerhub.accounts.services.sweeping import sweep_expired
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.web.formats import moment_text

NELE = "Nele.Neu@nordwind.example.org"


@pytest.fixture
def invite(nordwind: Partner, admin: Membership) -> Any:
    def send(email: str = NELE) -> Invitation:
        return invite_member(email=email, name="Nele", roles=[Role.REFERRALS_USER], partner=nordwind, by=admin)

    return send


def told(refused: Any) -> tuple[str, str]:
    (reason,) = refused.value.reasons
    return reason.code, str(reason.text)


def test_an_address_gets_a_few_mails_a_day_however_they_are_sent(acting: Any, admin: Membership, invite: Any) -> None:
    with acting(admin):
        invitation = invite()
        for _number in range(ADDRESS_A_DAY - 2):
            resend_invitation(invitation, by=admin)
        revoke_invitation(invitation, by=admin)
        again = invite(NELE.upper())
        with pytest.raises(Refused) as refused:
            resend_invitation(again, by=admin)
        since = StrangerMail.objects.get(address=NELE.lower()).since
        code, text = told(refused)
        assert code == "too_many_to_address"
        assert f"The next one can be sent after {moment_text(since + timedelta(days=1))}." in text
        assert Event.objects.filter(kind="member.invited").count() == ADDRESS_A_DAY
        invite("other@nordwind.example.org")


def test_after_a_day_it_is_possible_again(acting: Any, admin: Membership, invite: Any) -> None:
    with acting(admin):
        invitation = invite()
        StrangerMail.objects.update(number=ADDRESS_A_DAY, since=now() - timedelta(hours=23, minutes=59))
        with pytest.raises(Refused):
            resend_invitation(invitation, by=admin)
        StrangerMail.objects.update(since=now() - timedelta(hours=24, minutes=1))
        resend_invitation(invitation, by=admin)
        assert StrangerMail.objects.get(address=NELE.lower()).number == 1


def test_a_tenant_has_a_limit_of_its_own(
    acting: Any, admin: Membership, stranger: Membership, invite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "TENANT_A_DAY", 2)
    with acting(admin):
        invite("one@example.org")
        invite("two@example.org")
        with pytest.raises(Refused) as refused:
            invite("three@example.org")
        assert told(refused)[0] == "too_many_today"
        assert not Invitation.objects.filter(email="three@example.org").exists()
    with acting(stranger):
        strangers.allow_mail_to_stranger("one@example.org")


def test_a_preferred_email_counts_as_well(acting: Any, seller: Membership, admin: Membership, invite: Any) -> None:
    with acting(admin):
        invite()
        StrangerMail.objects.filter(address=NELE.lower()).update(number=ADDRESS_A_DAY)
    with acting(seller), pytest.raises(Refused) as refused:
        choose_address(seller, NELE, by=seller, language="en")
    assert told(refused)[0] == "too_many_to_address"


def test_what_was_counted_is_forgotten_after_a_day(acting: Any, admin: Membership, invite: Any) -> None:
    with acting(admin):
        invite()
    assert sweep_expired() == 0
    with acting(admin):
        StrangerMail.objects.update(since=now() - timedelta(days=2))
    assert sweep_expired() == 2


def test_the_page_says_when(client_of: Any, acting: Any, admin: Membership, invite: Any) -> None:
    with acting(admin):
        invitation = invite()
        StrangerMail.objects.filter(address=NELE.lower()).update(number=ADDRESS_A_DAY)
    answer = client_of(admin).post(f"/acme/settings/invitations/{invitation.pk}/resend/", follow=True)
    assert "The next one can be sent after" in answer.content.decode()
