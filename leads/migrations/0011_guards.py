"""What a side may see but not write, it may neither change nor remove, whatever SQL is sent."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, guard, kept, own_partner

COUNTS_UP = """
CREATE FUNCTION leads_leadcounter_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last <= OLD.last OR NEW.tenant_id <> OLD.tenant_id THEN
        RAISE EXCEPTION 'a number of a lead is given once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counts_up BEFORE UPDATE ON leads_leadcounter
    FOR EACH ROW EXECUTE FUNCTION leads_leadcounter_counts_up();
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0010_award_questioned_person"), ("accounts", "0006_service_members")]

    operations = [
        guard("leads_program", write=ALL_PARTNERS),
        guard("leads_ownfield", write=ALL_PARTNERS),
        guard("accounts_membership", write=own_partner()),
        kept("leads_leadcounter"),
        migrations.RunSQL(
            COUNTS_UP,
            "DROP TRIGGER counts_up ON leads_leadcounter; DROP FUNCTION leads_leadcounter_counts_up();",
        ),
        # Which migrations have run is the owner's to write.
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM partnerhub",
            "GRANT INSERT, UPDATE, DELETE ON django_migrations TO partnerhub",
        ),
    ]
