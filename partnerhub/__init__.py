"""PartnerHub: a multi-tenant partner portal."""

from partnerhub.celery import app as celery_app

__all__ = ["celery_app"]
