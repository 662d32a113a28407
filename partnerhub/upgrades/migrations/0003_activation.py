import django.db.models.deletion
from django.db import migrations, models

import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from partnerhub.tenancy.walls import ALL_PARTNERS, link, wall


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0013_failing_since"),
        ("tenancy", "0007_conflict_check"),
        ("upgrades", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="UpgradeActivation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "endpoint",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.endpoint",
                    ),
                ),
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
                "constraints": [models.UniqueConstraint(fields=("tenant",), name="upgrade_activation_once")],
            },
        ),
        link("upgrades_upgradeactivation", "endpoint_id", "notifications_endpoint"),
        wall("upgrades_upgradeactivation", see=ALL_PARTNERS),
    ]
