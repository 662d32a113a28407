"""What the middleware asks of the database about a seat, in one statement; and that a partner's hands stay off the vendor's."""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import READER, door, own_partner

OWN = f"tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND ({own_partner()})"

SEAT_COLUMNS = """
    id uuid, tenant_id uuid, user_id uuid, partner_id uuid, roles varchar[], name_key varchar, title varchar,
    phone varchar, is_active boolean, joined_at timestamptz, last_seen_at timestamptz, preferences jsonb,
    partner_name varchar, partner_timezone varchar, has_second_factor boolean
"""
SEAT = """
    m.id, m.tenant_id, m.user_id, m.partner_id, m.roles, m.name_key, m.title,
    m.phone, m.is_active, m.joined_at, m.last_seen_at, m.preferences,
    p.name, p.timezone,
    EXISTS (SELECT FROM mfa_authenticator a WHERE a.user_id = m.user_id AND a.type IN ('totp', 'webauthn'))
"""
FROM = """
    FROM accounts_membership m
    JOIN accounts_user u ON u.id = m.user_id
    LEFT JOIN partners_partner p ON p.tenant_id = m.tenant_id AND p.id = m.partner_id
"""
HERE = """
    m.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid AND m.is_active AND u.is_active
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
RETURNS TABLE ({SEAT_COLUMNS}, token_id uuid, token_scopes varchar[], token_last_used_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE seat record;
BEGIN
    SELECT m.id, m.partner_id, m.user_id, t.id AS token_id, t.scopes, t.last_used_at INTO seat
    {FROM} JOIN accounts_apitoken t ON t.tenant_id = m.tenant_id AND t.membership_id = m.id
    WHERE {HERE} AND t.digest = token_digest AND t.revoked_at IS NULL AND t.expires_at > now();
    IF NOT FOUND THEN RETURN; END IF;
    {NAME_SIDE}
    RETURN QUERY SELECT {SEAT}, seat.token_id, seat.scopes, seat.last_used_at {FROM} WHERE m.id = seat.id;
END $$
"""

FORMER = import_module("partnerhub.accounts.migrations.0002_walls")
FORMER_DOORS = (
    door("take_seat(uuid)", FORMER.TAKE_SEAT).sql + door("take_seat_by_token(text)", FORMER.TAKE_SEAT_BY_TOKEN).sql
)
REMOVE_DOORS = f"""
SET ROLE {READER};
DROP FUNCTION take_seat(uuid);
DROP FUNCTION take_seat_by_token(text);
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        # The wall lets a partner see the vendor's people; these keep it from changing or removing them.
        migrations.RunSQL(
            f"""
            CREATE POLICY own_hands_change ON accounts_membership AS RESTRICTIVE FOR UPDATE USING ({OWN});
            CREATE POLICY own_hands_remove ON accounts_membership AS RESTRICTIVE FOR DELETE USING ({OWN});
            """,
            """
            DROP POLICY own_hands_change ON accounts_membership;
            DROP POLICY own_hands_remove ON accounts_membership;
            """,
        ),
        migrations.RunSQL(
            f"""
            GRANT SELECT (id, is_active) ON accounts_user TO {READER};
            GRANT SELECT (user_id, type) ON mfa_authenticator TO {READER};
            """,
            f"""
            REVOKE SELECT (id, is_active) ON accounts_user FROM {READER};
            REVOKE SELECT (user_id, type) ON mfa_authenticator FROM {READER};
            """,
        ),
        migrations.RunSQL(REMOVE_DOORS, FORMER_DOORS),
        door("take_seat(uuid)", TAKE_SEAT),
        door("take_seat_by_token(text)", TAKE_SEAT_BY_TOKEN),
    ]
