from django.db import migrations

from partnerhub.tenancy.walls import anchor, door, link, own_partner, reader_sees, wall

# Search behind row-level security: LIKE is not leakproof, so behind a policy it never uses an index. These doors read
# the index as partnerhub_reader, keep to the tenant and partner that are named, and return the ids of one page; the
# caller fetches the rows behind the wall again.
#
# Two ways, because PostgreSQL guesses badly how frequent a part of a word is. A frequent one fills the page within the
# first rows of the sorted column's index. Where it does not, the trigram index has few rows, and they are sorted.
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
    place text;
    likes text := 'true';
    sorted text;
    word text;
    found uuid[];
BEGIN
    IF tenant IS NULL OR side NOT IN ('vendor', 'partner', 'system') OR kind IS NULL THEN
        RETURN;
    END IF;
    place := format('tenant_id = %L', tenant);
    IF side = 'partner' THEN
        place := place || format(' AND partner_id = %L', partner);
    END IF;
    IF after_id IS NOT NULL THEN
        place := place || format(
            ' AND (%I, id) %s (%L::%s, %L)',
            sort_column, CASE WHEN descending THEN '<' ELSE '>' END, after_value, kind, after_id
        );
    END IF;
    FOREACH word IN ARRAY words LOOP
        word := replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_');
        likes := likes || format(' AND search_text LIKE %L', '%' || word || '%');
    END LOOP;
    sorted := format('ORDER BY %I %s, id %s', sort_column, direction, direction);
    EXECUTE format(
        'SELECT array(SELECT id FROM (SELECT id, %I, search_text FROM {table} WHERE %s %s LIMIT 2000) first_rows'
        ' WHERE %s %s LIMIT %s)',
        sort_column, place, sorted, likes, sorted, max_rows
    ) INTO found;
    IF cardinality(found) = max_rows THEN
        RETURN QUERY SELECT unnest(found);
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'WITH hits AS MATERIALIZED (SELECT id, %I FROM {table} WHERE %s AND %s) SELECT id FROM hits %s LIMIT %s',
        sort_column, place, likes, sorted, max_rows
    );
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
