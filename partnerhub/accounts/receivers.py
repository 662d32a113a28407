"""Receivers of allauth's signals about a person's sign-in."""

from allauth.account import signals
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from allauth.usersessions.signals import on_user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver

from partnerhub.accounts.limits import begin
from partnerhub.accounts.models import User
from partnerhub.accounts.requests import VisitorRequest
from partnerhub.accounts.second_factor import spend_code
from partnerhub.accounts.services.people import index_person

# allauth's own receiver looks at each of the person's sessions at every sign-in.
signals.user_logged_in.disconnect(on_user_logged_in)


@receiver(signals.user_logged_in)
def begin_session(request: VisitorRequest, **_: object) -> None:
    """List the session among the person's, without those that have ended meanwhile: one statement for all."""
    begin(request.session)
    UserSession.objects.create_from_request(request)
    UserSession.objects.filter(user=request.user).exclude(session_key__in=Session.objects.values("pk")).delete()


@receiver([signals.password_changed, signals.password_set, signals.password_reset])
def password_is_own(user: User, **_: object) -> None:
    """The temporary password is gone (C4). `user` in memory still says so: the adapter asks it where to go next."""
    User.objects.filter(pk=user.pk, must_change_password=True).update(must_change_password=False)


@receiver(authenticator_added)
def code_of_setting_up_is_spent(request: VisitorRequest, authenticator: Authenticator, **_: object) -> None:
    """The code that switched two-step sign-in on does not sign in again."""
    if authenticator.type == Authenticator.Type.TOTP:
        spend_code(authenticator, request.POST.get("code", ""))


@receiver(signals.email_changed)
def address_has_changed(user: User, **_: object) -> None:
    index_person(user)
