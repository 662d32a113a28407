"""Addresses of the notes pages, below the tenant."""

from django.urls import URLPattern, URLResolver

app_name = "notes"
urlpatterns: list[URLPattern | URLResolver] = []
