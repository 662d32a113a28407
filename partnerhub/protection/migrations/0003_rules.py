import django.db.models.deletion
import django.utils.timezone
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("protection", "0002_walls"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtectionRules",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("base_days", models.PositiveSmallIntegerField(default=30)),
                ("meeting_days", models.PositiveSmallIntegerField(default=30)),
                ("contact_days", models.PositiveSmallIntegerField(default=15)),
                ("activity_days", models.PositiveSmallIntegerField(default=15)),
                ("extension_days", models.PositiveSmallIntegerField(default=30)),
                ("most_days", models.PositiveSmallIntegerField(default=180)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "constraints": [models.UniqueConstraint(fields=("tenant",), name="protection_rules_once")],
            },
        ),
    ]
