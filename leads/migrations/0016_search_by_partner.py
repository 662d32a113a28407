"""The search sorts by partner again: 0013 began from the text of 0002, and so left out what 0006 had put in."""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import door_again

MINE = import_module("leads.migrations.0013_owner_and_team")
BEFORE = MINE.BEFORE.replace(MINE.PLACE, MINE.MINE + MINE.PLACE)
KEYS = "'representative_key')"


def patched(text: str, place: str, new: str) -> str:
    """The text with one place changed. Raises ValueError where the place is not there, or not alone."""
    if text.count(place) != 1:
        raise ValueError(place)
    return text.replace(place, new)


class Migration(migrations.Migration):
    dependencies = [("leads", "0015_seen")]

    operations = [
        door_again(patched(BEFORE, KEYS, "'representative_key', 'partner_key')"), before=BEFORE),
    ]
