"""Addresses of the API, below /api/v1/."""

from django.urls import path

from partnerhub.ranking.api import OwnScoreAPI, RankingAPI

urlpatterns = [
    path("ranking/", RankingAPI.as_view({"get": "list"}), name="api-ranking"),
    path("partners/<uuid:partner_id>/score/", RankingAPI.as_view({"get": "retrieve"}), name="api-partner-score"),
    path("profile/score/", OwnScoreAPI.as_view({"get": "retrieve"}), name="api-own-score"),
]
