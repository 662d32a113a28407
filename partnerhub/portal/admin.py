"""The platform operators' admin: they open and close portals, and see nothing of what is in them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.models import Invitation
from partnerhub.accounts.selectors import first_invitation, has_people
from partnerhub.accounts.services import invite_first_admin_again
from partnerhub.errors import Refused
from partnerhub.portal.operators import operators
from partnerhub.portal.services import open_portal
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.web.fields import AddressField, VisibleField

PORTAL_FIELDS = ("slug", "name", "portal_word", "host")


class TenantForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no arguments when it runs
    """What an operator sets of a portal."""

    support_email = AddressField(
        label=_("Support address"), help_text=_("Where people of this portal ask for help: pages and mails name it.")
    )
    second_factor_roles = forms.MultipleChoiceField(
        label=_("Roles that need two-step sign-in"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With none chosen, a new portal asks its administrators for one."),
    )

    class Meta:
        model = Tenant
        fields: tuple[str, ...] = (
            *("slug", "name", "portal_word", "host", "brand_hue", "brand_chroma", "language", "timezone"),
            *("support_email", "postal_address", "second_factor_roles", "is_active"),
        )
        field_classes = dict.fromkeys((*PORTAL_FIELDS, "postal_address"), VisibleField)


class NewTenantForm(TenantForm):
    """A new portal, and who is invited to run it."""

    admin_name = VisibleField(label=_("Programme admin's name"), max_length=150)
    admin_email = AddressField(label=_("Programme admin's email"))

    class Meta(TenantForm.Meta):
        fields = tuple(name for name in TenantForm.Meta.fields if name != "is_active")


class WaitingTenantForm(TenantForm):
    """A portal that nobody has entered yet: its first invitation can be sent again, to another address too."""

    admin_name = VisibleField(label=_("Programme admin's name"), max_length=150)
    admin_email = AddressField(label=_("Programme admin's email"))
    send_again = forms.BooleanField(
        label=_("Send the first invitation again"),
        required=False,
        help_text=_("With a new link, good for 7 days. The former link stops working."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if invitation := first_invitation(self.instance):
            self.initial = {**self.initial, "admin_name": invitation.name, "admin_email": invitation.email}


@admin.register(Tenant, site=operators)
class TenantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # takes no arguments when it runs
    list_display = ("name", "slug", "host", "is_active", "created_at")
    search_fields = ("name", "slug", "host")
    readonly_fields = ("first_invitation",)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"title": _now("Portals"), **(extra_context or {})})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        return super().add_view(request, form_url, {"title": _now("Open a portal"), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        return super().change_view(request, object_id, form_url, {"title": _now("Portal"), **(extra_context or {})})

    def get_form(self, request: HttpRequest, obj: Tenant | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            return NewTenantForm
        kwargs["form"] = TenantForm if has_people(obj) else WaitingTenantForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Tenant | None = None) -> Any:
        if obj is None:
            return list(NewTenantForm.base_fields)
        form = TenantForm if has_people(obj) else WaitingTenantForm
        return [*form.base_fields, "first_invitation"]

    def get_readonly_fields(self, request: HttpRequest, obj: Tenant | None = None) -> Any:
        return self.readonly_fields if obj else ()

    @admin.display(description=_("First invitation"))
    def first_invitation(self, obj: Tenant) -> str:
        """How the invitation of the first Programme admin stands."""
        invitation = first_invitation(obj)
        return _state(invitation) if invitation else _now("Nobody is invited.")

    def save_model(self, request: HttpRequest, obj: Tenant, form: Any, change: bool) -> None:
        sent = form.cleaned_data
        if not change:
            open_portal(obj, admin_email=sent["admin_email"], admin_name=sent["admin_name"])
            return
        super().save_model(request, obj, form, change)
        if sent.get("send_again"):
            self._send_again(request, obj, email=sent["admin_email"], name=sent["admin_name"])

    def _send_again(self, request: HttpRequest, obj: Tenant, *, email: str, name: str) -> None:
        try:
            invite_first_admin_again(obj, email=email, name=name)
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, str(reason.text))
        else:
            messages.success(request, _now("%(email)s gets a new link that works for 7 days.") % {"email": email})

    def has_delete_permission(self, request: HttpRequest, obj: Tenant | None = None) -> bool:
        """A portal is closed (is_active), never deleted here."""
        return False


def _state(invitation: Invitation) -> str:
    """Where the invitation stands, in a sentence, in the time of the installation."""
    words = {
        "email": invitation.email,
        "sent": _moment(invitation.sent_at),
        "until": _moment(invitation.expires_at),
        "accepted": _moment(invitation.accepted_at),
    }
    if invitation.accepted_at:
        return _now("%(email)s accepted it on %(accepted)s.") % words
    if invitation.is_open:
        return _now("Sent to %(email)s on %(sent)s. The link works until %(until)s.") % words
    return _now("Sent to %(email)s on %(sent)s. The link has expired: send it again.") % words


def _moment(at: Any) -> str:
    return date_format(localtime(at), "j M Y, H:i") if at else ""
