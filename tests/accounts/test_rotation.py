"""The drill: SECRET_KEY is changed in three steps, and nobody with a second factor or a mailed link is locked out."""

import re
import time
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import Fernet
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from notifications.services.tokens import confirmation_path, unsubscribe_path
from partnerhub.accounts.links import invitation_path
from partnerhub.accounts.models import Invitation, Letter, Membership
from partnerhub.accounts.services import invite_member
from partnerhub.accounts.services import stored_secrets as carrying
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from partnerhub.web import stored_secrets
from tests.accounts.conftest import new_browser, sign_in, text_of

pytestmark = pytest.mark.django_db
NEW = "another key, as long as it needs to be"
OWN = ("2026", "a key of its own for what is stored, long enough")
Acting = Callable[[Membership], Any]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def secret(seller: Membership) -> str:
    """Maren's second factor, with recovery codes."""
    made: str = generate_totp_secret()
    TOTP.activate(seller.user, made)
    RecoveryCodes.activate(seller.user)
    return made


@pytest.fixture(autouse=True)
def later() -> Iterator[Callable[[], None]]:
    """The clock stands still, so that a code is as good when it arrives; each call goes on to the next code."""
    with time_machine.travel(time.time(), tick=False) as clock:
        yield lambda: clock.shift(31)


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def signs_in(person: Membership, code: str) -> bool:
    browser = new_browser()
    assert sign_in(browser, person.email)["Location"].endswith("/2fa/authenticate/")
    browser.post("/acme/accounts/2fa/authenticate/", {"code": code})
    return bool(browser.get("/acme/").status_code == 200)


def run() -> str:
    out = StringIO()
    call_command("reencrypt_secrets", stdout=out)
    return out.getvalue().strip()


def test_the_drill(
    settings: Any, acting: Acting, admin: Membership, nordwind: Partner, seller: Membership, secret: str,
    later: Callable[[], None],
) -> None:  # fmt: skip
    codes = Authenticator.objects.get(user=seller.user, type="recovery_codes").wrap().get_unused_codes()
    with acting(admin):
        invited = invite_member(email="j@n.example", name="J", roles=["referrals-user"], partner=nordwind, by=admin)
        mailed = invitation_path(invited.pk)
    stop, old = unsubscribe_path(seller.pk, "lead-status"), settings.SECRET_KEY
    assert signs_in(seller, code_of(secret))

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [old]
    later()
    assert signs_in(seller, code_of(secret))
    assert run() == "2 re-encrypted, 0 current already, 0 unreadable"
    assert run() == "0 re-encrypted, 2 current already, 0 unreadable"
    assert new_browser().get(f"/acme{stop}").status_code == 200

    settings.SECRET_KEY_FALLBACKS = []
    later()
    assert signs_in(seller, code_of(secret))
    later()
    assert signs_in(seller, codes[0])
    assert new_browser().get(f"/acme{mailed}").status_code == 200
    over = new_browser().get(f"/acme{stop}")
    assert over.status_code == 404
    assert "This link no longer works" in text_of(over)
    assert "/acme/settings/communication/" in over.content.decode()


def test_with_a_key_of_its_own_nothing_hangs_on_the_secret_key(
    settings: Any, seller: Membership, acme: Tenant, secret: str, later: Callable[[], None]
) -> None:
    settings.STORED_SECRETS_KEYS = [OWN]
    assert run() == "2 re-encrypted, 0 current already, 0 unreadable"
    assert all(row.data.get("secret", row.data.get("seed")).startswith("2026:") for row in Authenticator.objects.all())
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(preferences={"proposed_email": "o@n.example"})
    links = [unsubscribe_path(seller.pk, "lead-status"), confirmation_path(str(seller.pk), "o@n.example")]

    settings.SECRET_KEY = NEW
    later()
    assert signs_in(seller, code_of(secret))
    browser = Client(headers={"host": "localhost"})
    browser.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    assert [browser.get(f"/acme{link}").status_code for link in links] == [200, 200]


def test_a_key_of_its_own_is_replaced_in_the_same_steps(settings: Any, seller: Membership, secret: str) -> None:
    settings.STORED_SECRETS_KEYS = [OWN]
    run()
    settings.STORED_SECRETS_KEYS = [("2027", NEW), OWN]
    assert run() == "2 re-encrypted, 0 current already, 0 unreadable"
    settings.STORED_SECRETS_KEYS = [("2027", NEW)]
    assert signs_in(seller, code_of(secret))


