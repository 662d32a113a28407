"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.calendars.views import CalendarView

app_name = "calendars"
urlpatterns = [path("programme/calendar/", CalendarView.as_view(), name="calendar")]
