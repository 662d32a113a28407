"""How allauth meets the portal: nobody signs up by themselves, and back addresses stay on our own hosts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class PortalAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A seat comes by invitation only."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""
