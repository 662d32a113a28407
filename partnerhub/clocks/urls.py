"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.clocks.views import AllDueTimesView, DueTimesView

app_name = "clocks"
urlpatterns = [
    path("programme/due-times/", AllDueTimesView.as_view(), name="due-times"),
    path("programme/due-times/<uuid:program_id>/", DueTimesView.as_view(), name="program"),
]
