"""What cannot meet anything else in its set is written by one statement, the others row by row as before.

A row is plain (`is_plain`) where the caller knows that no other row of the set has its keys. A company that is there
already under one of them is passed over by that statement, and then met by its row's own. Code that says nothing of it,
as the former release's, has every row kept by itself.
"""

from importlib import import_module

from django.db import migrations

MANY = import_module("deals.migrations.0016_remember_many")
COLUMNS_OF = {
    "deals_company": """
            place integer, id uuid, name text, name_key text, name_core text, host text, host_words text, words text,
            website text, country text, postcode text""",
    "deals_contact": """
            place integer, id uuid, company uuid, company_key text, first_name text, last_name text, name_key text,
            is_own boolean, address text, phone text, job_title text, words text""",
}
PLAIN = """
    IF jsonb_array_length(brought) > 1 THEN
        RETURN QUERY
        WITH plain AS MATERIALIZED (
            SELECT * FROM jsonb_to_recordset(brought) AS brought_rows ({columns}, is_plain boolean)
            WHERE is_plain ORDER BY place
        ), made AS (
            INSERT INTO {table} ({written})
            SELECT {values} FROM plain AS one ORDER BY one.place
            ON CONFLICT DO NOTHING
            RETURNING id, name_key, ARRAY[{told}]::text[] AS told
        )
        SELECT plain.place, made.id, NULL::uuid, made.name_key::text, array_fill(NULL::text, ARRAY[{number}]), made.told
        FROM made JOIN plain ON plain.id = made.id;
    END IF;
"""
PLAIN_COMPANIES = PLAIN.format(
    table="deals_company",
    columns=COLUMNS_OF["deals_company"],
    written="id, tenant_id, partner_id, name, name_key, name_core, host, website, country, postcode, search_text,"
    " created_at, updated_at",
    values="one.id, of_tenant, of_partner, one.name, one.name_key, one.name_core, one.host, one.website, one.country,"
    " one.postcode, CASE WHEN one.host = '' THEN one.words ELSE one.host_words END, at, at",
    told="name, website, country, postcode",
    number=4,
)
PLAIN_CONTACTS = PLAIN.format(
    table="deals_contact",
    columns=COLUMNS_OF["deals_contact"],
    written="id, tenant_id, partner_id, company_id, first_name, last_name, name_key, company_key, address, phone,"
    " job_title, search_text, created_at, updated_at",
    values="one.id, of_tenant, of_partner, one.company, one.first_name, one.last_name, one.name_key, one.company_key,"
    " one.address, one.phone, one.job_title, one.words, at, at",
    told="first_name, last_name, phone, job_title, address",
    number=5,
)
SETTINGS = "SET plan_cache_mode = force_generic_plan"


def in_sets(body: str, table: str, plain: str) -> str:
    """The function with the plain rows first, and the others after them."""
    columns = COLUMNS_OF[table]
    each = f"AS brought_rows ({columns})\n        ORDER BY place"
    left = f"""AS brought_rows ({columns}, is_plain boolean)
        WHERE is_plain IS NOT TRUE
            OR (SELECT made.id FROM {table} made WHERE made.tenant_id = of_tenant AND made.id = brought_rows.id) IS NULL
        ORDER BY place"""
    body = former(body)
    for old, new in ((each, left), ("BEGIN\n", f"BEGIN{plain}")):
        if body.count(old) != 1:
            raise ValueError(f"The function is another one: {old}")
        body = body.replace(old, new)
    return body


def former(body: str) -> str:
    """The function as 0017 left it."""
    again = body.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return again.replace(SETTINGS, f"{SETTINGS} SET enable_seqscan = off")


class Migration(migrations.Migration):
    dependencies = [("deals", "0017_remember_by_keys")]

    operations = [
        migrations.RunSQL(in_sets(body, table, plain), former(body))
        for body, table, plain in (
            (MANY.REMEMBER_COMPANIES, "deals_company", PLAIN_COMPANIES),
            (MANY.REMEMBER_CONTACTS, "deals_contact", PLAIN_CONTACTS),
        )
    ]
