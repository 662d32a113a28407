"""What browsers are told: cookies, HTTPS, and the headers that say what a page may load."""

from partnerhub.environment import switch
from partnerhub.settings.addresses import IS_HTTPS, LIVE_URL

_prefix = "__Host-" if IS_HTTPS else ""
SESSION_ENGINE = "partnerhub.web.sessions"
SESSION_COOKIE_NAME = f"{_prefix}session"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_IDLE_SECONDS = 12 * 3600
CSRF_COOKIE_NAME = f"{_prefix}csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "partnerhub.web.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SECURE = IS_HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if switch("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# HeadersMiddleware sends X-Frame-Options; HostMiddleware widens HSTS on the installation's own hosts.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *([LIVE_URL] if LIVE_URL else [])],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    },
}
