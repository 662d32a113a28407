"""The search of a table, as migration operations: its function and its index, made of one text and a declaration.

The whole text of each function as it stands in the database is kept beside the app that owns the table
(`<app>/sql/`), and a test compares them: `manage.py search_sql` writes the files.
"""

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.db import migrations

from partnerhub.tenancy.walls import door, door_again
from partnerhub.web.lists.finding import Searched

SQL = Path(__file__).parent / "sql"
TERMS = (
    "search_condition(jsonb, jsonb, text)",
    "search_terms(jsonb)",
    "search_keys(jsonb, text[], text[])",
    "search_word(text, text)",
    "search_trigrams(text[])",
    "search_guess(text)",
)


def function_of(table: Searched) -> str:
    """The CREATE FUNCTION of a table's search."""
    kinds = {**table.columns, **{f"of {name}": columns for name, columns in table.links.items()}}
    said = {
        "table": table.table,
        "function": table.function,
        "columns": ", ".join(dict.fromkeys(("tenant_id", "id", *table.columns, "search_text"))),
        "kinds": f"'{json.dumps(kinds)}'",
        "walks": f"'{json.dumps(dict(table.walks))}'",
        "keyed": _array(table.keyed),
        "people": _array(table.people),
        "day": f"'{table.day}'",
    }
    text = (SQL / "search.sql").read_text()
    for name, value in said.items():
        text = text.replace(f"{{{name}}}", value)
    # These two stand inside quoted statements.
    for name, value in (("base", table.base), ("keys", table.keys)):
        text = text.replace(f"{{{name}}}", value.replace("'", "''"))
    return text


def _array(names: Iterable[str]) -> str:
    return f"'{{{','.join(names)}}}'"


def searched_tables() -> Iterator[Searched]:
    """What the apps declare: each in its module `search`."""
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.search"):
            declared = vars(import_module(f"{app.name}.search")).values()
            yield from (one for one in declared if isinstance(one, Searched))


def file_of(table: Searched) -> Path:
    """The file that holds the text of the table's search function."""
    owner = next(model for model in apps.get_models() if model._meta.db_table == table.table)
    return Path(apps.get_app_config(owner._meta.app_label).path) / "sql" / f"{table.function}.sql"


def search_terms_made() -> migrations.RunSQL:
    """The functions that the search of every table calls."""
    drops = "; ".join(f"DROP FUNCTION IF EXISTS {signature}" for signature in TERMS)
    return migrations.RunSQL((SQL / "search_terms.sql").read_text(), drops)


def search_made(table: Searched) -> migrations.RunSQL:
    """The search function of a table, made or made anew."""
    return door(table.signature, function_of(table))


def search_again(table: Searched) -> migrations.RunSQL:
    """The search function of a table that has one, made anew from the text as it stands now. Back is the same again."""
    body = function_of(table)
    return door_again(body, before=body)


def search_index(table: Searched) -> migrations.RunSQL:
    """The index of the search, beside the work on the table: for a migration with `atomic = False`.

    A list of changes that is not yet in the index is read by every search, so it stays short.
    """
    return migrations.RunSQL(
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {table.index} ON {table.table} USING gin ({table.keys})"
        " WITH (gin_pending_list_limit = 256)",
        f"DROP INDEX CONCURRENTLY IF EXISTS {table.index}",
    )
