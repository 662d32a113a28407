"""The verdicts of many leads at once, for a file that comes in.

Who submits one lead waits for whoever submits the same business (0026). A set of hundreds would hold a lock for each of
its keys, and the database has room for a few thousand of all who are at work: so a set holds one lock, and whoever
submits a single lead holds the same one together with all the others who do.
"""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import READER, door, door_again

FORMER = import_module("leads.migrations.0026_one_business_at_once")
ALONE = FORMER.VERDICT_ALONE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
SET_LOCK = "hashtextextended(concat('leads:', current_setting('app.tenant_id', true)), 0)"
ALONE_BESIDE_SETS = ALONE.replace("BEGIN\n", f"BEGIN\n    PERFORM pg_advisory_xact_lock_shared({SET_LOCK});\n")
# VOLATILE: what the verdicts read is what was there once the lock was given.
VERDICTS = f"""
CREATE FUNCTION lead_verdicts(asked jsonb, own_partner uuid, is_alone boolean)
RETURNS TABLE (place integer, word text, lead uuid, day timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF is_alone THEN
        PERFORM pg_advisory_xact_lock({SET_LOCK});
    END IF;
    RETURN QUERY
        SELECT one.place, found.word, found.lead, found.day
        FROM jsonb_to_recordset(asked) AS one (place integer, keys text[], lead uuid)
        CROSS JOIN LATERAL lead_verdict(one.keys, own_partner, one.lead) AS found
        ORDER BY one.place;
END
$$
"""

# Planning the question anew for each lead, with its two dozen indexes, cost ten times what answering it does.
PLANNED = "SET ROLE {reader}; ALTER FUNCTION lead_verdict(text[], uuid, uuid) {said}; RESET ROLE"


class Migration(migrations.Migration):
    dependencies = [("leads", "0033_search_by_due")]

    operations = [
        migrations.RunSQL(
            PLANNED.format(reader=READER, said="SET plan_cache_mode = force_generic_plan"),
            PLANNED.format(reader=READER, said="RESET plan_cache_mode"),
        ),
        door_again(ALONE_BESIDE_SETS, before=ALONE),
        door("lead_verdicts(jsonb, uuid, boolean)", VERDICTS),
    ]
