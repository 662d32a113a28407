"""The one address of the live stream, below the tenant's."""

from django.urls import path

from partnerhub.live.views import LiveView

app_name = "live"
urlpatterns = [path("live/", LiveView.as_view(), name="stream")]
