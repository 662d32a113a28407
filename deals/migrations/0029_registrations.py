"""Deal registrations, the rules for them, and how many active ones a deal has (D6, rulings 14)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_seat_version"),
        ("deals", "0028_qualifying"),
        ("partners", "0014_solution_by_updated"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealRegistration",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "identity_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), blank=True, default=list, editable=False, size=None
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("review", "To be decided"),
                            ("active", "Active"),
                            ("ended", "Ended"),
                            ("expired", "Expired"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                (
                    "extension",
                    models.CharField(
                        blank=True,
                        choices=[("asked", "Asked for"), ("granted", "Granted"), ("refused", "Refused")],
                        max_length=10,
                    ),
                ),
                ("extension_text", models.TextField(blank=True)),
                ("extension_answer", models.TextField(blank=True)),
                ("reminded", models.PositiveSmallIntegerField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status_changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "deal",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="deals.deal",
                    ),
                ),
                (
                    "partner",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
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
            },
        ),
        migrations.CreateModel(
            name="DealRegistrationRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("protected_days", models.PositiveSmallIntegerField(default=90)),
                ("extended_days", models.PositiveSmallIntegerField(default=30)),
                ("version", models.PositiveIntegerField(default=1)),
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
            },
        ),
        migrations.AddField(
            model_name="deal",
            name="active_registrations",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name="dealregistration",
            index=models.Index(fields=["tenant", "until", "id"], name="deal_registration_by_until"),
        ),
        migrations.AddIndex(
            model_name="dealregistration",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="deal_registration_by_updated"),
        ),
        migrations.AddIndex(
            model_name="dealregistration",
            index=models.Index(fields=["tenant", "partner", "until", "id"], name="deal_registration_own_until"),
        ),
        migrations.AddIndex(
            model_name="dealregistration",
            index=models.Index(
                condition=models.Q(("status", "active")), fields=["tenant", "until"], name="deal_registration_due"
            ),
        ),
        migrations.AddIndex(
            model_name="dealregistration",
            index=django.contrib.postgres.indexes.GinIndex(
                django.db.models.functions.comparison.Cast("tenant", models.TextField()),
                models.F("identity_keys"),
                condition=models.Q(("status", "active")),
                fastupdate=False,
                name="deal_registration_keys",
            ),
        ),
        migrations.AddConstraint(
            model_name="dealregistration",
            constraint=models.UniqueConstraint(fields=("tenant", "deal", "partner"), name="deal_registered_once"),
        ),
        migrations.AddConstraint(
            model_name="dealregistrationrule",
            constraint=models.UniqueConstraint(fields=("tenant",), name="deal_registration_rule_once"),
        ),
    ]
