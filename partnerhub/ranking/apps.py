from django.apps import AppConfig


class RankingConfig(AppConfig):
    name, label, verbose_name = "partnerhub.ranking", "ranking", "Ranking"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from notifications.services import register_before_telling  # noqa: PLC0415
        from partnerhub.accounts.demo import register_demo  # noqa: PLC0415
        from partnerhub.partners.panels import register_partner_part  # noqa: PLC0415
        from partnerhub.ranking import receivers, words  # noqa: F401, PLC0415 - the receivers are connected
        from partnerhub.ranking.beside import SCORE_PART, scorecard_beside_partner  # noqa: PLC0415
        from partnerhub.ranking.demo import fill_ranking  # noqa: PLC0415
        from partnerhub.ranking.services import count_waiting  # noqa: PLC0415

        words.register()
        register_partner_part(SCORE_PART, scorecard_beside_partner)
        register_before_telling(count_waiting)
        register_demo(fill_ranking)
