"""Calendars behind their wall: both sides reckon with them, the vendor's writes them."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, INSIDE, guard, wall


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [
        wall("calendars_calendar", see=INSIDE),
        guard("calendars_calendar", write=ALL_PARTNERS),
    ]
