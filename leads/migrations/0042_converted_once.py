"""No two leads name one deal; and a look at the new reference, both beside the work on the table."""

from django.db import migrations, models

from partnerhub.tenancy.walls import link_checked


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0041_converted")]

    operations = [
        link_checked("leads_lead", "deal_id"),
        migrations.RunSQL(
            "CREATE UNIQUE INDEX CONCURRENTLY lead_of_deal ON leads_lead (tenant_id, deal_id)"
            " WHERE deal_id IS NOT NULL",
            "DROP INDEX CONCURRENTLY lead_of_deal",
            state_operations=[
                migrations.AddConstraint(
                    model_name="lead",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "deal"),
                        condition=models.Q(("deal__isnull", False)),
                        name="lead_of_deal",
                    ),
                )
            ],
        ),
    ]
