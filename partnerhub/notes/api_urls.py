"""Addresses of the API, below /api/v1/."""

from rest_framework.routers import SimpleRouter

from partnerhub.notes.api import FileViewSet

router = SimpleRouter()
router.register("files", FileViewSet, basename="api-file")
urlpatterns = router.urls
