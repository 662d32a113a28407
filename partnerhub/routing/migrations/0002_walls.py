"""Routing behind its walls: the vendor's alone. The worker and the portal write how leads are routed."""

from django.db import migrations

from partnerhub.tenancy.walls import ALL_PARTNERS, anchor, link, wall


class Migration(migrations.Migration):
    dependencies = [("routing", "0001_initial"), ("leads", "0002_walls"), ("accounts", "0002_walls")]

    operations = [
        anchor("routing_ruleset"),
        link("routing_ruleset", "begun_by_id", "accounts_membership"),
        wall("routing_ruleset", see=ALL_PARTNERS),
        link("routing_programfallback", "program_id", "leads_program"),
        link("routing_programfallback", "representative_id", "accounts_membership"),
        wall("routing_programfallback", see=ALL_PARTNERS),
        link("routing_leadrouting", "lead_id", "leads_lead"),
        wall("routing_leadrouting", see=ALL_PARTNERS),
    ]
