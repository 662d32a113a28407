"""The sweep looks over all tenants at once."""

from django.db import migrations

from partnerhub.tenancy.walls import due_door, reader_sees


class Migration(migrations.Migration):
    dependencies = [("appeals", "0003_decided_by_token")]

    operations = [
        reader_sees("appeals_appeal"),
        due_door("due_appeals", "appeals_appeal", ("due_at", "r.status = 'open' AND NOT r.is_late AND r.due_at <= at")),
    ]
