"""A converted lead is its partner's own to the verdict, and a customer to others once its deal is won (rulings 2, 6)."""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import door_again

FORMER = import_module("leads.migrations.0045_registered_deals").VERDICT
OWN = "WHERE partner_id = own_partner AND status IN ('submitted', 'in_progress', 'more_info', 'awarded')"
CUSTOMER = """SELECT status_changed_at AS since FROM same WHERE status = 'awarded' AND partner_id <> own_partner
"""
WON = """            UNION ALL SELECT deal.updated_at FROM same JOIN deals_deal deal ON deal.id = same.deal_id
                WHERE same.partner_id <> own_partner AND deal.status = 'won'
"""
VERDICT = (
    FORMER.replace("SELECT id, partner_id, status,", "SELECT id, partner_id, deal_id, status,")
    .replace(OWN, OWN.replace("'awarded'", "'converted', 'awarded'"))
    .replace(CUSTOMER, CUSTOMER + WON)
)


class Migration(migrations.Migration):
    dependencies = [("leads", "0046_status_rank"), ("deals", "0030_registration_walls")]

    operations = [door_again(VERDICT, before=FORMER)]
