"""What has happened and has not been told yet. Only new code writes it: what older code recorded, it told itself."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import partnerhub.tenancy.models
import partnerhub.tenancy.scope
from partnerhub.tenancy.walls import INSIDE, SIDE, door, reader_sees, wall

# Tenants with something to tell, the oldest first. One probe of the index a tenant.
UNTOLD_TENANTS = """
CREATE FUNCTION untold_tenants(at timestamptz, most integer) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.id
    FROM tenancy_tenant t
    CROSS JOIN LATERAL (
        SELECT u.due_at FROM events_untold u
        WHERE u.tenant_id = t.id AND u.due_at <= at ORDER BY u.due_at LIMIT 1
    ) oldest
    WHERE t.is_active
    ORDER BY oldest.due_at
    LIMIT most
$$
"""

# How many wait (counted up to 10,000) and since when the oldest does.
UNTOLD_QUEUE = """
CREATE FUNCTION untold_queue() RETURNS TABLE (waiting bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT count(*), min(u.recorded_at)
    FROM (
        SELECT untold.recorded_at FROM events_untold untold
        JOIN tenancy_tenant t ON t.id = untold.tenant_id AND t.is_active
        LIMIT 10000
    ) u
$$
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0004_acting_tokens"), ("accounts", "0004_doors"), ("tenancy", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Untold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partnerhub.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
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
                "indexes": [models.Index(fields=["tenant", "due_at", "id"], name="untold_due")],
            },
        ),
        # Written by whoever acts, read by the worker alone.
        wall("events_untold", see=f"{SIDE} = 'system'", write=INSIDE),
        reader_sees("events_untold"),
        door("untold_tenants(timestamptz, integer)", UNTOLD_TENANTS),
        door("untold_queue()", UNTOLD_QUEUE),
    ]
