"""Addresses of runs, below the tenant."""

from django.urls import path

from partnerhub.bulk import views

app_name = "bulk"
urlpatterns = [
    path("bulk/<uuid:id>/", views.RunView.as_view(), name="run"),
    path("bulk/<uuid:id>/undo/", views.UndoRunView.as_view(), name="undo"),
    path("bulk/<uuid:id>/stop/", views.StopView.as_view(), name="stop"),
]
