"""`manage.py reencrypt_secrets`: store every secret with the newest key, so that an old one can be removed."""

from django.core.management.base import BaseCommand, CommandError

from partnerhub.accounts.services.stored_secrets import SecretOutcome, reencrypt_secrets


class Command(BaseCommand):
    help = "Stores all encrypted secrets with the newest key (STORED_SECRETS_KEYS). Run again, it goes on."

    def handle(self, *args: object, **options: object) -> None:
        counts = reencrypt_secrets()
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome.value}" for outcome in SecretOutcome))
        if counts[SecretOutcome.UNREADABLE]:
            raise CommandError("Some were stored with a key that is not known here. Keep the old keys, look for it.")
