"""Addresses that belong to no room: theme, brand, what was typed and is not wanted any more."""

from django.urls import path

from partnerhub.web.preferences import BrandView, ForgetTypedView, ThemeView

app_name = "web"
urlpatterns = [
    path("theme/", ThemeView.as_view(), name="theme"),
    path("typed/forget/", ForgetTypedView.as_view(), name="forget-typed"),
    path("brand.css", BrandView.as_view(), name="brand"),
]
