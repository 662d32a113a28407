"""Why the portal itself held a lead for review, and how far leads were looked at."""

import django.contrib.postgres.fields
import django.db.models.deletion
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models

from partnerhub.tenancy.walls import ALL_PARTNERS, wall


class Migration(migrations.Migration):
    dependencies = [
        ("conflicts", "0002_walls"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.AddField(
            model_name="conflictcase",
            name="flags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("own_business", "The partner’s own business"),
                        ("two_partners", "At two partners"),
                        ("burst", "Many leads within an hour"),
                    ],
                    max_length=20,
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="conflictcase",
            name="flags_note",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="conflictcase",
            name="has_open_flags",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="FlagWatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("looked_until", models.DateTimeField()),
                ("looked_id", models.UUIDField()),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=partnerhub.tenancy.scope.current_tenant,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("tenant",), name="flag_watch_once")],
            },
        ),
        wall("conflicts_flagwatch", see=ALL_PARTNERS),
    ]
