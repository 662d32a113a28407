"""Views for theme, language and the tenant's stylesheet, which belong to no app."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from partnerhub.web.addresses import stays_here
from partnerhub.web.colours import brand_css, brand_version
from partnerhub.web.kept import forget_kept
from partnerhub.web.requests import PortalRequest
from partnerhub.web.views import PublicView

YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, default: str = "") -> str:
    """Where to go on: the `next` that came with the request if it stays on this host, else the default (ASVS 3.7.2)."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if target and stays_here(target, request):
        return target
    return default or f"{request.META.get('SCRIPT_NAME', '')}/"


class ThemeView(PublicView):
    """Keeps the choice of light, dark or the system's for this browser."""

    def post(self, request: HttpRequest) -> HttpResponse:
        response = redirect(safe_next(request))
        theme = request.POST.get("theme", "")
        if theme in {"light", "dark"}:
            response.set_cookie("theme", theme, YEAR, secure=settings.IS_HTTPS, samesite="Lax")
        else:
            response.delete_cookie("theme", samesite="Lax")
        return response


class LanguageView(PublicView):
    """Keeps the language: in this browser, and with the person where one is signed in."""

    def post(self, request: PortalRequest) -> HttpResponse:
        response = redirect(safe_next(request))
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, YEAR, secure=settings.IS_HTTPS, samesite="Lax")
            if request.user.is_authenticated:
                request.user.language = language
                request.user.save(update_fields=["language"])
        return response


class ForgetTypedView(PublicView):
    """Throws away what was kept of a form over a sign-in."""

    def post(self, request: HttpRequest) -> HttpResponse:
        forget_kept(request)
        return redirect(safe_next(request))


class BrandView(PublicView):
    """The tenant's colours as a stylesheet; under the address that names their version it never changes."""

    def get(self, request: PortalRequest) -> HttpResponse:
        if request.tenant is None:
            raise Http404
        hue, chroma = request.tenant.brand_hue, request.tenant.brand_chroma
        response = HttpResponse(brand_css(hue, chroma), content_type="text/css")
        is_named = request.GET.get("v") == brand_version(hue, chroma)
        response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_named else "no-cache"
        return response
