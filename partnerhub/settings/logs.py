"""Logs: JSON lines, without secrets and without people's names."""

from typing import Any

import structlog

from partnerhub.environment import text
from partnerhub.web.redaction import hide_doors, hide_persons, keep_figures

_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    hide_doors,
    hide_persons,
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_shared,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [keep_figures, *_shared],
        },
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": text("LOG_LEVEL")},
    "loggers": {
        # One line a request says it all; Django tells of what went wrong in our code alone.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "partnerhub.requests": {"level": text("REQUEST_LOG_LEVEL")},
    },
}
