"""Addresses of the leads pages, below the tenant."""

from django.urls import URLPattern, URLResolver

app_name = "leads"
urlpatterns: list[URLPattern | URLResolver] = []
