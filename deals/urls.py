"""Addresses of the deals pages, below the tenant."""

from django.urls import URLPattern, URLResolver

app_name = "deals"
urlpatterns: list[URLPattern | URLResolver] = []
