"""What leads bring of customers is kept by two functions, for one lead and for hundreds, one row after the other.

They are the statements that the former release sends, one by one; nothing is added to what they may see or write. Each
is planned once and not for each row: that would cost more than finding and writing it.
"""

from django.db import migrations

# The host tells companies apart, or the name where none of its own is known; the database decides who was first. One
# that is known by the host under a name that can't be the same company's is another one: it is known by its name then.
# One that a person merged stays as it was; under a merged one's name the one that was kept keeps its own.
KEEP_COMPANY = """
            INSERT INTO deals_company
                (id, tenant_id, partner_id, name, name_key, name_core, host, website, country, postcode, search_text,
                 created_at, updated_at)
            VALUES
                (one.id, of_tenant, of_partner, one.name, one.name_key, one.name_core, {host}, one.website, one.country,
                 one.postcode, {words}, at, at)
            ON CONFLICT (tenant_id, partner_id, {key}) DO UPDATE SET
                name = CASE WHEN {is_newer} THEN excluded.name ELSE deals_company.name END,
                name_key = CASE WHEN {is_newer} THEN excluded.name_key ELSE deals_company.name_key END,
                name_core = CASE WHEN {is_newer} THEN excluded.name_core ELSE deals_company.name_core END,
                search_text = CASE WHEN {is_newer} AND deals_company.name_key <> excluded.name_key
                    THEN excluded.search_text ELSE deals_company.search_text END,
                website = CASE WHEN {stands} THEN coalesce(nullif(deals_company.website, ''), excluded.website)
                    ELSE deals_company.website END,
                country = CASE WHEN {stands} THEN coalesce(nullif(deals_company.country, ''), excluded.country)
                    ELSE deals_company.country END,
                postcode = CASE WHEN {stands} THEN coalesce(nullif(deals_company.postcode, ''), excluded.postcode)
                    ELSE deals_company.postcode END,
                created_at = least(deals_company.created_at, excluded.created_at),
                updated_at = greatest(deals_company.updated_at, excluded.updated_at)
            WHERE {is_same}
            RETURNING one.place, id, known_as_id, name_key::text,
                ARRAY[old.name, old.website, old.country, old.postcode]::text[],
                ARRAY[new.name, new.website, new.country, new.postcode]::text[]"""
IS_MERGED_NAME = """EXISTS (
                    SELECT FROM deals_company merged WHERE merged.tenant_id = deals_company.tenant_id
                        AND merged.known_as_id = deals_company.id AND merged.name_key = excluded.name_key)"""
# As `identity.are_alike`: alike by trigrams, or one name stands in the other; or it is one that was merged into it.
ALIKE = """(deals_company.name_key = excluded.name_key
                OR similarity({core}, excluded.name_core) >= 0.45
                OR strict_word_similarity({core}, excluded.name_core) >= 0.9
                OR strict_word_similarity(excluded.name_core, {core}) >= 0.9
                OR {merged})""".format(
    core="coalesce(nullif(deals_company.name_core, ''), deals_company.name_key)", merged=IS_MERGED_NAME
)
BY_HOST, BY_NAME = (
    KEEP_COMPANY.format(
        host=host,
        words=words,
        key=key,
        stands="deals_company.known_as_id IS NULL AND NOT is_lent",
        is_newer=f"excluded.updated_at >= deals_company.updated_at AND deals_company.known_as_id IS NULL"
        f" AND NOT is_lent AND NOT {IS_MERGED_NAME}",
        is_same=is_same,
    )
    for host, words, key, is_same in (
        ("one.host", "one.host_words", "host) WHERE (NOT (host = '')", ALIKE),
        ("''", "one.words", "name_key) WHERE (host = ''", "true"),
    )
)
REMEMBER_COMPANIES = f"""
CREATE FUNCTION remember_companies(brought jsonb, of_tenant uuid, of_partner uuid, at timestamptz, is_lent boolean)
RETURNS TABLE (place integer, found uuid, standing uuid, found_key text, was text[], became text[])
LANGUAGE plpgsql SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT * FROM jsonb_to_recordset(brought) AS brought_rows (
            place integer, id uuid, name text, name_key text, name_core text, host text, host_words text, words text,
            website text, country text, postcode text)
        ORDER BY place
    LOOP
        IF one.host <> '' THEN
            RETURN QUERY {BY_HOST};
            CONTINUE WHEN FOUND;
        END IF;
        RETURN QUERY {BY_NAME};
    END LOOP;
END
$$
"""
# Address and folded name tell the people of a company apart; a newer spelling, number or title replaces the old one.
# At an address of one person's own a name that is nearly the same is the same person's, and corrects it.
IS_NEWER_PERSON = """excluded.updated_at >= deals_contact.updated_at AND deals_contact.known_as_id IS NULL
                AND NOT is_lent AND NOT EXISTS (
                SELECT FROM deals_contact merged WHERE merged.tenant_id = deals_contact.tenant_id
                    AND merged.known_as_id = deals_contact.id AND merged.name_key = one.name_key)"""
