"""How the portal configures allauth: no sign-up, redirects stay on this host, mail goes through the queue."""

import secrets
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.links import digest_of
from partnerhub.accounts.models import User
from partnerhub.accounts.requests import VisitorRequest, visitor_of
from partnerhub.accounts.selectors import portal_of, seats_of
from partnerhub.accounts.services.letters import letter_html, post_letter
from partnerhub.tenancy.models import Tenant
from partnerhub.web import stored_secrets
from partnerhub.web.addresses import below_portal, portal_address, stays_here

ACTIONS = {
    "account/email/password_reset_key": _("Choose a new password"),
    "account/email/account_already_exists": _("Choose a new password"),
    "account/email/email_confirmation": _("Confirm this address"),
    "account/email/email_confirmation_signup": _("Confirm this address"),
}
"""What the button of a mail says, by allauth's name of the mail."""

LINKS = ("password_reset_url", "activate_url")
"""What a mail's template calls the links in it; allauth hands them over as paths below the portal."""

HOUSE = "PartnerHub"
DEVICE_COOKIE = "device"
DEVICE_SALT = "partnerhub.accounts.device"
DEVICE_AGE = 365 * 24 * 3600


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Email or password is not correct. Check both and try again."),
        "incorrect_code": _("The code is not correct. Enter the one that your app shows now."),
        "incorrect_password": _("The password is not correct. Try again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again or choose a new password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A seat comes by invitation only."""
        return False

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There are no user names."""

    # Where to go

    def is_safe_url(self, url: str) -> bool:
        """Only this host: another tenant's host is another site to whoever follows a link."""
        return stays_here(url, allauth_context.request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Home for whoever had to change a temporary password (C4), else back to where it was asked for."""
        asked = visitor_of(request)
        if asked.membership is None or getattr(asked.user, "must_change_password", False):
            return landing_url(request)
        return reverse("accounts:security")

    # Mail

    def get_reset_password_from_key_url(self, key: str) -> str:
        """A path below the portal, as for all links in mail: `send_mail` says at which one."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return below_portal(path).replace("UID-KEY", quote(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return below_portal(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def send_account_already_exists_mail(self, email: str) -> None:
        context = {"password_reset_url": below_portal(reverse("account_reset_password"))}
        self.send_mail("account/email/account_already_exists", email, context)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """allauth does not say whom it tells."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail in line, in the person's language. It is sent after the commit, and again until it is taken.

        Brand and links are those of a portal where the person has a seat, else the installation's own: whose host was
        asked has no say. Mails about a second factor are written after the commit, when allauth has forgotten the
        request already.
        """
        request: VisitorRequest = self.request
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        portal = portal_of(person, here=request.tenant)
        language = getattr(person, "language", "") or translation.get_language()
        links = {name: portal_address(portal) + context[name] for name in LINKS if name in context}
        values = {"request": request, "email": email, **context, **links, "tenant": portal}
        with translation.override(language):
            mail = self.render_mail(template_prefix, email, values)
            text, action = str(mail.body), str(ACTIONS.get(template_prefix, _("Go to the portal")))
            html = letter_html(text, subject=mail.subject, tenant=portal, user=person, action=action)
        post_letter(address=email, sender=_sender(portal), subject=mail.subject, text=text, html=html)

    # Limits

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What failed attempts are counted by: the address, apart from each device that has signed in with it before.

        So a stranger who tries passwords shuts out strangers, not the person (OWASP: device cookies; quality 18).
        """
        address = str(credentials.get("email", "")).lower()
        return f"{address}:{_device(request, address)}"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not _device(request, user.email):
            value = signing.dumps([digest_of(user.email), secrets.token_urlsafe(12)], salt=DEVICE_SALT)
            response.set_cookie(
                device_cookie(),
                value,
                max_age=DEVICE_AGE,
                secure=settings.IS_HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response


class PortalMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth comes without types
    """Keeps the secrets of second factors encrypted, so that the database alone gives nobody a code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Turn two-step sign-in off before you change your address, and on again after it."),
        "cannot_delete_authenticator": _("Two-step sign-in stays on: your role needs it."),
        "cannot_generate_recovery_codes": _("Turn two-step sign-in on first. Recovery codes stand in for its app."),
        "incorrect_code": _("The code is not correct. Enter the one that your app shows now."),
        "unverified_email": _("Confirm your address by the link in our mail first. Then turn two-step sign-in on."),
    }

    def encrypt(self, text: str) -> str:
        return stored_secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return stored_secrets.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls the account: the portal at which it was set up."""
        request: VisitorRequest = allauth_context.request
        person = request.user if isinstance(request.user, User) else None
        portal = portal_of(person, here=request.tenant)
        return portal.name if portal else HOUSE


def _sender(portal: Tenant | None) -> str:
    """The portal's name before the installation's address."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((portal.name if portal else HOUSE, address))


def landing_url(request: HttpRequest) -> str:
    """Where a person begins: this portal if they have a seat in it, else their only seat, else the list of them."""
    asked = visitor_of(request)
    seats = seats_of(asked.user) if isinstance(asked.user, User) else []
    if asked.tenant is not None and asked.tenant.pk in {seat.tenant_id for seat in seats}:
        return reverse("home")
    if asked.tenant is None and len(seats) == 1:
        return seats[0].url
    return reverse("accounts:seats")


def device_cookie() -> str:
    return f"__Host-{DEVICE_COOKIE}" if settings.IS_HTTPS else DEVICE_COOKIE


def _device(request: HttpRequest, address: str) -> str:
    """The name of this device, if this person has signed in on it before; else nothing."""
    try:
        owner, device = signing.loads(request.COOKIES.get(device_cookie(), ""), salt=DEVICE_SALT, max_age=DEVICE_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(device) if owner == digest_of(address) else ""
