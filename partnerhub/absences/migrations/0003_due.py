"""The sweep looks over all tenants at once."""

from django.db import migrations

from partnerhub.tenancy.walls import due_door, reader_sees


class Migration(migrations.Migration):
    dependencies = [("absences", "0002_walls")]

    operations = [
        reader_sees("absences_absence"),
        due_door(
            "due_absences",
            "absences_absence",
            ("starts_at", "r.status = 'planned' AND r.starts_at <= at"),
            ("ends_at", "r.status = 'active' AND r.ends_at <= at"),
        ),
    ]
