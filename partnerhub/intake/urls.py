"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.intake.views import links, public
from partnerhub.records.paths import record_paths

app_name = "intake"
urlpatterns = [
    path("programme/intake/", links.LinksPlaceView.as_view(), name="place"),
    path("intake-links/new/", links.NewLinkView.as_view(), name="new"),
    path("intake-links/<uuid:link_id>/code.<str:kind>", links.CodeView.as_view(), name="code"),
    *record_paths("intake-links/", links.LinkView, steps=links.LinkStepView, listing=links.LinksView),
    path("intake/confirm/<str:token>/", public.ConfirmView.as_view(), name="confirm"),
    path("intake/<str:token>/", public.IntakeView.as_view(), name="form"),
    path("objections/<str:token>/", public.ObjectionView.as_view(), name="objection"),
]
