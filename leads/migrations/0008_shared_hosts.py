"""The conflict check on a host that many businesses share (`deals.hosts`): the folded name has to be the same too."""

from importlib import import_module

from django.db import migrations

from partnerhub.tenancy.walls import door

BODY = (
    import_module("leads.migrations.0002_walls")
    .LEAD_CONFLICT.replace(
        "lead_conflict(host text, own_partner uuid, own_lead uuid)",
        "lead_conflict_by_name(host text, name text, own_partner uuid, own_lead uuid)",
    )
    .replace("website_host = host", "website_host = host AND company_key = name")
)


class Migration(migrations.Migration):
    dependencies = [("leads", "0007_leads_by_partner")]

    operations = [door("lead_conflict_by_name(text, text, uuid, uuid)", BODY)]
