"""What every page of the portal shows around its own matter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from partnerhub.accounts.selectors import recent_items
from partnerhub.live.views import live_address
from partnerhub.portal.navigation import navigation_for
from partnerhub.web.kept import kept_for


def portal(request: HttpRequest) -> dict[str, Any]:
    """Tenant, seat, navigation, recent items, theme and languages for the base templates; asked for only when drawn."""
    membership = getattr(request, "membership", None)
    return {
        "tenant": getattr(request, "tenant", None),
        "membership": membership,
        "navigation": SimpleLazyObject(lambda: navigation_for(membership, request.path_info)) if membership else [],
        "recent_items": SimpleLazyObject(lambda: recent_items(membership)) if membership else [],
        "live_url": SimpleLazyObject(lambda: live_address(request)) if membership else "",
        "theme": request.COOKIES.get("theme") if request.COOKIES.get("theme") in {"light", "dark"} else "auto",
        "languages": settings.LANGUAGES,
        "kept": SimpleLazyObject(lambda: kept_for(request)) if request.method == "GET" else None,
    }
