from django.db import migrations

from partnerhub.tenancy.walls import anchor, door, link, own_partner, reader_sees, wall

# Fair between tenants: everybody's first message before anybody's second. One probe of the partial index a tenant.
DUE_MESSAGES = """
CREATE FUNCTION due_messages(at timestamptz, most integer) RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.id, due.id
    FROM tenancy_tenant t
    CROSS JOIN LATERAL (
        SELECT m.id, m.due_at, row_number() OVER (ORDER BY m.due_at, m.id) AS turn
        FROM (
            SELECT m.id, m.due_at
            FROM notifications_message m
            WHERE m.tenant_id = t.id AND m.status IN ('queued', 'sending') AND m.due_at <= at
            ORDER BY m.due_at
            LIMIT most
        ) m
    ) due
    WHERE t.is_active
    ORDER BY due.turn, due.due_at
    LIMIT most
$$
"""

# How many wait (counted up to 10,000) and since when the oldest is due.
MAIL_QUEUE = """
CREATE FUNCTION mail_queue(at timestamptz) RETURNS TABLE (waiting bigint, oldest timestamptz)
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
    dependencies = [
        ("notifications", "0001_initial"),
        ("accounts", "0004_doors"),
        ("events", "0002_walls"),
        ("partners", "0002_walls"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        anchor("notifications_message"),
        link("notifications_message", "event_id", "events_event"),
        link("notifications_message", "recipient_id", "accounts_membership"),
        link("notifications_message", "partner_id", "partners_partner"),
        # A partner's act is told to the vendor's people: it writes such a row and does not see it.
        wall(
            "notifications_message",
            see=own_partner(),
            write=own_partner(also="partner_id IS NULL"),
        ),
        reader_sees("notifications_message"),
        link("notifications_preference", "membership_id", "accounts_membership"),
        link("notifications_preference", "partner_id", "partners_partner"),
        wall("notifications_preference", see=own_partner()),
        link("notifications_suppression", "partner_id", "partners_partner"),
        wall("notifications_suppression", see=own_partner()),
        door("due_messages(timestamptz, integer)", DUE_MESSAGES),
        door("mail_queue(timestamptz)", MAIL_QUEUE),
    ]
