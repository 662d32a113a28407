-- The search of one table: made by `search_made()` from this text and what the app declares of the table.
--
-- PostgreSQL guesses badly how many rows a part of a word, or two filters, leave, and behind row-level security it does
-- not look at all. So nothing here rests on its guess; each step reads a bounded number of rows, and none too few:
--
-- 1. the first rows of the order's index, with all that is asked of them; done when the page is full. They also tell
--    how deep a page lies: where that is not deep, so many rows are read, which costs less than the lists of the
--    search index, each as long as the table;
-- 2. else the rows of the search index that stand in the beginning of the order, as deep as the first rows tell;
-- 3. else, or where these tell nothing, the rows whose keys are all that is asked, by the search index alone, if they
--    are few; and where they are many, step 2 as deep as is allowed, and once more less deep.
--
-- Where that does not fill the page either, the answer says up to where it has looked (`until_value`, `until_id`): the
-- next page begins there. It reads as partnerhub_reader, keeps to the tenant and the partner that are named, and gives
-- ids only; the caller fetches the rows behind the wall again.
CREATE OR REPLACE FUNCTION deals_deal_found(
    words text[], rule jsonb, otherwise jsonb, sort_column text, descending boolean,
    after_value text, after_id uuid, most integer, is_whole boolean,
    OUT ids uuid[], OUT until_value text, OUT until_id uuid
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public SET jit = off SET random_page_cost = 4 SET max_parallel_workers_per_gather = 0
SET enable_seqscan = on SET enable_sort = on SET enable_bitmapscan = on
SET enable_indexscan = on SET enable_indexonlyscan = on
AS $$
DECLARE
    few constant integer := 180;
    widest constant integer := 1500;
    deepest constant integer := 8000;
    page constant integer := 26;
    kinds constant jsonb := '{"id": "uuid", "updated_at": "timestamptz", "close_date": "date", "status": "text", "stage": "smallint", "active_registrations": "smallint", "type": "text", "partner_id": "uuid", "created_by_id": "uuid", "team": "uuid[]", "of deals_dealside": {"partner_id": "uuid"}}';
    walks constant jsonb := '{"partner_id": ["updated_at"]}';
    keyed constant text[] := '{partner_id,status}';
    people constant text[] := '{created_by_id,team}';
    day_column constant text := '';
    tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    side text := coalesce(current_setting('app.side', true), '');
    partner text := coalesce(current_setting('app.partner_id', true), '');
    kind text := kinds ->> sort_column;
    ordered text := format('ORDER BY one.%I, one.id', sort_column);
    place text := 'true';
    walk text;
    matched text := 'true';
    asked text;
    wanted text[] := '{}';
    pieces text[];
    rough text[];
    overlapping text[] := '{}';
    candidates text[];
    term jsonb;
    word text;
    first_day timestamptz;
    last_day timestamptz;
    numbers bigint[];
    nearer uuid[];
    examined integer;
    depth integer;
    share real;
    is_keyed boolean;
    is_told boolean;
    guessed real;
    held text;
    beyond text := '';
    bounds text;
    reversed text;
    begin_value text;
    begin_id uuid;
    end_value text;
    end_id uuid;
    nearest uuid;
    last_value text;
    last_id uuid;
BEGIN
    reversed := format('ORDER BY one.%I DESC, one.id DESC', sort_column);
    IF descending THEN
        SELECT reversed, ordered INTO ordered, reversed;
    END IF;
    ids := '{}';
    IF tenant IS NULL OR side NOT IN ('vendor', 'partner', 'system') OR kind IS NULL THEN
        RETURN;
    END IF;
    IF side = 'partner' THEN
        rule := jsonb_build_array('every', rule, jsonb_build_array('is', 'partner_id', partner));
    END IF;
    FOREACH word IN ARRAY words LOOP
        matched := matched || ' AND ' || search_word(word, 'one');
    END LOOP;
    IF otherwise IS NOT NULL THEN
        otherwise := jsonb_build_array('every', otherwise);
        matched := format('(%s OR %s)', '(' || matched || ')', search_condition(otherwise, kinds, 'one'));
    END IF;
    walk := format('one.tenant_id = %L AND true', tenant);
    asked := search_condition(rule, kinds, 'one') || ' AND ' || matched;

    IF is_whole THEN
        EXECUTE format('SELECT array(SELECT id FROM deals_deal AS one WHERE %s AND %s)', walk, asked) INTO ids;
        RETURN;
    END IF;

    -- What the search index and the order's know of what is asked.
    FOR term IN SELECT DISTINCT search_terms(rule) LOOP
        candidates := search_keys(term, keyed, people);
        IF term ->> 0 = 'from' AND term ->> 1 = day_column THEN
            first_day := term ->> 2;
        ELSIF term ->> 0 = 'before' AND term ->> 1 = day_column THEN
            last_day := term ->> 2;
        END IF;
        IF cardinality(candidates) = 1 THEN
            wanted := wanted || candidates;
        ELSIF candidates <> '{}' AND (overlapping = '{}' OR cardinality(candidates) < cardinality(overlapping)) THEN
            overlapping := candidates;
        END IF;
        IF term ->> 1 = sort_column AND term ->> 0 IN ('is', 'from', 'before') THEN
            walk := walk || ' AND ' || search_condition(term, kinds, 'one');
        ELSIF term ->> 1 = sort_column AND term ->> 0 = 'among' AND jsonb_array_length(term -> 2) > 0 THEN
            walk := walk || (
                SELECT format(' AND one.%I BETWEEN least(%s) AND greatest(%2$s)', sort_column, string_agg(format('%L::%s', value, kind), ', '))
                FROM jsonb_array_elements_text(term -> 2)
            );
        END IF;
    END LOOP;
    walk := walk || coalesce((
        SELECT ' AND ' || search_condition(narrowing, kinds, 'one') FROM search_terms(rule) AS narrowing
        WHERE walks -> (narrowing ->> 1) ? sort_column AND CASE narrowing ->> 0
            WHEN 'among' THEN jsonb_array_length(narrowing -> 2) = 1 ELSE narrowing ->> 0 = 'is'
        END
        LIMIT 1
    ), '');
    IF overlapping = '{}' AND coalesce(first_day, last_day) IS NOT NULL THEN
        EXECUTE format(
            'SELECT coalesce($1, min(%1$I)), coalesce($2, max(%1$I)) FROM deals_deal AS one WHERE %2$s',
            day_column, format('one.tenant_id = %L AND true', tenant)
        ) INTO first_day, last_day USING first_day, last_day;
        numbers := ARRAY[extract(epoch FROM first_day)::bigint / 86400, extract(epoch FROM last_day)::bigint / 86400];
        word := 'day=';
        IF numbers[2] - numbers[1] > 40 THEN
            numbers := ARRAY[numbers[1] / 32, numbers[2] / 32];
            word := 'month=';
        END IF;
        IF numbers[2] - numbers[1] <= 64 THEN
            overlapping := ARRAY(SELECT word || number FROM generate_series(numbers[1], numbers[2]) AS number);
        END IF;
    END IF;
    pieces := search_trigrams(words);
    rough := wanted || pieces[:2];
    wanted := wanted || pieces;
    is_keyed := wanted <> '{}' OR overlapping <> '{}';
    IF after_id IS NOT NULL THEN
        place := format(
            '(one.%I, one.id) %s (%L::%s, %L)',
            sort_column, CASE WHEN descending THEN '<' ELSE '>' END, after_value, kind, after_id
        );
    END IF;

    -- 1. The first rows of the order.
    depth := few;
    LOOP
        PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true),
            set_config('enable_bitmapscan', 'off', true);
        EXECUTE format(
            'WITH first AS MATERIALIZED (SELECT tenant_id, id, updated_at, close_date, status, stage, active_registrations, type, partner_id, created_by_id, team, search_text FROM deals_deal AS one WHERE %1$s AND %2$s %3$s LIMIT %4$s)'
            ' SELECT array(SELECT id FROM first AS one WHERE %5$s %3$s LIMIT %6$s), (SELECT count(*) FROM first),'
            ' beginning.value, beginning.id, ending.value, ending.id'
            ' FROM (SELECT one.%7$I::text AS value, id FROM first AS one %3$s LIMIT 1) AS beginning,'
            ' (SELECT one.%7$I::text AS value, id FROM first AS one %8$s LIMIT 1) AS ending',
            walk, place, ordered, depth, asked, most, sort_column, reversed
        ) INTO nearer, examined, begin_value, begin_id, until_value, until_id;
        ids := coalesce(nearer, '{}');
        IF coalesce(examined, 0) < depth OR cardinality(ids) >= most THEN
            until_value := NULL;
            until_id := NULL;
            RETURN;
        END IF;
        share := cardinality(ids)::real / depth;
        EXIT WHEN depth > few OR (is_keyed AND share * widest < 1.2 * page);
        depth := CASE WHEN is_keyed THEN least(widest, ceil(1.2 * most / share)) ELSE widest END;
    END LOOP;
    IF NOT is_keyed OR cardinality(ids) >= page THEN
        RETURN;
    END IF;

    IF otherwise IS NOT NULL THEN
        beyond := format(
            ' UNION ALL SELECT tenant_id, id, updated_at, close_date, status, stage, active_registrations, type, partner_id, created_by_id, team, search_text FROM deals_deal AS one WHERE one.tenant_id = %L AND %s AND NOT (CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, ''''), ''status='' || coalesce(status::text, ''''), coalesce(created_by_id::text, '''')] || team::text[] || show_trgm(search_text) ELSE ''{}'' END) @> $1',
            tenant, search_condition(otherwise, kinds, 'one')
        );
    END IF;
    is_told := share >= 0.02;
    depth := CASE WHEN is_told THEN least(deepest, (1.4 * most / share)::integer) ELSE deepest END;
    FOR turn IN 1 .. 3 LOOP
        IF nearest IS NULL AND turn = (CASE WHEN is_told THEN 2 ELSE 1 END) THEN
            -- 3. What the search index finds, if that is little.
            PERFORM set_config('enable_sort', 'on', true), set_config('enable_bitmapscan', 'on', true),
                set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true);
            EXECUTE format(
                'WITH hits AS MATERIALIZED ((SELECT tenant_id, id, updated_at, close_date, status, stage, active_registrations, type, partner_id, created_by_id, team, search_text FROM deals_deal AS one WHERE (CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, ''''), ''status='' || coalesce(status::text, ''''), coalesce(created_by_id::text, '''')] || team::text[] || show_trgm(search_text) ELSE ''{}'' END) @> $1 AND %s LIMIT %s)%s)'
                ' SELECT (SELECT count(*) FROM hits),'
                ' array(SELECT id FROM hits AS one WHERE %s AND %s AND %s %s LIMIT %s)',
                CASE overlapping WHEN '{}' THEN 'true' ELSE '(CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, ''''), ''status='' || coalesce(status::text, ''''), coalesce(created_by_id::text, '''')] || team::text[] || show_trgm(search_text) ELSE ''{}'' END) && $2' END, few + 1, beyond,
                walk, place, asked, ordered, most
            ) INTO examined, nearer USING wanted || ('tenant_id=' || tenant), overlapping;
            IF examined <= few THEN
                ids := nearer;
                until_value := NULL;
                until_id := NULL;
                RETURN;
            END IF;
            EXIT WHEN is_told;
            nearest := nearer[least(page, cardinality(nearer))];
            CONTINUE;
        END IF;

        -- 2. What it finds in the beginning of the order, by both indexes together.
        -- The planner cannot look into these parameters: of each comparison it takes a third of the rows for its
        -- result. A span is said so often that the order's index seems to leave some rows of it, neither one nor many:
        -- so it takes both indexes. Of few rows it would take none but the search index, did that seem to leave one row
        -- only. Two pieces of the words are enough here: each costs a list as long as the table is.
        IF held IS NULL THEN
            guessed := search_guess(format('SELECT FROM deals_deal AS one WHERE %s', walk));
            bounds := array_to_string(array_fill(format(
                '(one.%1$I, one.id) >= ((SELECT $3::%2$s), (SELECT $4)) AND (one.%1$I, one.id) <= ((SELECT $5::%2$s), (SELECT $6))',
                sort_column, kind
            ), ARRAY[greatest(1, round(ln(greatest(guessed, 1) / 60) / ln(9)))::integer]), ' AND ');
            held := concat_ws(
                ' AND ',
                CASE WHEN wanted <> '{}' THEN '(CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, ''''), ''status='' || coalesce(status::text, ''''), coalesce(created_by_id::text, '''')] || team::text[] || show_trgm(search_text) ELSE ''{}'' END) @> (SELECT $1)' END,
                CASE WHEN wanted = '{}' OR (overlapping <> '{}' AND guessed > 60000) THEN '(CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, ''''), ''status='' || coalesce(status::text, ''''), coalesce(created_by_id::text, '''')] || team::text[] || show_trgm(search_text) ELSE ''{}'' END) && (SELECT $2)' END
            );
        END IF;
        PERFORM set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
            set_config('enable_indexscan', 'on', true), set_config('enable_indexonlyscan', 'on', true);
        EXECUTE format(
            'SELECT value::text, id FROM ('
            '(SELECT one.%1$I AS value, id FROM deals_deal AS one WHERE %2$s AND %3$s %4$s OFFSET %5$s LIMIT 1) UNION ALL'
            ' (SELECT one.%1$I, id FROM deals_deal AS one WHERE one.tenant_id = %6$L AND one.id = %7$L)) AS one %8$s LIMIT 1',
            sort_column, walk, place, ordered, depth - 1, tenant, nearest, replace(ordered, format('%I', sort_column), 'value')
        ) INTO end_value, end_id;
        last_value := end_value;
        last_id := end_id;
        IF end_id IS NULL THEN
            EXECUTE format('SELECT one.%1$I::text, id FROM deals_deal AS one WHERE %2$s %3$s LIMIT 1', sort_column, walk, reversed)
            INTO last_value, last_id;
        END IF;
        PERFORM set_config('enable_sort', 'on', true), set_config('enable_bitmapscan', 'on', true),
            set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true);
        EXECUTE format(
            'WITH hits AS MATERIALIZED ((SELECT tenant_id, id, updated_at, close_date, status, stage, active_registrations, type, partner_id, created_by_id, team, search_text FROM deals_deal AS one WHERE %1$s AND %2$s LIMIT %3$s)%4$s)'
            ' SELECT (SELECT count(*) FROM hits),'
            ' array(SELECT id FROM hits AS one WHERE %5$s AND %6$s AND %7$s'
            ' AND (one.%8$I, one.id) BETWEEN ($3::%9$s, $4) AND ($5::%9$s, $6) %10$s LIMIT %11$s)',
            held, format('%s AND %s', walk, bounds), few + 1, beyond, walk, place, asked, sort_column, kind, ordered, most
        ) INTO examined, nearer USING rough, overlapping,
            CASE WHEN descending THEN last_value ELSE begin_value END, CASE WHEN descending THEN last_id ELSE begin_id END,
            CASE WHEN descending THEN begin_value ELSE last_value END, CASE WHEN descending THEN begin_id ELSE last_id END;
        IF examined <= few THEN
            ids := nearer;
            until_value := end_value;
            until_id := end_id;
            EXIT WHEN nearest IS NOT NULL OR NOT is_told OR end_id IS NULL OR cardinality(ids) >= page;
        ELSE
            -- Too many: the page ends at the latest where the first of these few do.
            nearest := nearer[least(page, cardinality(nearer))];
            depth := greatest(depth / 10, few);
        END IF;
    END LOOP;
END $$
