"""Addresses of the pages, below the tenant."""

from django.urls import path

from partnerhub.ranking.views import OwnScoreView, RankingView

app_name = "ranking"
urlpatterns = [
    path("partners/ranking/", RankingView.as_view(), name="ranking"),
    path("profile/score/", OwnScoreView.as_view(), name="own-score"),
]
