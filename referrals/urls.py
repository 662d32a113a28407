"""Addresses of the referrals pages, below the tenant."""

from django.urls import URLPattern, URLResolver

app_name = "referrals"
urlpatterns: list[URLPattern | URLResolver] = []
