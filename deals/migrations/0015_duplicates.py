"""Pairs of customers that may be one, and how far the worker has looked for them."""

import django.db.models.deletion
import django.utils.timezone
import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models

from partnerhub.tenancy.walls import ALL_PARTNERS, link, own_partner, wall


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0014_merged_indexes"),
        ("partners", "0012_tier_checked"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duplicate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "likeness",
                    models.CharField(
                        choices=[
                            ("nearly", "Nearly the same name"),
                            ("domain", "The same domain"),
                            ("email", "The same email address"),
                            ("name", "The same name"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("merged", "Merged"),
                            ("not_same", "Not the same"),
                            ("ended", "Ended"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status_changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "company",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="deals.company",
                    ),
                ),
                (
                    "company_twin",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="deals.company",
                    ),
                ),
                (
                    "contact",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="deals.contact",
                    ),
                ),
                (
                    "contact_twin",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="deals.contact",
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
                "indexes": [
                    models.Index(fields=["tenant", "created_at", "id"], name="duplicate_by_found"),
                    models.Index(fields=["tenant", "partner", "created_at", "id"], name="duplicate_own_found"),
                    models.Index(fields=["tenant", "company_twin"], name="duplicate_of_company_twin"),
                    models.Index(fields=["tenant", "contact_twin"], name="duplicate_of_contact_twin"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("company__isnull", False)),
                        fields=("tenant", "company", "company_twin"),
                        name="duplicate_company_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("contact__isnull", False)),
                        fields=("tenant", "contact", "contact_twin"),
                        name="duplicate_contact_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("company__isnull", False),
                                ("company_twin__isnull", False),
                                ("contact", None),
                                ("contact_twin", None),
                            ),
                            models.Q(
                                ("company", None),
                                ("company_twin", None),
                                ("contact__isnull", False),
                                ("contact_twin__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="duplicate_of_one_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateWatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
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
                "constraints": [models.UniqueConstraint(fields=("tenant", "kind"), name="duplicate_watch_once")],
            },
        ),
        *(
            link("deals_duplicate", f"{column}_id", f"deals_{model}")
            for model in ("company", "contact")
            for column in (model, f"{model}_twin")
        ),
        link("deals_duplicate", "partner_id", "partners_partner"),
        wall("deals_duplicate", see=own_partner()),
        wall("deals_duplicatewatch", see=ALL_PARTNERS),
    ]
