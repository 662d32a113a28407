"""The platform operators' admin: they open and close portals, and see nothing of what is in them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leads.services.opening import open_portal
from partnerhub.accounts.admin import operators
from partnerhub.tenancy.models import Tenant
from partnerhub.web.fields import AddressField, VisibleField

TYPED = ("slug", "name", "portal_word", "host", "language", "timezone")


class NewTenantForm(forms.ModelForm):
    """A tenant, and who is invited to run it."""

    admin_name = VisibleField(label=_("Programme admin's name"), max_length=150)
    admin_email = AddressField(label=_("Programme admin's email"))

    class Meta:
        model = Tenant
        fields = ("slug", "name", "portal_word", "host", "brand_hue", "brand_chroma", "language", "timezone")
        field_classes = dict.fromkeys(TYPED, VisibleField)


@admin.register(Tenant, site=operators)
class TenantAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "host", "is_active", "created_at")
    search_fields = ("name", "slug", "host")

    def get_form(self, request: HttpRequest, obj: Tenant | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else NewTenantForm

    def save_model(self, request: HttpRequest, obj: Tenant, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        sent = form.cleaned_data
        open_portal(obj, admin_email=sent["admin_email"], admin_name=sent["admin_name"])

    def has_delete_permission(self, request: HttpRequest, obj: Tenant | None = None) -> bool:
        """A portal is closed (is_active), never deleted here."""
        return False
