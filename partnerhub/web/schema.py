"""The API's own description: OpenAPI 3.1, and a page to read it."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from partnerhub.web.views import ANY_MEMBER, PortalView


class SchemaView(SpectacularAPIView):
    """The schema as YAML or JSON, for members."""

    permission = ANY_MEMBER

    @classmethod
    def permission_for(cls, method: str, action: str | None) -> str:
        return cls.permission


class DocsView(PortalView):
    """Every operation with its parameters and answers, drawn on the server: no script, nothing from elsewhere."""

    permission = ANY_MEMBER

    def get(self, request: Any) -> Any:
        schema = SchemaGenerator().get_schema(request=None, public=True)
        return self.page("web/api_docs.html", {"schema": schema})
