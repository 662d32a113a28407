"""The verdict by which a lead is submitted waits for whoever submits the same business at that moment.

The verdict of before stays: while a form is filled in nobody waits, and the former release asks by it.
"""

from django.db import migrations

from partnerhub.tenancy.walls import door

# Locks in one order, so that two with several keys in common do not wait for each other; they end with the transaction.
# VOLATILE: what the verdict reads is what was there once the locks were given, not what was there before.
VERDICT_ALONE = """
CREATE FUNCTION lead_verdict_alone(
    asked text[], own_partner uuid, own_lead uuid, OUT word text, OUT lead uuid, OUT day timestamptz
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE
    lock bigint;
BEGIN
    FOR lock IN
        SELECT DISTINCT hashtextextended(concat('lead:', current_setting('app.tenant_id', true), ':', key), 0)
        FROM unnest(asked) AS key ORDER BY 1
    LOOP
        PERFORM pg_advisory_xact_lock(lock);
    END LOOP;
    SELECT found.word, found.lead, found.day INTO word, lead, day
    FROM lead_verdict(asked, own_partner, own_lead) AS found;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0025_identity_index")]

    operations = [door("lead_verdict_alone(text[], uuid, uuid)", VERDICT_ALONE)]
