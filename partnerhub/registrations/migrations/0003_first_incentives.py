"""The incentives of each tenant that is there; a new one gets its own when it is opened (ruling 27)."""

from django.db import migrations

from partnerhub.tenancy.filling import fill_in_batches

ADD = """
    INSERT INTO registrations_incentive (id, tenant_id, name, code, is_ip, threshold_minor, currency, conditions, status,
        version, created_at, status_changed_at, updated_at)
    SELECT gen_random_uuid(), tenant.id, first.name, first.code, true, 2500000, 'USD', '', 'active', 1, now(), now(), now()
    FROM tenancy_tenant AS tenant CROSS JOIN (VALUES
        ('ip-co-sell', 'IP co-sell'),
        ('business-applications-premium', 'Business applications premium'),
        ('business-applications-standard', 'Business applications standard')
    ) AS first (code, name)
    WHERE tenant.id = %(tenant)s ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("registrations", "0002_walls"), ("tenancy", "0001_initial")]

    operations = [fill_in_batches(ADD)]
