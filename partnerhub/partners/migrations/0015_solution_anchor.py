"""Solutions are a target of `link()`: what `anchor()` does, on a table in use."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("partners", "0014_solution_by_updated")]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX CONCURRENTLY partners_solution_anchor ON partners_solution (tenant_id, id)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "ALTER TABLE partners_solution"
            " ADD CONSTRAINT partners_solution_anchor UNIQUE USING INDEX partners_solution_anchor",
            "ALTER TABLE partners_solution DROP CONSTRAINT partners_solution_anchor",
        ),
    ]
