"""The WSGI entrance. Loads the URL configuration at once, so that the first visitor does not wait for it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnerhub.settings")

application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402  (needs the application)

get_resolver().url_patterns  # noqa: B018  (the access is the import)
