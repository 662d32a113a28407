"""Endpoints of webhooks, and what is on its way to them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import partnerhub.tenancy.models
import partnerhub.tenancy.scope
import partnerhub.tenancy.tenants
from django.db import migrations, models


from partnerhub.tenancy.filling import kept_by_trigger
from partnerhub.tenancy.walls import SIDE, anchor, door, guard, link, own_partner, reader_sees, wall

# Of each endpoint the oldest that is due, and none where one is on its way; fair between tenants, as due_messages.
DUE_HOOKS = """
CREATE FUNCTION due_hooks(at timestamptz, most integer) RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.id, due.id
    FROM tenancy_tenant t
    CROSS JOIN LATERAL (
        SELECT h.id, h.due_at, row_number() OVER (ORDER BY h.due_at, h.id) AS turn
        FROM notifications_endpoint e
        CROSS JOIN LATERAL (
            SELECT hook.id, hook.due_at
            FROM notifications_hook hook
            WHERE hook.tenant_id = t.id AND hook.endpoint_id = e.id AND hook.status IN ('queued', 'sending')
                AND hook.due_at <= at
            ORDER BY hook.due_at
            LIMIT 1
        ) h
        WHERE e.tenant_id = t.id AND NOT EXISTS (
            SELECT 1 FROM notifications_hook way
            WHERE way.tenant_id = t.id AND way.endpoint_id = e.id AND way.status = 'sending' AND way.due_at > at
        )
        ORDER BY h.due_at
        LIMIT most
    ) due
    WHERE t.is_active
    ORDER BY due.turn, due.due_at
    LIMIT most
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_saved_views"),
        ("events", "0005_untold"),
        ("notifications", "0011_letters_of_apps"),
        ("partners", "0005_updated"),
        ("tenancy", "0003_second_factor_roles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="hold",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unwanted", "The person has switched this kind of mail off."),
                    ("no-seat", "The person has left, or no longer has the role that this mail is for."),
                    ("refused-address", "The mail server of this address has refused it for good before."),
                    ("bounced-address", "Mail to this address has come back before."),
                    ("complained", "Somebody who reads this address has reported our mail as unwanted."),
                    ("over", "What the mail was about is over."),
                    ("endpoint-off", "The endpoint is switched off."),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("url", models.CharField(max_length=500)),
                ("description", models.CharField(blank=True, max_length=100)),
                (
                    "event_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("secrets", models.JSONField(default=list)),
                (
                    "off_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "Somebody has switched it off."),
                            ("gone", "It has answered that it is gone for good (410)."),
                            ("failing", "It has taken nothing for days."),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
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
            },
        ),
        migrations.CreateModel(
            name="Hook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.tenants.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("bounced", "Bounced"),
                            ("complained", "Complained about"),
                            ("suppressed", "Not sent"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unwanted", "The person has switched this kind of mail off."),
                            ("no-seat", "The person has left, or no longer has the role that this mail is for."),
                            ("refused-address", "The mail server of this address has refused it for good before."),
                            ("bounced-address", "Mail to this address has come back before."),
                            ("complained", "Somebody who reads this address has reported our mail as unwanted."),
                            ("over", "What the mail was about is over."),
                            ("endpoint-off", "The endpoint is switched off."),
                        ],
                        max_length=20,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first_due_at", models.DateTimeField(editable=False, null=True)),
                ("last_answer", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("response_status", models.PositiveSmallIntegerField(null=True)),
                ("response_body", models.CharField(blank=True, max_length=1000)),
                (
                    "endpoint",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.endpoint",
                    ),
                ),
                (
                    "event",
                    partnerhub.tenancy.models.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.event",
                    ),
                ),
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
            },
        ),
        migrations.AddIndex(
            model_name="endpoint",
            index=models.Index(fields=["tenant", "partner", "created_at", "id"], name="endpoint_list"),
        ),
        migrations.AddIndex(
            model_name="hook",
            index=models.Index(
                condition=models.Q(("status__in", ("queued", "sending"))),
                fields=["tenant", "endpoint", "due_at"],
                name="hook_due",
            ),
        ),
        migrations.AddIndex(
            model_name="hook",
            index=models.Index(fields=["tenant", "endpoint", "created_at", "id"], name="hook_log"),
        ),
        migrations.AddConstraint(
            model_name="hook",
            constraint=models.UniqueConstraint(fields=("tenant", "event", "endpoint"), name="hook_once"),
        ),
        anchor("notifications_endpoint"),
        link("notifications_endpoint", "partner_id", "partners_partner"),
        link("notifications_endpoint", "owner_id", "accounts_membership"),
        wall("notifications_endpoint", see=own_partner()),
        reader_sees("notifications_endpoint"),
        link("notifications_hook", "partner_id", "partners_partner"),
        link("notifications_hook", "event_id", "events_event"),
        link("notifications_hook", "endpoint_id", "notifications_endpoint"),
        wall("notifications_hook", see=own_partner()),
        guard("notifications_hook", write=f"{SIDE} = 'system'"),  # the worker writes them
        reader_sees("notifications_hook"),
        kept_by_trigger(
            "notifications_hook",
            "first_due_at",
            "NEW.due_at",
            insert="NEW.first_due_at IS NULL",
            update="NEW.status = 'queued' AND OLD.status NOT IN ('queued', 'sending')",
        ),
        door("due_hooks(timestamptz, integer)", DUE_HOOKS),
    ]
