"""The WSGI entrance. Loads the URL configuration at once, so that the first visitor does not wait for it.

What is loaded by then stays as long as the process: the collector of garbage never looks at it again, and looks at what
requests leave ten times more seldom than usual. One full look took 0.2 s, in the middle of somebody's request.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnerhub.settings")

application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402  (needs the application)

get_resolver().url_patterns  # noqa: B018  (the access is the import)

gc.collect()
gc.freeze()
gc.set_threshold(7_000, 10, 10)
