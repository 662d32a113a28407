from django.db import migrations

from partnerhub.tenancy.walls import OWN_PARTNER, SIDE, anchor, door, link, reader_sees, wall

# Search behind row-level security: LIKE is not leakproof, so behind a policy it never uses an index. This door reads
# the index as partnerhub_reader, keeps to the tenant and partner that are named, and returns ids only; the caller
# fetches the rows behind the wall again. The text is planned anew for each pattern, because a rare word wants the
# trigram index and a frequent one wants the index of the sorted column.
LEAD_SEARCH = r"""
CREATE FUNCTION lead_search(
    words text[], narrowed jsonb, sort_column text, descending boolean,
    after_value text, after_id uuid, max_rows integer
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
    tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    side text := coalesce(current_setting('app.side', true), '');
    partner uuid := nullif(current_setting('app.partner_id', true), '')::uuid;
    kind text := CASE
        WHEN sort_column IN ('company_key', 'contact_key', 'representative_key') THEN 'text COLLATE "C"'
        WHEN sort_column IN ('submitted_at', 'updated_at') THEN 'timestamptz'
        WHEN sort_column = 'status_rank' THEN 'smallint'
        WHEN sort_column = 'number' THEN 'integer'
        WHEN sort_column = 'sales_support' THEN 'boolean'
        WHEN sort_column = 'program_id' THEN 'uuid'
    END;
    direction text := CASE WHEN descending THEN 'DESC' ELSE 'ASC' END;
    query text;
    word text;
BEGIN
    IF tenant IS NULL OR side NOT IN ('vendor', 'partner', 'system') OR kind IS NULL THEN
        RETURN;
    END IF;
    query := format('SELECT id FROM leads_lead WHERE tenant_id = %L AND submitted_at IS NOT NULL', tenant);
    IF side = 'partner' THEN
        query := query || format(' AND partner_id = %L', partner);
    END IF;
    FOREACH word IN ARRAY words LOOP
        word := replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_');
        query := query || format(' AND search_text LIKE %L', '%' || word || '%');
    END LOOP;
    IF narrowed ? 'partner' THEN
        query := query || format(' AND partner_id = %L', narrowed ->> 'partner');
    END IF;
    IF narrowed ? 'submitted_by' THEN
        query := query || format(' AND submitted_by_id = %L', narrowed ->> 'submitted_by');
    END IF;
    IF narrowed ? 'assigned_to' THEN
        query := query || format(' AND representative_id = %L', narrowed ->> 'assigned_to');
    END IF;
    IF narrowed ? 'program' THEN
        query := query || format(
            ' AND program_id = ANY (%L::uuid[])', ARRAY(SELECT jsonb_array_elements_text(narrowed -> 'program'))
        );
    END IF;
    IF narrowed ? 'status' THEN
        query := query || format(
            ' AND status = ANY (%L::text[])', ARRAY(SELECT jsonb_array_elements_text(narrowed -> 'status'))
        );
    END IF;
    IF narrowed ? 'representative' THEN
        query := query || CASE narrowed ->> 'representative'
            WHEN 'none' THEN ' AND representative_id IS NULL'
            ELSE format(' AND representative_id = %L', narrowed ->> 'representative')
        END;
    END IF;
    IF narrowed ? 'sales_support' THEN
        query := query || format(' AND sales_support = %L', narrowed ->> 'sales_support');
    END IF;
    IF narrowed ? 'submitted_from' THEN
        query := query || format(' AND submitted_at >= %L', narrowed ->> 'submitted_from');
    END IF;
    IF narrowed ? 'submitted_before' THEN
        query := query || format(' AND submitted_at < %L', narrowed ->> 'submitted_before');
    END IF;
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

# What the conflict check may say of other partners' leads: one word, never whose.
LEAD_CONFLICT = """
CREATE FUNCTION lead_conflict(host text, own_partner uuid, own_lead uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT CASE
        WHEN bool_or(status = 'awarded') THEN 'customer'
        WHEN bool_or(partner_id <> own_partner AND status IN ('submitted', 'in_progress', 'more_info')) THEN 'held'
        WHEN bool_or(partner_id = own_partner AND status IN ('submitted', 'in_progress', 'more_info')) THEN 'own'
        ELSE 'free'
    END
    FROM leads_lead
    WHERE tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
        AND submitted_at IS NOT NULL AND website_host = host AND host <> '' AND id <> own_lead
$$
"""

# A draft is seen by its own partner only.
SEE_LEAD = (
    f"({SIDE} = 'vendor' AND submitted_at IS NOT NULL) OR {SIDE} = 'system' OR ({SIDE} = 'partner' AND {OWN_PARTNER})"
)


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial"), ("accounts", "0002_walls"), ("partners", "0002_walls")]

    operations = [
        anchor("leads_program"),
        wall("leads_program"),
        wall("leads_leadcounter"),
        anchor("leads_lead"),
        link("leads_lead", "partner_id", "partners_partner"),
        link("leads_lead", "program_id", "leads_program"),
        link("leads_lead", "submitted_by_id", "accounts_membership"),
        link("leads_lead", "representative_id", "accounts_membership"),
        link("leads_lead", "award_questioned_by_id", "accounts_membership"),
        wall("leads_lead", see=SEE_LEAD),
        reader_sees("leads_lead"),
        migrations.RunSQL(
            "CREATE INDEX lead_search ON leads_lead USING gin (tenant_id, search_text gin_trgm_ops)"
            " WHERE submitted_at IS NOT NULL",
            "DROP INDEX lead_search",
        ),
        door("lead_search(text[], jsonb, text, boolean, text, uuid, integer)", LEAD_SEARCH),
        door("lead_conflict(text, uuid, uuid)", LEAD_CONFLICT),
    ]