STANDS = "deals_contact.known_as_id IS NULL AND NOT is_lent"
REMEMBER_CONTACTS = f"""
CREATE FUNCTION remember_contacts(brought jsonb, of_tenant uuid, of_partner uuid, at timestamptz, is_lent boolean)
RETURNS TABLE (place integer, found uuid, standing uuid, found_key text, was text[], became text[])
LANGUAGE plpgsql SET search_path = public SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT * FROM jsonb_to_recordset(brought) AS brought_rows (
            place integer, id uuid, company uuid, company_key text, first_name text, last_name text, name_key text,
            is_own boolean, address text, phone text, job_title text, words text)
        ORDER BY place
    LOOP
        RETURN QUERY
        WITH known AS (
            SELECT company_id, name_key FROM deals_contact
            WHERE tenant_id = of_tenant AND address = one.address
                AND (company_id = one.company OR company_id IN (
                    SELECT id FROM deals_company WHERE tenant_id = of_tenant AND known_as_id = one.company))
                AND (name_key = one.name_key OR EXISTS (
                    SELECT FROM deals_contact kin WHERE kin.tenant_id = of_tenant AND kin.name_key = one.name_key
                        AND (kin.id = deals_contact.known_as_id
                            OR kin.known_as_id = coalesce(deals_contact.known_as_id, deals_contact.id))
                ) OR (one.is_own AND (first_name = '' OR similarity(first_name, one.first_name) >= 0.25)
                    AND (last_name = '' OR similarity(last_name, one.last_name) >= 0.25)))
            ORDER BY name_key = one.name_key DESC, known_as_id IS NULL DESC, updated_at DESC LIMIT 1
        )
        INSERT INTO deals_contact
            (id, tenant_id, partner_id, company_id, first_name, last_name, name_key, company_key, address, phone,
             job_title, search_text, created_at, updated_at)
        VALUES
            (one.id, of_tenant, of_partner, coalesce((SELECT company_id FROM known), one.company), one.first_name,
             one.last_name, coalesce((SELECT name_key FROM known), one.name_key), one.company_key, one.address,
             one.phone, one.job_title, one.words, at, at)
        ON CONFLICT (tenant_id, company_id, address, name_key) DO UPDATE SET
            first_name = CASE WHEN {IS_NEWER_PERSON} THEN excluded.first_name ELSE deals_contact.first_name END,
            last_name = CASE WHEN {IS_NEWER_PERSON} THEN excluded.last_name ELSE deals_contact.last_name END,
            name_key = CASE WHEN {IS_NEWER_PERSON} THEN one.name_key ELSE deals_contact.name_key END,
            search_text = CASE WHEN {IS_NEWER_PERSON} AND deals_contact.name_key <> one.name_key
                THEN excluded.search_text ELSE deals_contact.search_text END,
            phone = CASE WHEN {IS_NEWER_PERSON} THEN coalesce(nullif(excluded.phone, ''), deals_contact.phone)
                WHEN {STANDS} THEN coalesce(nullif(deals_contact.phone, ''), excluded.phone)
                ELSE deals_contact.phone END,
            job_title = CASE WHEN {IS_NEWER_PERSON}
                THEN coalesce(nullif(excluded.job_title, ''), deals_contact.job_title)
                WHEN {STANDS} THEN coalesce(nullif(deals_contact.job_title, ''), excluded.job_title)
                ELSE deals_contact.job_title END,
            created_at = least(deals_contact.created_at, excluded.created_at),
            updated_at = greatest(deals_contact.updated_at, excluded.updated_at)
        RETURNING one.place, id, known_as_id, name_key::text,
            ARRAY[old.first_name, old.last_name, old.phone, old.job_title, old.address]::text[],
            ARRAY[new.first_name, new.last_name, new.phone, new.job_title, new.address]::text[];
    END LOOP;
END
$$
"""
ARGUMENTS = "(jsonb, uuid, uuid, timestamptz, boolean)"


class Migration(migrations.Migration):
    dependencies = [("deals", "0015_duplicates")]

    operations = [
        migrations.RunSQL(REMEMBER_COMPANIES, f"DROP FUNCTION remember_companies{ARGUMENTS}"),
        migrations.RunSQL(REMEMBER_CONTACTS, f"DROP FUNCTION remember_contacts{ARGUMENTS}"),
    ]
