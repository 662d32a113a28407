from django.db import migrations

from partnerhub.tenancy.walls import anchor, door, link, own_partner, reader_sees, wall

SEAT_COLUMNS = """
    id uuid, tenant_id uuid, user_id uuid, partner_id uuid, roles varchar[], title varchar, phone varchar,
    is_active boolean, joined_at timestamptz, last_seen_at timestamptz, preferences jsonb,
    partner_name varchar, partner_timezone varchar
"""
SEAT = """
    m.id, m.tenant_id, m.user_id, m.partner_id, m.roles, m.title, m.phone,
    m.is_active, m.joined_at, m.last_seen_at, m.preferences, p.name, p.timezone
"""
FROM = """
    FROM accounts_membership m
    LEFT JOIN partners_partner p ON p.tenant_id = m.tenant_id AND p.id = m.partner_id
"""
HERE = """
    m.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND m.is_active
    AND (p.id IS NULL OR p.is_active)
"""
NAME_SIDE = """
    PERFORM set_config('app.side', CASE WHEN seat.partner_id IS NULL THEN 'vendor' ELSE 'partner' END, true),
            set_config('app.partner_id', coalesce(seat.partner_id::text, ''), true),
            set_config('app.user_id', seat.user_id::text, true);
"""

TAKE_SEAT = f"""
CREATE FUNCTION take_seat(person uuid) RETURNS TABLE ({SEAT_COLUMNS})
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE seat record;
BEGIN
    SELECT m.id, m.partner_id, m.user_id INTO seat {FROM} WHERE {HERE} AND m.user_id = person;
    IF NOT FOUND THEN RETURN; END IF;
    {NAME_SIDE}
    RETURN QUERY SELECT {SEAT} {FROM} WHERE m.id = seat.id;
END $$
"""

TAKE_SEAT_BY_TOKEN = f"""
CREATE FUNCTION take_seat_by_token(token_digest text)
RETURNS TABLE ({SEAT_COLUMNS}, token_id uuid, token_scopes varchar[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE seat record;
BEGIN
    SELECT m.id, m.partner_id, m.user_id, t.id AS token_id, t.scopes INTO seat
    {FROM} JOIN accounts_apitoken t ON t.tenant_id = m.tenant_id AND t.membership_id = m.id
    WHERE {HERE} AND t.digest = token_digest AND t.revoked_at IS NULL AND t.expires_at > now();
    IF NOT FOUND THEN RETURN; END IF;
    {NAME_SIDE}
    RETURN QUERY SELECT {SEAT}, seat.token_id, seat.scopes {FROM} WHERE m.id = seat.id;
END $$
"""

SEATS_OF = """
CREATE FUNCTION seats_of(person uuid)
RETURNS TABLE (tenant_id uuid, slug varchar, host varchar, tenant_name varchar, partner_name varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT t.id, t.slug, t.host, t.name, p.name
    FROM accounts_membership m
    JOIN tenancy_tenant t ON t.id = m.tenant_id
    LEFT JOIN partners_partner p ON p.tenant_id = m.tenant_id AND p.id = m.partner_id
    WHERE m.user_id = person AND m.is_active AND t.is_active AND (p.id IS NULL OR p.is_active)
    ORDER BY t.name
$$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("partners", "0002_walls"), ("tenancy", "0001_initial")]

    operations = [
        anchor("accounts_membership"),
        link("accounts_membership", "partner_id", "partners_partner"),
        # A partner sees its own people, and the vendor's, who look after its leads.
        wall(
            "accounts_membership",
            see=own_partner(also="partner_id IS NULL"),
            write=own_partner(),
        ),
        reader_sees("accounts_membership"),
        link("accounts_accessrequest", "partner_id", "partners_partner"),
        link("accounts_accessrequest", "membership_id", "accounts_membership"),
        link("accounts_accessrequest", "decided_by_id", "accounts_membership"),
        wall("accounts_accessrequest", see=own_partner()),
        link("accounts_invitation", "partner_id", "partners_partner"),
        link("accounts_invitation", "invited_by_id", "accounts_membership"),
        wall("accounts_invitation", see=own_partner()),
        link("accounts_apitoken", "partner_id", "partners_partner"),
        link("accounts_apitoken", "membership_id", "accounts_membership"),
        link("accounts_apitoken", "created_by_id", "accounts_membership"),
        wall("accounts_apitoken", see=own_partner()),
        reader_sees("accounts_apitoken"),
        link("accounts_recentitem", "partner_id", "partners_partner"),
        link("accounts_recentitem", "membership_id", "accounts_membership"),
        wall("accounts_recentitem", see=own_partner()),
        link("accounts_idempotencykey", "partner_id", "partners_partner"),
        link("accounts_idempotencykey", "membership_id", "accounts_membership"),
        wall("accounts_idempotencykey", see=own_partner()),
        migrations.RunSQL("GRANT SELECT ON tenancy_tenant TO partnerhub_reader", migrations.RunSQL.noop),
        door("take_seat(uuid)", TAKE_SEAT),
        door("take_seat_by_token(text)", TAKE_SEAT_BY_TOKEN),
        door("seats_of(uuid)", SEATS_OF),
    ]
