"""Cases are the vendor's alone; of the shares a partner sees its own. Shares are written whole, and stay."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, anchor, append_only, guard, link, own_partner, wall

WHOLE = """
CREATE FUNCTION conflicts_creditshare_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added GROUP BY case_id HAVING sum(percent) <> 100 OR count(DISTINCT partner_id) < 2
    ) THEN
        RAISE EXCEPTION 'the shares of a case are 100 together, for two partners or more' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER whole AFTER INSERT ON conflicts_creditshare REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION conflicts_creditshare_whole();
"""


class Migration(migrations.Migration):
    dependencies = [("conflicts", "0001_initial"), ("leads", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        anchor("conflicts_conflictcase"),
        link("conflicts_conflictcase", "lead_id", "leads_lead"),
        link("conflicts_conflictcase", "winner_id", "leads_lead"),
        wall("conflicts_conflictcase", see=ALL_PARTNERS),
        link("conflicts_creditshare", "partner_id", "partners_partner"),
        link("conflicts_creditshare", "lead_id", "leads_lead"),
        link("conflicts_creditshare", "case_id", "conflicts_conflictcase"),
        wall("conflicts_creditshare", see=own_partner()),
        guard("conflicts_creditshare", write=ALL_PARTNERS),
        append_only("conflicts_creditshare"),
        migrations.RunSQL(
            WHOLE, "DROP TRIGGER whole ON conflicts_creditshare; DROP FUNCTION conflicts_creditshare_whole();"
        ),
    ]
