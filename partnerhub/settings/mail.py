"""Mail and webhooks: how they are sent, from whom, how often they are tried, and whose reports about them are heard."""

from ipaddress import ip_network

import environ
from django.core.exceptions import ImproperlyConfigured

from partnerhub.environment import number, numbers, text, words
from partnerhub.settings.addresses import public

_email = environ.Env.email_url_config(text("EMAIL_URL"))
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = number("EMAIL_TIMEOUT")
MAIL_LEASE_SECONDS = number("MAIL_LEASE_SECONDS")
MAIL_RETRY_DELAYS = numbers("MAIL_RETRY_DELAYS")
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL") or f"portal@{public.hostname}"
MAIL_HOOK_SECRETS = words("MAIL_HOOK_SECRETS")
if any(len(secret) < 32 for secret in MAIL_HOOK_SECRETS):
    raise ImproperlyConfigured("MAIL_HOOK_SECRETS has to hold texts of at least 32 characters, with commas between.")
MAIL_LATE_SECONDS = number("MAIL_LATE_SECONDS")
try:
    WEBHOOK_NETWORKS = [ip_network(word) for word in words("WEBHOOK_NETWORKS")]
except ValueError as error:
    raise ImproperlyConfigured(f"WEBHOOK_NETWORKS: {error}.") from error
MAIL_DOMAIN = text("MAIL_DOMAIN") or DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
