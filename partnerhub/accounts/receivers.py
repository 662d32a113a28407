"""What allauth tells of a person's sign-in, and what follows from it here."""

from typing import Any

from allauth.account import signals
from django.dispatch import receiver

from partnerhub.accounts.gates import start_session
from partnerhub.accounts.models import User
from partnerhub.accounts.services.people import index_person


@receiver(signals.user_logged_in)
def begin_session(request: Any, **_: Any) -> None:
    start_session(request)


@receiver([signals.password_changed, signals.password_set, signals.password_reset])
def password_is_own(user: User, **_: Any) -> None:
    """The temporary password is gone (C4). `user` in memory still says so: the adapter asks it where to go next."""
    User.objects.filter(pk=user.pk, must_change_password=True).update(must_change_password=False)


@receiver(signals.email_changed)
def address_has_changed(user: User, **_: Any) -> None:
    index_person(user)
