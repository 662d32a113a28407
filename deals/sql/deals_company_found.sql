-- The search of one table: made by `search_made()` from this text and what the app declares of the table.
--
-- PostgreSQL guesses badly how many rows a part of a word, or two filters, leave, and behind row-level security it does
-- not look at all. So nothing here rests on its guess; each step reads a bounded number of rows, and none too few:
--
-- 1. the first rows of the order's index, with all that is asked of them; done when the page is full;
-- 2. else the rows whose keys are all that is asked, by the search index alone, if they are few;
-- 3. else those of the search index that stand in the beginning of the order, deeper the rarer they were in step 1.
--
-- Where that does not fill the page either, the answer says up to where it has looked (`until_value`, `until_id`): the
-- next page begins there. It reads as partnerhub_reader, keeps to the tenant and the partner that are named, and gives
-- ids only; the caller fetches the rows behind the wall again.
CREATE OR REPLACE FUNCTION deals_company_found(
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
    few constant integer := 200;
    deepest constant integer := 30000;
    at_first integer := few;
    kinds constant jsonb := '{"name_key": "text COLLATE \"C\"", "host": "text COLLATE \"C\"", "updated_at": "timestamptz", "partner_id": "uuid"}';
    walks constant jsonb := '{"partner_id": ["name_key", "updated_at"]}';
    keyed constant text[] := '{partner_id}';
    people constant text[] := '{}';
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
    beyond text := '';
    ending text;
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
        EXECUTE format('SELECT array(SELECT id FROM deals_company AS one WHERE %s AND %s)', walk, asked) INTO ids;
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
            'SELECT coalesce($1, min(%1$I)), coalesce($2, max(%1$I)) FROM deals_company AS one WHERE %2$s',
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
    wanted := wanted || search_trigrams(words);
    IF wanted = '{}' AND overlapping = '{}' THEN
        at_first := 1400;
    END IF;
    IF after_id IS NOT NULL THEN
        place := format(
            '(one.%I, one.id) %s (%L::%s, %L)',
            sort_column, CASE WHEN descending THEN '<' ELSE '>' END, after_value, kind, after_id
        );
    END IF;

    -- 1. The first rows of the order.
    PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true),
        set_config('enable_bitmapscan', 'off', true);
    EXECUTE format(
        'SELECT array(SELECT id FROM (SELECT * FROM deals_company AS one WHERE %s AND %s %s LIMIT %s) AS one WHERE %s %s LIMIT %s)',
        walk, place, ordered, at_first, asked, ordered, most
    ) INTO ids;
    IF cardinality(ids) >= most THEN
        RETURN;
    END IF;
    EXECUTE format(
        'SELECT one.%I::text, one.id FROM deals_company AS one WHERE %s AND %s %s OFFSET %s LIMIT 1',
        sort_column, walk, place, ordered, at_first - 1
    ) INTO until_value, until_id;
    IF until_id IS NULL OR (wanted = '{}' AND overlapping = '{}') THEN
        RETURN;
    END IF;

    -- 2. What the search index finds, if that is little.
    wanted := wanted || ('tenant_id=' || tenant);
    IF otherwise IS NOT NULL THEN
        beyond := format(
            ' UNION ALL SELECT * FROM deals_company AS one WHERE one.tenant_id = %L AND %s AND NOT (CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, '''')] || show_trgm(search_text) ELSE ''{}'' END) @> $1',
            tenant, search_condition(otherwise, kinds, 'one')
        );
    END IF;
    PERFORM set_config('enable_sort', 'on', true), set_config('enable_bitmapscan', 'on', true),
        set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true);
    EXECUTE format(
        'WITH hits AS MATERIALIZED ((SELECT * FROM deals_company AS one WHERE (CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, '''')] || show_trgm(search_text) ELSE ''{}'' END) @> $1 AND %s LIMIT %s)%s)'
        ' SELECT (SELECT count(*) FROM hits),'
        ' array(SELECT id FROM hits AS one WHERE %s AND %s AND %s %s LIMIT %s)',
        CASE overlapping WHEN '{}' THEN 'true' ELSE '(CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, '''')] || show_trgm(search_text) ELSE ''{}'' END) && $2' END, few + 1, beyond,
        walk, place, asked, ordered, most
    ) INTO examined, nearer USING wanted, overlapping;
    IF examined <= few THEN
        ids := nearer;
        until_value := NULL;
        until_id := NULL;
        RETURN;
    END IF;

    -- 3. What it finds in the beginning of the order, by both indexes together. The planner cannot look into these
    -- parameters, and each bound that is said again lets it take the span for narrower: so it takes both indexes always.
    bounds := format(
        '(one.%1$I, one.id) >= ((SELECT $3::%2$s), (SELECT $4)) AND (one.%1$I, one.id) <= ((SELECT $5::%2$s), (SELECT $6))',
        sort_column, kind
    );
    depth := least(deepest, 36000 / greatest(cardinality(ids), 1));
    FOR turn IN 1 .. 2 LOOP
        EXIT WHEN depth <= at_first AND nearest IS NULL;
        PERFORM set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
            set_config('enable_indexscan', 'on', true), set_config('enable_indexonlyscan', 'on', true);
        ending := format('SELECT one.%I::text, one.id FROM deals_company AS one WHERE %s', sort_column, walk);
        EXECUTE format('%s AND %s %s LIMIT 1', ending, place, ordered) INTO begin_value, begin_id;
        IF nearest IS NULL THEN
            EXECUTE format('%s AND %s %s OFFSET %s LIMIT 1', ending, place, ordered, depth - 1) INTO end_value, end_id;
        ELSE
            EXECUTE format('%s AND one.id = %L', ending, nearest) INTO end_value, end_id;
        END IF;
        IF end_id IS NULL THEN
            EXECUTE format('%s %s LIMIT 1', ending, reversed) INTO last_value, last_id;
        ELSE
            last_value := end_value;
            last_id := end_id;
        END IF;
        PERFORM set_config('enable_sort', 'on', true), set_config('enable_bitmapscan', 'on', true),
            set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true);
        EXECUTE format(
            'WITH hits AS MATERIALIZED ((SELECT * FROM deals_company AS one WHERE %1$s AND %2$s AND'
            ' %11$s LIMIT %5$s)%6$s)'
            ' SELECT (SELECT count(*) FROM hits),'
            ' array(SELECT id FROM hits AS one WHERE %2$s AND %7$s AND %8$s'
            ' AND (one.%3$I, one.id) BETWEEN ($3::%4$s, $4) AND ($5::%4$s, $6) %9$s LIMIT %10$s)',
            '(CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, '''')] || show_trgm(search_text) ELSE ''{}'' END) @> (SELECT $1)' || CASE overlapping WHEN '{}' THEN '' ELSE ' AND (CASE WHEN true THEN ARRAY[''tenant_id='' || coalesce(tenant_id::text, ''''), ''partner_id='' || coalesce(partner_id::text, '''')] || show_trgm(search_text) ELSE ''{}'' END) && (SELECT $2)' END,
            walk, sort_column, kind, few + 1, beyond, place, asked, ordered, most,
            array_to_string(array_fill(bounds, ARRAY[4]), ' AND ')
        ) INTO examined, nearer USING wanted, overlapping,
            CASE WHEN descending THEN last_value ELSE begin_value END, CASE WHEN descending THEN last_id ELSE begin_id END,
            CASE WHEN descending THEN begin_value ELSE last_value END, CASE WHEN descending THEN begin_id ELSE last_id END;
        IF examined <= few THEN
            ids := nearer;
            until_value := end_value;
            until_id := end_id;
            RETURN;
        END IF;
        -- Too many: the page ends at the latest where the first of these few do.
        nearest := nearer[least(26, cardinality(nearer))];
        depth := depth / 10;
    END LOOP;
END $$
