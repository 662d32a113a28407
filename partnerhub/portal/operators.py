"""Who may enter the platform operators' admin: staff with a second factor, through the ordinary sign-in."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class OperatorsSite(admin.AdminSite):
    site_header = site_title = "PartnerHub"
    index_title = _("Portals")
    site_url = None  # at the bare host there is no portal to look at

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and only with a second factor set up: this opens and closes whole portals."""
        return super().has_permission(request) and is_mfa_enabled(request.user)


operators = OperatorsSite(name="admin")
operators.login = secure_admin_login(operators.login)  # type: ignore[method-assign]  # as allauth documents it