def test_what_was_stored_without_a_name_is_read_and_carried_over(seller: Membership, secret: str) -> None:
    """As it stood before values named their key."""
    row = Authenticator.objects.get(user=seller.user, type="totp")
    former = stored_secrets.keys()[0].box.encrypt(secret.encode()).decode()
    row.data["secret"] = former
    row.data["migrated_codes"] = [former]
    row.save()
    assert signs_in(seller, code_of(secret))
    assert run() == "1 re-encrypted, 1 current already, 0 unreadable"
    row.refresh_from_db()
    assert stored_secrets.decrypt(row.data["secret"]) == secret
    assert stored_secrets.is_current(row.data["migrated_codes"][0])


def test_a_key_that_is_gone_is_told_and_is_no_error(
    settings: Any, seller: Membership, secret: str, client_of: Callable[[Membership], Client]
) -> None:
    settings.SECRET_KEY = NEW
    browser = new_browser()
    sign_in(browser, seller.email)
    answer = browser.post("/acme/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.status_code == 200
    assert "Ask whoever runs the portal" in text_of(answer)
    inside = client_of(seller)
    assert inside.get("/acme/settings/security/").status_code == 200
    page = inside.get("/acme/accounts/2fa/")
    assert (page.status_code, "Ask whoever runs the portal" in text_of(page)) == (409, True)
    with pytest.raises(CommandError, match="not known here"):
        run()


def test_it_goes_on_where_it_was_stopped(
    settings: Any, seller: Membership, colleague: Membership, admin: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    for member in (seller, colleague, admin):
        TOTP.activate(member.user, generate_totp_secret())
    settings.STORED_SECRETS_KEYS = [OWN]
    monkeypatch.setattr(carrying, "SECRETS_CARRIED", 1)
    first = Authenticator.objects.order_by("pk").first()
    assert first
    carrying._carry_over(0)  # one batch, and then the process ended
    assert run() == "2 re-encrypted, 1 current already, 0 unreadable"


def test_an_invitation_whose_key_is_gone_still_opens_and_can_be_sent_again(
    settings: Any, acting: Acting, acme: Tenant, admin: Membership, nordwind: Partner,
    client_of: Callable[[Membership], Client],
) -> None:  # fmt: skip
    with acting(admin):
        invited = invite_member(email="j@n.example", name="J", roles=["referrals-user"], partner=nordwind, by=admin)
        mailed = invitation_path(invited.pk)
    settings.SECRET_KEY = NEW
    assert new_browser().get(f"/acme{mailed}").status_code == 200
    with tenant_scope(acme):
        assert invitation_path(invited.pk) == ""
    answer = client_of(admin).post(f"/acme/settings/invitations/{invited.pk}/resend/")
    assert answer.status_code == 302
    with tenant_scope(acme):
        again = invitation_path(invited.pk)
        assert Invitation.objects.get(pk=invited.pk).token_digest
    assert again
    assert again != mailed
    assert new_browser().get(f"/acme{again}").status_code == 200


def test_mailed_links_of_a_sign_in_are_refused_in_words(settings: Any, seller: Membership) -> None:
    new_browser().post("/acme/accounts/password/reset/", {"email": seller.email})
    (path,) = re.findall(r"https?://[^/]+(/\S+)", Letter.objects.get().text)
    settings.SECRET_KEY = NEW
    page = new_browser().get(path, follow=True)
    assert page.status_code == 200
    assert "/acme/accounts/password/reset/" in page.content.decode()


FOREIGN = Fernet(Fernet.generate_key()).encrypt(b"x")
"""Encrypted with a key that is not ours."""


@pytest.mark.parametrize(
    "value", ["", "2026:", "nobody:gAAA", "gAAAA", FOREIGN], ids=["empty", "no-token", "no-key", "cut", "foreign"]
)
def test_what_no_key_opens_is_unreadable(value: Any) -> None:
    with pytest.raises(stored_secrets.SecretUnreadable):
        stored_secrets.decrypt(value if isinstance(value, str) else value.decode())
