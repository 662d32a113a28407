"""Addresses of the pages, below the tenant."""

from partnerhub.records.paths import record_paths
from partnerhub.solutions.views import NewSolutionView, SolutionPage, SolutionsView

app_name = "solutions"
urlpatterns = record_paths("profile/solutions/", SolutionPage, listing=SolutionsView, new=NewSolutionView)
