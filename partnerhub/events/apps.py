from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "partnerhub.events"
    label = "events"
    verbose_name = "Events"
