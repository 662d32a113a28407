from django.db import migrations

from partnerhub.tenancy.walls import anchor, door, link, own_partner, reader_sees, wall

# Search behind row-level security: LIKE is not leakproof, so behind a policy it never uses an index. These doors read
# the index as partnerhub_reader, keep to the tenant and partner that are named, and return the ids of one page; the
# caller fetches the rows behind the wall again. Planned anew for each text: a rare word wants the trigram index, a
# frequent one the index of the sorted column.
SEARCH = r"""
CREATE FUNCTION {name}(
    words text[], sort_column text, descending boolean, after_value text, after_id uuid, max_rows integer
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
    tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    side text := coalesce(current_setting('app.side', true), '');
    partner uuid := nullif(current_setting('app.partner_id', true), '')::uuid;
    kind text := CASE
        WHEN sort_column = 'updated_at' THEN 'timestamptz'
        WHEN sort_column IN ({texts}) THEN 'text COLLATE "C"'
    END;
    direction text := CASE WHEN descending THEN 'DESC' ELSE 'ASC' END;
    query text;
    word text;
BEGIN
    IF tenant IS NULL OR side NOT IN ('vendor', 'partner', 'system') OR kind IS NULL THEN
        RETURN;
    END IF;
    query := format('SELECT id FROM {table} WHERE tenant_id = %L', tenant);
    IF side = 'partner' THEN
        query := query || format(' AND partner_id = %L', partner);
    END IF;
    FOREACH word IN ARRAY words LOOP
        word := replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_');
        query := query || format(' AND search_text LIKE %L', '%' || word || '%');
    END LOOP;
    IF after_id IS NOT NULL THEN
        query := query || format(
            ' AND (%I, id) %s (%L::%s, %L)',
            sort_column, CASE WHEN descending THEN '<' ELSE '>' END, after_value, kind, after_id
        );
    END IF;
    query := query || format(' ORDER BY %I %s, id %s LIMIT %s', sort_column, direction, direction, max_rows);
    RETURN QUERY EXECUTE query;
END $$
"""
ARGUMENTS = "(text[], text, boolean, text, uuid, integer)"


def search_door(name: str, table: str, *columns: str) -> migrations.RunSQL:
    texts = ", ".join(f"'{column}'" for column in columns)
    body = SEARCH.replace("{name}", name).replace("{table}", table).replace("{texts}", texts)
    return door(f"{name}{ARGUMENTS}", body)


def search_index(name: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON {table} USING gin (tenant_id, search_text gin_trgm_ops)", f"DROP INDEX {name}"
    )


class Migration(migrations.Migration):
    dependencies = [("deals", "0001_initial"), ("partners", "0002_walls")]

    operations = [
        anchor("deals_company"),
        link("deals_company", "partner_id", "partners_partner"),
        wall("deals_company", see=own_partner()),
        reader_sees("deals_company"),
        anchor("deals_contact"),
        link("deals_contact", "partner_id", "partners_partner"),
        link("deals_contact", "company_id", "deals_company"),
        wall("deals_contact", see=own_partner()),
        reader_sees("deals_contact"),
        search_index("company_search", "deals_company"),
        search_index("contact_search", "deals_contact"),
        search_door("company_search", "deals_company", "name_key", "host"),
        search_door("contact_search", "deals_contact", "name_key", "company_key", "email"),
    ]
