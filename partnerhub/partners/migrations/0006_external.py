"""What an organisation's own systems call a record. The vendor sees what is the vendor's, a partner its own."""

import django.db.models.deletion
import django.utils.timezone
import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models

from partnerhub.tenancy.walls import OWN_PARTNER, by_side, link, wall


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0005_updated"),
        ("tenancy", "0003_second_factor_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="External",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("record_id", models.UUIDField()),
                ("external_id", models.CharField(max_length=100, null=True)),
                ("metadata", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "partner",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
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
                "indexes": [models.Index(fields=["tenant", "partner", "updated_at", "id"], name="external_by_updated")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "partner", "record_id"), name="external_once", nulls_distinct=False
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_id__isnull", False)),
                        fields=("tenant", "partner", "kind", "external_id"),
                        name="external_id_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        wall("partners_external", see=by_side(vendor="partner_id IS NULL", partner=OWN_PARTNER)),
        link("partners_external", "partner_id", "partners_partner"),
    ]
