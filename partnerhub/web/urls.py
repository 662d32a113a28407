"""Addresses that belong to no room: theme, brand."""

from django.urls import path

from partnerhub.web.preferences import BrandView, ThemeView

app_name = "web"
urlpatterns = [
    path("theme/", ThemeView.as_view(), name="theme"),
    path("brand.css", BrandView.as_view(), name="brand"),
]
