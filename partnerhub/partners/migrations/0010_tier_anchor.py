"""Tiers are a target of `link()`: what `anchor()` does, on a table in use."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0009_status_date")]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX CONCURRENTLY partners_tier_anchor ON partners_tier (tenant_id, id)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE partners_tier ADD CONSTRAINT partners_tier_anchor UNIQUE USING INDEX partners_tier_anchor",
            "ALTER TABLE partners_tier DROP CONSTRAINT partners_tier_anchor",
        ),
    ]
