"""Tokens act for their makers or for service members: the door by which a token sits down asks for it."""

from importlib import import_module

from django.db import migrations, models

from partnerhub.tenancy.walls import READER, door

FORMER = import_module("partnerhub.accounts.migrations.0004_doors")

# A name of its own: processes of the former version still ask the former one, and read its columns.
TAKE_TOKEN_SEAT = f"""
CREATE FUNCTION take_token_seat(token_digest text)
RETURNS TABLE (
    {FORMER.SEAT_COLUMNS}, token_id uuid, token_name varchar, token_scopes varchar[], maker_user_id uuid,
    maker_roles varchar[], token_last_used_at timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_column
DECLARE seat record;
BEGIN
    SELECT m.id, m.partner_id, m.user_id, t.id AS token_id, t.name AS token_name, t.scopes, t.last_used_at,
        maker.user_id AS maker_user_id, maker.roles AS maker_roles
    INTO seat
    {FORMER.FROM} JOIN accounts_apitoken t ON t.tenant_id = m.tenant_id AND t.membership_id = m.id
    JOIN accounts_membership maker ON maker.tenant_id = t.tenant_id AND maker.id = t.created_by_id
    JOIN accounts_user maker_person ON maker_person.id = maker.user_id
    WHERE {FORMER.HERE} AND t.digest = token_digest AND t.revoked_at IS NULL AND t.expires_at > now()
        AND maker.is_active AND maker_person.is_active
        AND (maker.id = m.id OR (u.is_service AND maker.partner_id IS NOT DISTINCT FROM m.partner_id));
    IF NOT FOUND THEN RETURN; END IF;
    {FORMER.NAME_SIDE}
    RETURN QUERY SELECT {FORMER.SEAT}, seat.token_id, seat.token_name, seat.scopes, seat.maker_user_id,
        seat.maker_roles, seat.last_used_at {FORMER.FROM} WHERE m.id = seat.id;
END $$
"""

# As long as processes of the former version run, their door refuses what was made for another person too.
OWN_TOKENS_ONLY = FORMER.TAKE_SEAT_BY_TOKEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "t.digest = token_digest", "t.created_by_id = m.id AND t.digest = token_digest"
)
ANY_TOKEN = FORMER.TAKE_SEAT_BY_TOKEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_places")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_service",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(
            f"GRANT SELECT (is_service) ON accounts_user TO {READER}",
            f"REVOKE SELECT (is_service) ON accounts_user FROM {READER}",
        ),
        door("take_token_seat(text)", TAKE_TOKEN_SEAT),
        migrations.RunSQL(
            f"SET ROLE {READER}; {OWN_TOKENS_ONLY}; RESET ROLE;", f"SET ROLE {READER}; {ANY_TOKEN}; RESET ROLE;"
        ),
    ]
