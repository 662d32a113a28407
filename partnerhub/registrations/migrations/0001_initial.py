"""Incentives, the claims of won deals for them, and the rules."""

import django.db.models.deletion
import django.utils.timezone
import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0011_seat_version"),
        ("deals", "0027_sharing_checked"),
        ("partners", "0015_solution_anchor"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incentive",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("code", models.CharField(max_length=40)),
                ("is_ip", models.BooleanField(default=False)),
                ("threshold_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("conditions", models.TextField(blank=True, max_length=4000)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("retired", "Retired")], default="active", max_length=10
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status_changed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("action_required", "Action required"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("contract_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("signed_on", models.DateField(null=True)),
                ("contract_start", models.DateField(null=True)),
                ("contract_end", models.DateField(null=True)),
                ("worth_minor", models.BigIntegerField()),
                ("worth_currency", models.CharField(max_length=3)),
                ("rate", models.DecimalField(decimal_places=10, max_digits=20)),
                ("due_at", models.DateTimeField()),
                ("remind_at", models.DateTimeField(null=True)),
                ("needs_two", models.BooleanField(default=False)),
                ("sent_person", models.UUIDField(editable=False, null=True)),
                ("amount_person", models.UUIDField(editable=False, null=True)),
                ("question", models.CharField(blank=True, max_length=1000)),
                (
                    "extension",
                    models.CharField(
                        blank=True,
                        choices=[("asked", "Asked for"), ("granted", "Granted"), ("refused", "Refused")],
                        max_length=8,
                    ),
                ),
                ("extension_text", models.CharField(blank=True, max_length=1000)),
                ("reason_code", models.CharField(blank=True, max_length=20)),
                ("reason_text", models.CharField(blank=True, max_length=1000)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status_changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "amount_approved_by",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
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
                    "incentive",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registrations.incentive",
                    ),
                ),
                (
                    "owner",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
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
                    "solution",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.solution",
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
            name="RegistrationRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("deadline_days", models.PositiveSmallIntegerField(default=60)),
                ("answer_days", models.PositiveSmallIntegerField(default=14)),
                ("extension_days", models.PositiveSmallIntegerField(default=30)),
                ("two_from_minor", models.BigIntegerField(default=100000000)),
                ("currency", models.CharField(default="USD", max_length=3)),
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
        migrations.AddIndex(
            model_name="incentive",
            index=models.Index(fields=["tenant", "name", "id"], name="incentive_by_name"),
        ),
        migrations.AddIndex(
            model_name="incentive",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="incentive_by_updated"),
        ),
        migrations.AddConstraint(
            model_name="incentive",
            constraint=models.UniqueConstraint(fields=("tenant", "code"), name="incentive_code"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="registration_by_updated"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["tenant", "due_at", "id"], name="registration_by_due"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["tenant", "partner", "updated_at", "id"], name="registration_own_updated"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["tenant", "deal", "created_at"], name="registration_of_deal"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["tenant", "owner", "status"], name="registration_of_member"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("status__in", ("draft", "action_required"))),
                fields=["tenant", "due_at"],
                name="registration_due",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("status__in", ("draft", "action_required"))),
                fields=["tenant", "remind_at"],
                name="registration_remind",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("rejected", "expired")), _negated=True),
                fields=("tenant", "deal", "incentive"),
                name="registration_live_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationrule",
            constraint=models.UniqueConstraint(fields=("tenant",), name="registration_rule_once"),
        ),
    ]
