"""The vendor's own accounts, behind a wall that no partner looks over; the conflict check reads them by its door."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models

from deals.search import ACCOUNT_SEARCH
from partnerhub.tenancy.searching import search_made
from partnerhub.tenancy.walls import ALL_PARTNERS, anchor, reader_sees, wall


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0010_search_by_its_columns"),
        ("tenancy", "0006_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="VendorAccount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_key", models.CharField(db_collation="C", max_length=200)),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253), blank=True, default=list, size=None
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), blank=True, default=list, size=None
                    ),
                ),
                ("customer_since", models.DateField(blank=True, null=True)),
                ("seller", models.CharField(blank=True, max_length=150)),
                ("is_managed", models.BooleanField(default=False)),
                ("do_not_refer", models.BooleanField(default=False)),
                ("search_text", models.TextField(blank=True)),
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
                "indexes": [
                    models.Index(fields=["tenant", "name_key", "id"], name="vendoraccount_by_name"),
                    models.Index(fields=["tenant", "updated_at", "id"], name="vendoraccount_by_updated"),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["tenant", "keys"], name="vendoraccount_keys"
                    ),
                ],
            },
        ),
        anchor("deals_vendoraccount"),
        wall("deals_vendoraccount", see=ALL_PARTNERS),
        reader_sees("deals_vendoraccount"),
        search_made(ACCOUNT_SEARCH),
    ]
