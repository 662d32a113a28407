"""The API: its defaults, its description, its rates."""

from partnerhub.environment import number
from partnerhub.web.enums import ENUM_NAMES

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["partnerhub.accounts.authentication.SeatAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["partnerhub.web.permissions.DeclaredPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "partnerhub.web.schema.PortalSchema",
    "EXCEPTION_HANDLER": "partnerhub.web.problems.problem_response",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "PartnerHub API",
    "DESCRIPTION": "Whatever a page does, the API does, by the same rules.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SCHEMA_PATH_PREFIX_TRIM": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}
# Requests a minute: of one member or token, and of all of a tenant's together.
API_RATES = {
    "member": number("API_RATE_MEMBER"),
    "tenant": number("API_RATE_TENANT"),
}
