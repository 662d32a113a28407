import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.floor.settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings are named

application = get_wsgi_application()
