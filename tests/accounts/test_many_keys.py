"""Invitations and tokens, many at once: by page without scripts and by API, with a result for each."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from partnerhub.accounts.models import ApiToken, Invitation, Membership
from partnerhub.accounts.services import invite_member, revoke_invitation, revoke_token
from partnerhub.accounts.services.many_keys import resend_invitations, revoke_tokens
from partnerhub.events.models import Event
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call

Browser = Callable[[Membership], Client]
INVITATIONS, TOKENS = "/acme/settings/invitations/", "/acme/settings/tokens/"


@pytest.fixture
def invited(acting: Any, admin: Membership, nordwind: Partner) -> list[Invitation]:
    with acting(admin):
        return [
            invite_member(
                email=f"{name}@example.org", name=name, roles=[Role.REFERRALS_USER], partner=nordwind, by=admin
            )
            for name in ("one", "two", "three")
        ]


@pytest.fixture
def tokens(acme: Tenant, admin: Membership) -> list[ApiToken]:
    with tenant_scope(acme):
        return [
            ApiToken.objects.create(
                partner_id=admin.partner_id,
                membership=admin,
                created_by=admin,
                name=name,
                prefix="phub_abc",
                digest=name,
                scopes=[],
                expires_at=now() + timedelta(days=30),
            )
            for name in ("nightly", "weekly")
        ]


def marks(page: str) -> list[str]:
    return re.findall(r'name="row" value="([^"]+)"', page)


def told(page: str) -> list[str]:
    return re.findall(r"<small>([^<]+)</small>", page.partition('class="results"')[2].partition("</ol>")[0])


def events(tenant: Tenant, kind: str) -> int:
    with tenant_scope(tenant):
        return Event.objects.filter(kind=kind).count()


def test_selected_invitations_are_sent_again_and_one_revoked_meanwhile_says_so(
    invited: list[Invitation], admin: Membership, client_of: Browser, acting: Any, acme: Tenant
) -> None:
    client = client_of(admin)
    chosen = marks(client.get(INVITATIONS).content.decode())
    assert {mark.partition(":")[0] for mark in chosen} == {str(one.pk) for one in invited}
    asked = client.post(f"{INVITATIONS}bulk/resend/", {"row": chosen}).content.decode()
    assert "The old links stop working." in asked
    assert marks(asked) == chosen
    with acting(admin):
        revoke_invitation(invited[0], by=admin)
    done = client.post(f"{INVITATIONS}bulk/resend/", {"row": chosen, "confirmed": "1"}, follow=True).content.decode()
    assert "2 invitations are sent again." in done
    assert told(done) == ["This invitation was used or revoked meanwhile."]
    assert events(acme, "member.invited") == 5
    with tenant_scope(acme):
        fresh = {one.pk: one.token_digest for one in Invitation.objects.all()}
    assert [fresh[one.pk] != one.token_digest for one in invited] == [False, True, True]


def test_all_that_match_are_revoked_over_the_api_and_nobody_elses(
    invited: list[Invitation], admin: Membership, rival: Membership, call: Call, acme: Tenant
) -> None:
    answer = call(admin).post("invitations/bulk/revoke/", {"filter": {"state": "open"}})
    assert answer.status_code == 200, answer.content
    assert [row["ok"] for row in answer.json()["results"]] == [True] * 3
    assert events(acme, "member.invitation_revoked") == 3
    again = call(admin).post("invitations/bulk/revoke/", {"rows": [{"id": str(invited[0].pk)}]})
    assert again.json()["results"][0]["problem"]["detail"] == "This invitation was used or revoked meanwhile."


def test_selected_tokens_are_revoked_and_revoked_ones_say_so(
    tokens: list[ApiToken], admin: Membership, client_of: Browser, call: Call, acting: Any, acme: Tenant
) -> None:
    with acting(admin):
        revoke_token(tokens[0], by=admin)
    client = client_of(admin)
    chosen = marks(client.get(TOKENS).content.decode())
    done = client.post(f"{TOKENS}bulk/revoke/", {"row": chosen, "confirmed": "1"}, follow=True).content.decode()
    assert "1 token is revoked." in done
    assert told(done) == ["This token is revoked already."]
    with tenant_scope(acme):
        assert not ApiToken.objects.filter(revoked_at=None).exists()
    answer = call(admin).post("tokens/bulk/revoke/", {"rows": [{"id": str(one.pk)} for one in tokens]})
    assert [row["problem"]["detail"] for row in answer.json()["results"]] == ["This token is revoked already."] * 2


def test_another_partners_are_not_there(
    invited: list[Invitation], tokens: list[ApiToken], manager: Membership, acting: Any, acme: Tenant, rival: Membership
) -> None:
    with acting(rival):
        found = resend_invitations({one.pk: None for one in invited}, by=rival)
        ended = revoke_tokens({one.pk: None for one in tokens}, by=rival)
    assert {reason.code for result in [*found.values(), *ended.values()] for reason in result.reasons} == {"gone"}
    assert events(acme, "token.revoked") == 0
