"""Where the columns of a file go, under a name: its owner's alone, or shared in their organisation."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from partnerhub.tenancy.walls import OWN_PARTNER, by_side, link, wall

MINE = "(is_shared OR person_id = nullif(current_setting('app.user_id', true), '')::uuid)"
SEE = by_side(vendor=f"(partner_id IS NULL AND {MINE})", partner=f"({OWN_PARTNER} AND {MINE})")


def reference(to: str, **options: object) -> partnerhub.tenancy.models.TenantForeignKey:
    return partnerhub.tenancy.models.TenantForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField(editable=False)),
                ("importer", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("headings", models.JSONField()),
                ("mapping", models.JSONField()),
                ("is_shared", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("membership", reference("accounts.membership")),
                ("partner", reference("partners.partner", null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "membership", "importer", "name"), name="saved_mapping_once"
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_shared", True)),
                        fields=["tenant", "partner", "name", "id"],
                        name="saved_mapping_shared",
                    )
                ],
            },
        ),
        wall("imports_savedmapping", see=SEE),
        link("imports_savedmapping", "membership_id", "accounts_membership"),
        link("imports_savedmapping", "partner_id", "partners_partner"),
    ]
