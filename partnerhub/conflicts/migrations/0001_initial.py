import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("leads", "0027_credit_percent"),
        ("partners", "0009_status_date"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConflictCase",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("company", models.CharField(max_length=200)),
                ("company_key", models.CharField(db_collation="C", max_length=200)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("free", "No other lead found"),
                            ("own", "The partner has a lead for this business already"),
                            ("held", "Another partner’s lead for this business is protected"),
                            ("customer", "Already a customer, or a business that you know"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "rivals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("stands", "All stand"),
                            ("decided", "Decided for one"),
                            ("split", "Credit split"),
                            ("refused", "Not eligible"),
                            ("ended", "Ended"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.TextField(blank=True)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_token", models.CharField(blank=True, max_length=100)),
                ("decided_maker", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status_changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "lead",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leads.lead",
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
                (
                    "winner",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="CreditShare",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conflicts.conflictcase",
                    ),
                ),
                (
                    "lead",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leads.lead",
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
        migrations.AddIndex(
            model_name="conflictcase",
            index=models.Index(fields=["tenant", "created_at", "id"], name="conflict_by_opened"),
        ),
        migrations.AddIndex(
            model_name="conflictcase",
            index=models.Index(fields=["tenant", "company_key", "id"], name="conflict_by_company"),
        ),
        migrations.AddIndex(
            model_name="conflictcase",
            index=models.Index(fields=["tenant", "lead"], name="conflict_of_lead"),
        ),
        migrations.AddConstraint(
            model_name="conflictcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")), fields=("tenant", "lead"), name="conflict_open_once"
            ),
        ),
        migrations.AddIndex(
            model_name="creditshare",
            index=models.Index(fields=["tenant", "case"], name="credit_shares_of_case"),
        ),
        migrations.AddConstraint(
            model_name="creditshare",
            constraint=models.UniqueConstraint(fields=("tenant", "lead"), name="credit_share_once"),
        ),
        migrations.AddConstraint(
            model_name="creditshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 1), ("percent__lte", 99)), name="credit_share_percent"
            ),
        ),
    ]
