"""Addresses of the pages, below the tenant."""

from partnerhub.records.paths import record_paths
from partnerhub.solutions.views import NewSolutionView, SolutionsView, SolutionView

app_name = "solutions"
urlpatterns = record_paths("profile/solutions/", SolutionView, listing=SolutionsView, new=NewSolutionView)
