"""The ASGI entrance: the live stream, and nothing else. Pages and API are served by `partnerhub.wsgi`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnerhub.settings")
django.setup(set_prefix=False)

from partnerhub.live.serving import LiveApplication  # noqa: E402  (needs the settings)

application = LiveApplication()
