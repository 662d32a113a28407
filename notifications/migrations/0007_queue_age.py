"""The age of the queue counts from the first try."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from partnerhub.tenancy.filling import fill_in_batches
from partnerhub.tenancy.walls import door_again

# What was tried before is as old as its row; only what still waits is asked about.
FILL = """
    UPDATE notifications_message SET first_due_at = CASE WHEN tries = 0 THEN due_at ELSE created_at END WHERE id IN (
        SELECT id FROM notifications_message
        WHERE tenant_id = %(tenant)s AND status IN ('queued', 'sending') AND first_due_at IS NULL LIMIT %(most)s
    )
"""
BEFORE = """
CREATE OR REPLACE FUNCTION mail_queue(at timestamptz) RETURNS TABLE (waiting bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT count(*), min(due.due_at)
    FROM (
        SELECT m.due_at
        FROM tenancy_tenant t
        CROSS JOIN LATERAL (
            SELECT m.due_at
            FROM notifications_message m
            WHERE m.tenant_id = t.id AND m.status IN ('queued', 'sending') AND m.due_at <= at
            ORDER BY m.due_at
            LIMIT 10000
        ) m
        WHERE t.is_active
        LIMIT 10000
    ) due
$$
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notifications", "0006_first_due"), ("tenancy", "0001_initial")]

    operations = [
        fill_in_batches(FILL),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                condition=models.Q(("status__in", ("queued", "sending"))),
                fields=["tenant", "first_due_at"],
                name="mail_first_due",
            ),
        ),
        door_again(BEFORE.replace("due_at", "first_due_at"), before=BEFORE),
    ]
