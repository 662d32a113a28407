"""What the rank of partners is counted from, and what has not been counted yet."""

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
        ("partners", "0014_solution_by_updated"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="RankingCase",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("offer", "Lead of the vendor’s, offered or given"),
                            ("question", "Question about a lead"),
                            ("lead", "Own lead"),
                            ("deal", "Deal"),
                            ("deal_offer", "Deal of the vendor’s, offered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("month", models.DateField()),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "counts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("next_on", models.DateField(null=True)),
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
                    models.Index(
                        condition=models.Q(("next_on__isnull", False)),
                        fields=["tenant", "next_on"],
                        name="ranking_case_next",
                    ),
                    models.Index(fields=["tenant", "partner"], name="ranking_case_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "subject_id", "kind"), name="ranking_case_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RankingTally",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField()),
                ("about", models.CharField(blank=True, max_length=60)),
                ("cases", models.IntegerField(default=0)),
                ("asked", models.IntegerField(default=0)),
                ("quick", models.IntegerField(default=0)),
                ("soon", models.IntegerField(default=0)),
                ("progressed", models.IntegerField(default=0)),
                ("won", models.IntegerField(default=0)),
                ("declined", models.IntegerField(default=0)),
                ("lost", models.IntegerField(default=0)),
                ("dropped", models.IntegerField(default=0)),
                ("deals", models.IntegerField(default=0)),
                ("sized", models.IntegerField(default=0)),
                ("dated", models.IntegerField(default=0)),
                ("due", models.IntegerField(default=0)),
                ("reported", models.IntegerField(default=0)),
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
                "indexes": [models.Index(fields=["tenant", "about", "month"], name="ranking_tally_about")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "partner", "month", "about"), name="ranking_tally_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Scorecard",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("counted_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "constraints": [models.UniqueConstraint(fields=("tenant", "partner"), name="scorecard_once")],
            },
        ),
        migrations.CreateModel(
            name="UncountedEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("about", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "indexes": [models.Index(fields=["tenant", "recorded_at", "id"], name="uncounted_by_recorded")],
            },
        ),
    ]
