-- What the search functions of all tables share: a rule (`partnerhub.web.visibility`, as its `words()` say it) and the
-- words that are looked for, as conditions and as the keys of a search index. Made by `search_terms_made()`.

-- The rule as a condition on the rows called `alias`. `kinds`: the type of each column that may be named; of a table
-- that a rule may link to, its columns' under `of <table>`. Raises what no rule of this table could say.
CREATE OR REPLACE FUNCTION search_condition(rule jsonb, kinds jsonb, alias text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public AS $$
DECLARE
    term text := rule ->> 0;
    place text;
    kind text := kinds ->> (rule ->> 1);
    parts text[];
BEGIN
    IF term IN ('every', 'some') THEN
        SELECT array_agg(search_condition(value, kinds, alias)) INTO parts
        FROM jsonb_array_elements(rule) WITH ORDINALITY WHERE ordinality > 1;
        RETURN CASE
            WHEN parts IS NULL THEN (term = 'every')::text
            ELSE '(' || array_to_string(parts, CASE term WHEN 'every' THEN ' AND ' ELSE ' OR ' END) || ')'
        END;
    END IF;
    IF term = 'linked' AND kinds ? ('of ' || (rule ->> 1)) AND kinds ? (rule ->> 3) THEN
        RETURN format(
            'EXISTS (SELECT FROM %I AS linked WHERE linked.tenant_id = %I.tenant_id AND linked.%I = %I.%I AND %s)',
            rule ->> 1, alias, rule ->> 2, alias, rule ->> 3,
            search_condition(rule -> 4, kinds -> ('of ' || (rule ->> 1)), 'linked')
        );
    END IF;
    IF kind IS NULL THEN
        RAISE EXCEPTION 'No search by %', rule;
    END IF;
    place := format('%I.%I', alias, rule ->> 1);
    CASE term
        WHEN 'is' THEN RETURN format('%s = %L::%s', place, rule ->> 2, kind);
        WHEN 'filled' THEN RETURN format('%s IS NOT NULL', place);
        WHEN 'missing' THEN RETURN format('%s IS NULL', place);
        WHEN 'empty' THEN RETURN format('%s = ''{}''', place);
        WHEN 'from' THEN RETURN format('%s >= %L::%s', place, rule ->> 2, kind);
        WHEN 'before' THEN RETURN format('%s < %L::%s', place, rule ->> 2, kind);
        WHEN 'holds' THEN RETURN format('(%1$s <> ''{}'' AND %1$s @> ARRAY[%2$L]::%3$s)', place, rule ->> 2, kind);
        WHEN 'among' THEN
            SELECT array_agg(format('%L::%s', value, kind)) INTO parts FROM jsonb_array_elements_text(rule -> 2);
            RETURN CASE
                WHEN parts IS NULL THEN 'false' ELSE format('%s IN (%s)', place, array_to_string(parts, ', '))
            END;
        ELSE RAISE EXCEPTION 'No search by %', rule;
    END CASE;
END $$;

-- The terms that all have to hold.
CREATE OR REPLACE FUNCTION search_terms(rule jsonb) RETURNS SETOF jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = public AS $$
BEGIN
    IF rule ->> 0 = 'every' THEN
        RETURN QUERY SELECT search_terms(value)
        FROM jsonb_array_elements(rule) WITH ORDINALITY WHERE ordinality > 1;
    ELSE
        RETURN NEXT rule;
    END IF;
END $$;

-- Keys of the search index of which every row has at least one that holds the term, as few as the term says; NULL where
-- it says none. `keyed`: columns whose values are keys; `people`: those whose ids are.
CREATE OR REPLACE FUNCTION search_keys(term jsonb, keyed text[], people text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = public AS $$
DECLARE
    named text := term ->> 1;
    part jsonb;
    made text[];
    best text[];
BEGIN
    CASE
        WHEN term ->> 0 = 'is' AND named = ANY (keyed) THEN
            RETURN ARRAY[named || '=' || (term ->> 2)];
        WHEN term ->> 0 = 'missing' AND named = ANY (keyed) THEN
            RETURN ARRAY[named || '='];
        WHEN term ->> 0 = 'among' AND named = ANY (keyed) THEN
            RETURN ARRAY(SELECT DISTINCT named || '=' || value FROM jsonb_array_elements_text(term -> 2));
        WHEN term ->> 0 IN ('is', 'holds') AND named = ANY (people) THEN
            RETURN ARRAY[term ->> 2];
        WHEN term ->> 0 = 'among' AND named = ANY (people) THEN
            RETURN ARRAY(SELECT DISTINCT jsonb_array_elements_text(term -> 2));
        WHEN term ->> 0 IN ('every', 'some') THEN
            FOR part IN SELECT value FROM jsonb_array_elements(term) WITH ORDINALITY WHERE ordinality > 1 LOOP
                made := search_keys(part, keyed, people);
                IF term ->> 0 = 'some' THEN
                    IF made IS NULL THEN
                        RETURN NULL;
                    END IF;
                    best := ARRAY(SELECT DISTINCT unnest(coalesce(best, '{}') || made));
                ELSIF best IS NULL OR cardinality(made) < cardinality(best) THEN
                    best := made;
                END IF;
            END LOOP;
            RETURN best;
        ELSE
            RETURN NULL;
    END CASE;
END $$;

-- One word as a condition: three letters and more stand anywhere, fewer at the beginning of a word.
CREATE OR REPLACE FUNCTION search_word(word text, alias text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public AS $$
    SELECT CASE
        WHEN word ~ '^[[:alnum:]]{1,2}$' THEN format('%I.search_text ~ %L', alias, '(^|[^[:alnum:]])' || word)
        ELSE format(
            '%I.search_text LIKE %L',
            alias, '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        )
    END
$$;

-- Keys of pg_trgm that every row with these words has, as `show_trgm` writes them; four at most, because each costs a
-- list of its own. Of letters beyond ASCII there is but a hash, found as what three letters have and their pairs do not.
CREATE OR REPLACE FUNCTION search_trigrams(words text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = public AS $$
DECLARE
    most constant integer := 4;
    word text;
    run text;
    three text;
    made text[] := '{}';
BEGIN
    FOREACH word IN ARRAY words LOOP
        IF word ~ '^[[:alnum:]]{1,2}$' THEN
            made := made || ARRAY(
                SELECT one FROM unnest(show_trgm(word || 'x')) AS one
                WHERE one = ANY (show_trgm(word || 'y')) AND (length(word) = 1 OR one <> ALL (show_trgm(left(word, 1))))
            );
            CONTINUE;
        END IF;
        FOR run IN SELECT piece[1] FROM regexp_matches(word, '[[:alnum:]]{3,}', 'g') AS piece LOOP
            FOR place IN 1 .. length(run) - 2 LOOP
                three := substr(run, place, 3);
                made := made || ARRAY(
                    SELECT unnest(show_trgm(three))
                    EXCEPT SELECT unnest(show_trgm(left(three, 2)))
                    EXCEPT SELECT unnest(show_trgm(right(three, 2)))
                );
            END LOOP;
        END LOOP;
    END LOOP;
    made := ARRAY(SELECT DISTINCT unnest(made));
    RETURN ARRAY(
        SELECT one FROM unnest(made) WITH ORDINALITY AS counted (one, number)
        WHERE (number - 1) % (1 + (cardinality(made) - 1) / most) = 0
    );
END $$;

-- How many rows the planner takes a statement to give, by which it chooses its indexes.
CREATE OR REPLACE FUNCTION search_guess(query text) RETURNS real
LANGUAGE plpgsql VOLATILE SET search_path = public AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;
