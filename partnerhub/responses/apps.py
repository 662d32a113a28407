from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name, label, verbose_name = "partnerhub.responses", "responses", "Vendor responses"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from deals.panels import register_awaiting, register_part  # noqa: PLC0415
        from notifications.services import register_letters  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.records.registering import register_records  # noqa: PLC0415
        from partnerhub.responses import home, receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.responses.beside import RESPONSE_PART, response_part  # noqa: PLC0415
        from partnerhub.responses.demo import fill_responses  # noqa: PLC0415
        from partnerhub.responses.letters import LETTERS  # noqa: PLC0415
        from partnerhub.responses.services import RESPONSES, held  # noqa: PLC0415
        from partnerhub.roles import RESPONSES_ANSWER, VENDOR  # noqa: PLC0415
        from partnerhub.web.homes import register_home  # noqa: PLC0415

        words.register()
        register_records(RESPONSES)
        register_letters(LETTERS)
        held.register()
        register_part(RESPONSE_PART, response_part, place=10)
        register_awaiting(VENDOR, RESPONSES_ANSWER, "responses:responses", "status=pending")
        register_home(home.home_of)
        register_demo(fill_responses)
