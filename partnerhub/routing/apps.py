from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "partnerhub.routing"
    label = "routing"
    verbose_name = "Routing"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from leads.beside import register_beside  # noqa: PLC0415
        from notifications.services import register_before_telling  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.routing import receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.routing.beside import routing_beside_lead  # noqa: PLC0415
        from partnerhub.routing.demo import fill_routing  # noqa: PLC0415
        from partnerhub.routing.selectors import told_words  # noqa: PLC0415
        from partnerhub.routing.services import RULE_SETS, route_waiting  # noqa: PLC0415

        words.register(told_words)
        register_records(RULE_SETS)
        register_beside(routing_beside_lead)
        register_before_telling(route_waiting)
        register_demo(fill_routing)
