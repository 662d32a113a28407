"""A lead's `partner_key` is filled for whoever does not know the column; the rows from before are filled by 0007.

0007 filled in before the last old writer was gone: what a former release wrote after it stayed empty. From here on a
trigger fills it, and beat's second pass (`leads.apps`) mends what was left empty until now.
"""

from django.db import migrations

from partnerhub.tenancy.filling import kept_by_trigger

EMPTY = "NEW.partner_key = ''"


class Migration(migrations.Migration):
    dependencies = [("leads", "0011_guards"), ("partners", "0004_by_name")]

    operations = [
        kept_by_trigger(
            "leads_lead",
            "partner_key",
            "coalesce((SELECT name_key FROM partners_partner WHERE id = NEW.partner_id), '')",
            insert=EMPTY,
            update=EMPTY,
        ),
    ]
