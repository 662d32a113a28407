"""Deals behind their walls, which ask the sides; and a closed one stays as it is, whoever asks (B5, rulings 15, 16)."""

from django.db import migrations

from partnerhub.tenancy.walls import OWN_PARTNER, anchor, by_side, guard, link, own_partner, wall

A_SIDE = "EXISTS (SELECT FROM deals_dealside side WHERE side.tenant_id = deals_deal.tenant_id AND side.deal_id = deals_deal.id AND {})"
OWN_SIDE = A_SIDE.format(f"side.{OWN_PARTNER}")
DEAL_SEEN = by_side(
    vendor=f"(partner_id IS NULL OR {A_SIDE.format('side.partner_id IS NULL')})",
    partner=f"({OWN_PARTNER} OR {OWN_SIDE})",
)
# Whoever opens a deal writes the vendor's side besides the own one, and sees the own one only.
SIDE_SEEN = by_side(vendor="partner_id IS NULL", partner=f"({OWN_PARTNER})")
SIDE_WRITTEN = own_partner(also="partner_id IS NULL")

CLOSED = "'declined', 'expired', 'won', 'lost', 'error'"
# The owner of the tables is no role of the portal: its two functions erase a person and repoint a merged customer.
STAYS = f"""
CREATE FUNCTION deals_closed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RAISE EXCEPTION 'a closed deal stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_stays BEFORE UPDATE OR DELETE ON deals_deal
    FOR EACH ROW WHEN (OLD.status IN ({CLOSED})) EXECUTE FUNCTION deals_closed_stays();
"""
# A side is written into a deal that the writer sees, and that is not closed: nobody joins another one's by themselves.
SIDES_STAY = f"""
CREATE FUNCTION deals_side_of_open_deal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    side deals_dealside := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    standing text;
BEGIN
    SELECT deal.status INTO standing FROM deals_deal deal
    WHERE deal.tenant_id = side.tenant_id AND deal.id = side.deal_id;
    IF standing IS NULL THEN
        RAISE EXCEPTION 'permission denied: no such deal' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF standing IN ({CLOSED}) AND current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RAISE EXCEPTION 'the sides of a closed deal stay as they are' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN side;
END $$;
CREATE TRIGGER side_of_open_deal BEFORE INSERT OR UPDATE OR DELETE ON deals_dealside
    FOR EACH ROW EXECUTE FUNCTION deals_side_of_open_deal();
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0020_deals"), ("accounts", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        anchor("deals_deal"),
        link("deals_deal", "partner_id", "partners_partner"),
        link("deals_deal", "created_by_id", "accounts_membership"),
        link("deals_deal", "company_id", "deals_company"),
        link("deals_deal", "contact_id", "deals_contact"),
        link("deals_deal", "cloned_from_id", "deals_deal"),
        wall("deals_deal", see=DEAL_SEEN),
        link("deals_dealside", "deal_id", "deals_deal"),
        link("deals_dealside", "partner_id", "partners_partner"),
        wall("deals_dealside", see=SIDE_SEEN),
        guard("deals_dealside", write=SIDE_WRITTEN),
        migrations.RunSQL(STAYS, "DROP TRIGGER closed_stays ON deals_deal; DROP FUNCTION deals_closed_stays();"),
        migrations.RunSQL(
            SIDES_STAY, "DROP TRIGGER side_of_open_deal ON deals_dealside; DROP FUNCTION deals_side_of_open_deal();"
        ),
    ]
