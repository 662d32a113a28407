"""The addresses of the installation: its hosts, its administration, its live streams."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from partnerhub.environment import number, text, words

PUBLIC_URL = text("PUBLIC_URL")
public = urlsplit(PUBLIC_URL)
IS_HTTPS = public.scheme == "https"
if public.scheme not in {"http", "https"} or not public.hostname:
    raise ImproperlyConfigured(f"PUBLIC_URL is not an address: {PUBLIC_URL}")
if not IS_HTTPS and public.hostname not in {"127.0.0.1", "localhost", "::1"}:
    raise ImproperlyConfigured("PUBLIC_URL has to be https, except on 127.0.0.1 and localhost.")
PUBLIC_HOST = f"[{public.hostname}]" if ":" in public.hostname else public.hostname
SHARED_HOSTS = {PUBLIC_HOST, *words("SHARED_HOSTS")}
if not IS_HTTPS:
    SHARED_HOSTS |= {"127.0.0.1", "localhost"}
ADMIN_HOST = text("ADMIN_HOST") or PUBLIC_HOST
if ADMIN_HOST not in SHARED_HOSTS:
    raise ImproperlyConfigured(f"ADMIN_HOST has to be the host of PUBLIC_URL or one of SHARED_HOSTS, not {ADMIN_HOST}.")
OPERATORS_EMAIL = text("OPERATORS_EMAIL")
ALLOWED_HOSTS = ["*"]  # HostMiddleware refuses what is neither shared nor in a tenant's row
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.rstrip("/"), *words("CSRF_TRUSTED_ORIGINS")]

LIVE_STREAMS = number("LIVE_STREAMS")
LIVE_THREADS = number("LIVE_THREADS")
LIVE_URL = text("LIVE_URL").rstrip("/")
_live = urlsplit(LIVE_URL)
if LIVE_URL and (_live.scheme, _live.hostname, _live.path) != (public.scheme, public.hostname, ""):
    raise ImproperlyConfigured(
        "LIVE_URL has to be the scheme and host of PUBLIC_URL with another port, because cookies go to no other host;"
        f" not {LIVE_URL}."
    )
