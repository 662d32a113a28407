"""The owner of the store: no account, no scripts, another language; the link is all they have."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now
from time_machine import travel

from leads.models import Lead
from partnerhub.accounts.models import Membership
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.upgrades.models import UpgradeInvitation
from partnerhub.upgrades.selectors import link_of
from partnerhub.upgrades.services import publish_terms, send_invitation, withdraw
from partnerhub.upgrades.states import Status
from partnerhub.upgrades.views import OWNER_POSTS_A_MINUTE


@pytest.fixture
def owner() -> Client:
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


@pytest.fixture
def status(acme: Tenant) -> Any:
    def now() -> str:
        with tenant_scope(acme):
            return UpgradeInvitation.objects.get().status

    return now


def test_they_read_the_terms_and_agree(owner: Client, link: str, status: Any) -> None:
    assert owner.get(link).status_code == 200
    assert owner.head(link).status_code == 200
    assert status() == Status.SENT  # a scanner of mail opens every link
    assert owner.post(link, {"act": "read"}).status_code == 302
    assert status() == Status.OPENED
    page = owner.get(link).content.decode()
    assert '<p class="prose" lang="pl">Płacisz co miesiąc.</p>' in page
    assert '<html lang="pl"' in page
    assert owner.post(link, {"act": "agree", "name": "Ola Nordmann", "agree": "on"}).status_code == 302
    assert status() == Status.AGREED
    assert "Ola Nordmann" in owner.get(link).content.decode()


@pytest.mark.parametrize("sent", [{"name": "Ola"}, {"agree": "on"}, {}])
def test_without_name_or_tick_nothing_is_agreed(owner: Client, link: str, status: Any, sent: dict[str, str]) -> None:
    owner.post(link, {"act": "read"})
    answer = owner.post(link, {"act": "agree", **sent})
    assert (answer.status_code, status()) == (422, Status.OPENED)
    assert sent.get("name", "") in answer.content.decode()


@pytest.mark.parametrize("act", ["", "activate", "withdraw", "expire"])
def test_the_link_is_for_its_own_steps(owner: Client, link: str, status: Any, act: str) -> None:
    owner.post(link, {"act": act})
    assert status() == Status.SENT


def test_one_decision_ends_it(owner: Client, link: str, status: Any) -> None:
    assert owner.post(link, {"act": "decline"}).status_code == 302
    assert status() == Status.DECLINED
    again = owner.post(link, {"act": "agree", "name": "Ola", "agree": "on"})
    assert (again.status_code, status()) == (409, Status.DECLINED)


def test_terms_that_are_not_in_the_owners_language_say_in_which_they_are(
    owner: Client, merchant: Lead, acting: Any, programme_admin: Membership, seller: Membership
) -> None:
    with acting(programme_admin):
        publish_terms({"en": "You pay monthly."}, by=programme_admin)
    with acting(seller):
        link = f"/acme{link_of(send_invitation(merchant.pk, language='pl', by=seller).pk)}"
    owner.post(link, {"act": "read"})
    page = owner.get(link).content.decode()
    assert '<html lang="pl"' in page
    assert '<p class="prose" lang="en">You pay monthly.</p>' in page


def test_expired_the_link_says_so_with_its_time_and_whom_to_ask(
    owner: Client, link: str, acme: Tenant, invited: UpgradeInvitation
) -> None:
    with tenant_scope(acme):
        UpgradeInvitation.objects.update(language="en")
    with travel(invited.expires_at + timedelta(minutes=1), tick=True):  # the clock has not come by yet
        answer = owner.get(link)
        assert owner.post(link, {"act": "read"}).status_code == 410
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "has expired: it could be answered until" in page
    assert "ask Nordwind Retail for a new invitation" in page


def test_delayed_the_page_does_not_promise_a_time_that_is_over(
    owner: Client, link: str, acme: Tenant, invited: UpgradeInvitation
) -> None:
    owner.post(link, {"act": "agree", "name": "Ola Nordmann", "agree": "on"})
    with tenant_scope(acme):
        UpgradeInvitation.objects.update(language="en")
    assert "is upgraded by" in owner.get(link).content.decode()
    with travel(now() + timedelta(hours=25), tick=True):
        page = owner.get(link).content.decode()
    assert "The upgrade is delayed" in page
    assert "is upgraded by" not in page


def test_withdrawn_the_link_is_over(
    owner: Client, link: str, invited: UpgradeInvitation, acting: Any, manager: Membership
) -> None:
    with acting(manager):
        withdraw(invited.pk, text="No more.", by=manager)
        UpgradeInvitation.objects.update(language="en")
    answer = owner.get(link)
    assert answer.status_code == 410
    assert "the invitation was withdrawn" in answer.content.decode()
    assert "No more." not in answer.content.decode()


def test_a_link_is_of_one_tenant_and_not_made_up(owner: Client, link: str, rival_tenant: Tenant) -> None:
    token = re.search(r"/invitations/([^/]+)/", link)
    assert token is not None
    for address in (f"/zenit/invitations/{token[1]}/", f"/acme/invitations/{token[1]}x/", "/acme/invitations/x/"):
        assert owner.get(address).status_code == 404
        assert owner.post(address, {"act": "decline"}).status_code == 404


def test_the_address_is_kept_by_nobody(owner: Client, link: str) -> None:
    answer = owner.get(link)
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "no-store")
    assert answer["X-Robots-Tag"] == "noindex"


def test_who_answers_too_often_waits_and_nothing_changes(owner: Client, link: str, status: Any) -> None:
    cache.clear()
    answers = [owner.post(link, {"act": "nonsense"}) for _number in range(2 * OWNER_POSTS_A_MINUTE + 1)]
    late = [answer for answer in answers if answer.status_code == 429]
    assert late  # two windows of a minute at most hold them
    assert late[0]["Retry-After"] == "60"
    assert "Twojej sieci przyszło zbyt wiele odpowiedzi." in late[0].content.decode()  # in the owner's language
    assert status() == Status.SENT


def test_who_agrees_too_often_finds_the_name_that_was_typed(owner: Client, link: str, status: Any) -> None:
    cache.clear()
    owner.post(link, {"act": "read"})
    typed = {"act": "agree", "name": "Zofia <Lis>"}
    answers = [owner.post(link, typed) for _number in range(2 * OWNER_POSTS_A_MINUTE + 1)]
    late = next(answer for answer in answers if answer.status_code == 429)
    assert 'value="Zofia &lt;Lis&gt;"' in late.content.decode()
    assert status() == Status.OPENED
