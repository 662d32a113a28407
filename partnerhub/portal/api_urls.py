"""The API's addresses that span all apps."""

from django.urls import path

from partnerhub.portal.api import SearchViewSet

urlpatterns = [path("search/", SearchViewSet.as_view({"get": "list"}), name="api-search")]
