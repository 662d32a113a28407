"""What a lead's business is found by, the verdict of the conflict check by its keys, and how often it has told.

The doors of the former release stay for its code. Rows that it writes, and those of before, get their keys by beat's
second pass.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from partnerhub.tenancy.walls import door, link, own_partner, wall

# What the check may say of others: one word and a day, never whose. The id is of the asking partner's own lead.
VERDICT = """
CREATE FUNCTION lead_verdict(
    asked text[], own_partner uuid, own_lead uuid, OUT word text, OUT lead uuid, OUT day timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
    WITH same AS MATERIALIZED (
        SELECT id, partner_id, status, submitted_at, status_changed_at,
            CASE WHEN status IN ('submitted', 'in_progress', 'more_info') AND NOT is_in_review
                THEN protected_until END AS until
        FROM leads_lead
        WHERE tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
            AND submitted_at IS NOT NULL AND identity_keys && asked::varchar[] AND id <> own_lead
        LIMIT 200
    ), own AS (
        SELECT id FROM same
        WHERE partner_id = own_partner AND status IN ('submitted', 'in_progress', 'more_info', 'awarded')
        ORDER BY submitted_at DESC LIMIT 1
    ), customer AS (
        SELECT min(since) AS since, count(*) AS number FROM (
            SELECT status_changed_at AS since FROM same WHERE status = 'awarded' AND partner_id <> own_partner
            UNION ALL SELECT customer_since FROM deals_vendoraccount
            WHERE tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
                AND keys && asked::varchar[] AND (customer_since IS NOT NULL OR do_not_refer)
        ) known
    ), held AS (
        SELECT max(until) AS until FROM same WHERE partner_id <> own_partner AND until > now()
    )
    SELECT CASE WHEN own.id IS NOT NULL THEN 'own' WHEN customer.number > 0 THEN 'customer'
            WHEN held.until IS NOT NULL THEN 'held' ELSE 'free' END,
        own.id,
        CASE WHEN own.id IS NOT NULL THEN NULL WHEN customer.number > 0 THEN customer.since ELSE held.until END
    FROM customer CROSS JOIN held LEFT JOIN own ON true
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0024_without_a_partner"),
        ("deals", "0011_vendor_accounts"),
        ("partners", "0002_walls"),
        ("tenancy", "0007_conflict_check"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lead",
            name="conflict",
            field=models.CharField(
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
        migrations.AddField(
            model_name="lead",
            name="identity_keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=300), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="is_in_review",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="lead",
            name="review_text",
            field=models.CharField(blank=True, db_default="", default="", max_length=1000),
        ),
        migrations.CreateModel(
            name="ConflictCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("told", models.PositiveIntegerField(default=0)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "partner", "day"), name="conflict_count_once")
                ],
            },
        ),
        link("leads_conflictcount", "partner_id", "partners_partner"),
        wall("leads_conflictcount", see=own_partner()),
        door("lead_verdict(text[], uuid, uuid)", VERDICT),
    ]
