"""Websites whose host is written as the DNS has it (`xn--…`) are found by the letters that people know, too.

Rows are read and written in batches, each in a transaction of its own; running it again changes nothing.
"""

from typing import Any

from django.db import connection, migrations, transaction

from partnerhub.web.folding import fold, readable_host

AT_ONCE = 1000
READ = """
    SELECT id, website_host, search_text FROM leads_lead
    WHERE tenant_id = %s AND id > %s AND website_host LIKE '%%xn--%%' ORDER BY id LIMIT %s
"""
WRITE = "UPDATE leads_lead SET search_text = search_text || ' ' || %s WHERE id = %s"


def fill(apps: Any, schema_editor: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancy_tenant")
        tenants = [tenant for (tenant,) in cursor.fetchall()]
    for tenant in tenants:
        last: Any = "00000000-0000-0000-0000-000000000000"
        while last:
            last = fill_some(tenant, last)


def fill_some(tenant: Any, after: Any) -> Any:
    """One batch of a tenant's rows, from the row after this one on; returns the last one, or None at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.tenant_id', %s, true), set_config('app.side', 'system', true)", [str(tenant)]
        )
        cursor.execute(READ, [tenant, after, AT_ONCE])
        rows = cursor.fetchall()
        for key, host, text in rows:
            if (readable := fold(readable_host(host))) not in text:
                cursor.execute(WRITE, [readable, key])
    return rows[-1][0] if rows else None


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("leads", "0008_shared_hosts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
