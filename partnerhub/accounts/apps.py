from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "partnerhub.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        # Here and not above: they need the models, which need the apps.
        from partnerhub.accounts import home, words  # noqa: PLC0415
        from partnerhub.accounts.models import Membership  # noqa: PLC0415
        from partnerhub.accounts.reasons import with_names  # noqa: PLC0415
        from partnerhub.accounts.selectors import names_of  # noqa: PLC0415
        from partnerhub.accounts.services import remember_opened  # noqa: PLC0415
        from partnerhub.accounts.tables import FINDABLE  # noqa: PLC0415
        from partnerhub.records.people import People, register_people  # noqa: PLC0415
        from partnerhub.tenancy.second_pass import PASSES, Pass  # noqa: PLC0415
        from partnerhub.web.finding import register_findable  # noqa: PLC0415
        from partnerhub.web.folding import fold  # noqa: PLC0415
        from partnerhub.web.homes import register_home  # noqa: PLC0415
        from partnerhub.web.lists.saved import register_keeper  # noqa: PLC0415

        import_module("partnerhub.accounts.receivers")
        words.register()
        register_people(People(Membership, with_names, names_of, remember_opened))
        register_home(home.home_of)
        register_keeper(import_module("partnerhub.accounts.saved_views").ViewKeeper())
        register_findable(FINDABLE)
        PASSES.append(
            Pass(
                "accounts_membership",
                "name_key",
                "person.name, person.email",
                "row.name_key = ''",
                lambda name, email: fold(f"{name} {email}"),
                beside="JOIN accounts_user person ON person.id = row.user_id",
            )
        )
