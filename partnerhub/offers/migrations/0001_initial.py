"""Deals that the vendor offers to partners, and whom they are with."""

import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0011_seat_version"),
        ("deals", "0031_deals_by_registrations"),
        ("partners", "0014_solution_by_updated"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("need", models.CharField(max_length=200)),
                ("value_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("close_date", models.DateField()),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2)),
                ("postcode", models.CharField(blank=True, max_length=2)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "New"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("reason_code", models.CharField(blank=True, max_length=20)),
                ("reason_text", models.CharField(blank=True, max_length=4000)),
                ("due_at", models.DateTimeField()),
                ("remind_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status_changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "deal",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
                    "sent_by",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
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
            name="OfferedCustomer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("company", models.CharField(max_length=200)),
                ("website", models.CharField(blank=True, max_length=200)),
                ("first_name", models.CharField(blank=True, max_length=80)),
                ("last_name", models.CharField(blank=True, max_length=80)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2)),
                ("postcode", models.CharField(blank=True, max_length=20)),
                ("notes", models.TextField(blank=True, max_length=4000)),
                ("consented_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "offer",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offers.dealoffer",
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
            model_name="dealoffer",
            index=models.Index(fields=["tenant", "updated_at", "id"], name="offer_by_updated"),
        ),
        migrations.AddIndex(
            model_name="dealoffer",
            index=models.Index(fields=["tenant", "due_at", "id"], name="offer_by_due"),
        ),
        migrations.AddIndex(
            model_name="dealoffer",
            index=models.Index(fields=["tenant", "partner", "updated_at", "id"], name="offer_own_updated"),
        ),
        migrations.AddIndex(
            model_name="dealoffer",
            index=models.Index(
                condition=models.Q(("status", "received")), fields=["tenant", "due_at"], name="offer_due"
            ),
        ),
        migrations.AddIndex(
            model_name="dealoffer",
            index=models.Index(
                condition=models.Q(("status", "received")), fields=["tenant", "remind_at"], name="offer_remind"
            ),
        ),
        migrations.AddIndex(
            model_name="dealoffer",
            index=models.Index(
                condition=models.Q(("deal__isnull", False)), fields=["tenant", "deal"], name="offer_of_deal"
            ),
        ),
        migrations.AddConstraint(
            model_name="dealoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("value_minor__gt", 0)), name="offer_value_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="offeredcustomer",
            constraint=models.UniqueConstraint(fields=("tenant", "offer"), name="offered_customer_once"),
        ),
    ]
