"""The sweep looks over all tenants at once."""

from django.db import migrations

from partnerhub.tenancy.walls import due_door, reader_sees


class Migration(migrations.Migration):
    dependencies = [("clocks", "0002_walls")]

    operations = [
        reader_sees("clocks_clock"),
        due_door("due_clocks", "clocks_clock", ("next_at", "r.stopped_at IS NULL AND r.next_at <= at")),
    ]
