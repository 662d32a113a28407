"""Addresses of the events pages, below the tenant."""

from django.urls import path

from partnerhub.events.views import AuditEventView, AuditLogView

app_name = "events"
urlpatterns = [
    path("admin-log/", AuditLogView.as_view(), name="audit"),
    path("admin-log/<uuid:event_id>/", AuditEventView.as_view(), name="event"),
]
