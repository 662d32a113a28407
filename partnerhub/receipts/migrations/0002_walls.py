from django.db import migrations

from partnerhub.tenancy.walls import anchor, link, own_partner, wall

# Only the table's owner can come this far, by the function below; and it too may only forget personal values.
KEPT = """
CREATE FUNCTION receipts_receipt_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
        AND NEW.personal = '{}' AND to_jsonb(NEW) - 'personal' = to_jsonb(OLD) - 'personal' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'receipts_receipt is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON receipts_receipt
    FOR EACH ROW EXECUTE FUNCTION receipts_receipt_kept();
"""
# As its owner it passes the trigger, and not the wall: whose tenant and side it is says the transaction.
FORGET = """
CREATE FUNCTION receipt_forget(receipt uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE receipts_receipt SET personal = '{}' WHERE id = receipt;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION receipt_forget(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION receipt_forget(uuid) TO partnerhub;
"""


class Migration(migrations.Migration):
    dependencies = [("receipts", "0001_initial"), ("leads", "0002_walls")]

    operations = [
        anchor("receipts_receipt"),
        link("receipts_receipt", "partner_id", "partners_partner"),
        link("receipts_receipt", "lead_id", "leads_lead"),
        wall("receipts_receipt", see=own_partner()),
        migrations.RunSQL(KEPT, "DROP TRIGGER kept ON receipts_receipt; DROP FUNCTION receipts_receipt_kept();"),
        migrations.RunSQL(FORGET, "DROP FUNCTION receipt_forget(uuid);"),
    ]
