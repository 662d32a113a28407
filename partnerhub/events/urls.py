"""Addresses of the events pages, below the tenant."""

from django.urls import path

from partnerhub.events.tables import EventList
from partnerhub.events.views import AuditEventView
from partnerhub.web.lists.pages import list_paths

app_name = "events"
urlpatterns = [
    *list_paths("admin-log/", EventList, "audit"),
    path("admin-log/<uuid:event_id>/", AuditEventView.as_view(), name="event"),
]
