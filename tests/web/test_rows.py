"""Statements that are written out: planned once per connection, and right again after whatever went wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.db.models.signals import post_save, pre_save
from django.test.utils import CaptureQueriesContext

from partnerhub.accounts.models import Membership, User
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import ScopeError, tenant_scope
from partnerhub.web.rows import PREPARED_ROWS, insert, send

pytestmark = pytest.mark.django_db


def asked(query: str, parameters: Any) -> Any:
    with connection.cursor() as cursor:
        send(cursor, query, parameters)
        return cursor.fetchone()[0]


def times_prepared(text: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE position(%s IN statement) > 0", [text])
        return int(cursor.fetchone()[0])


def test_a_statement_is_planned_once_and_asked_with_other_values() -> None:
    query = "SELECT 'planned once' || %s::text"
    assert [asked(query, [word]) for word in ("a", "b", "c")] == ["planned oncea", "planned onceb", "planned oncec"]
    assert times_prepared("'planned once'") == 1


def test_a_named_value_may_stand_in_several_places() -> None:
    query = "SELECT %(word)s::text || %(other)s::text || %(word)s::text"
    assert [asked(query, {"word": "a", "other": "b"}), asked(query, {"other": "d", "word": "c"})] == ["aba", "cdc"]


def test_a_percent_sign_stays_one() -> None:
    query = "SELECT format('%%s', %s::text) || '%%'"
    assert [asked(query, ["a"]), asked(query, ["b"])] == ["a%", "b%"]


def test_a_value_never_becomes_part_of_the_statement() -> None:
    query, typed = "SELECT %s::text", "x'); DROP TABLE leads_lead; --%s"
    assert [asked(query, [typed]), asked(query, [typed])] == [typed, typed]


@pytest.mark.parametrize("asked_before", [0, 1])
def test_after_an_error_it_is_asked_again(asked_before: int) -> None:
    query = "SELECT 10 / %s::int"
    for _ in range(asked_before):
        asked(query, [1])
    with pytest.raises(DataError), transaction.atomic():
        asked(query, [0])
    assert [asked(query, [2]), asked(query, [5])] == [5, 2]


def test_a_value_that_is_not_taken_costs_no_new_plan() -> None:
    query = "SELECT 'kept plan', 10 / %s::int"
    asked(query, [1])
    with pytest.raises(DataError), transaction.atomic():
        asked(query, [0])
    asked(query, [2])
    assert times_prepared("'kept plan'") == 1


def test_a_table_that_changed_costs_one_answer_and_no_more() -> None:
    query = "SELECT word FROM changing WHERE word = %s"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE changing (word varchar(10)) ON COMMIT DROP")
        cursor.execute("INSERT INTO changing VALUES ('here')")
        assert asked(query, ["here"]) == "here"
        cursor.execute("ALTER TABLE changing ALTER word TYPE text")
    with pytest.raises(Exception, match="must not change result type"), transaction.atomic():
        asked(query, ["here"])
    assert asked(query, ["here"]) == "here"


def test_behind_a_pooler_nothing_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert asked("SELECT 'pooled' || %s::text", ["a"]) == "pooleda"
    assert times_prepared("'pooled'") == 0


class TestInsert:
    def test_a_row_is_written_as_it_is(self, acme: Tenant) -> None:
        with tenant_scope(acme):
            user = User.objects.create_user("quote'd@example.org", "x")
            written = Membership(user=user, roles=["a", "b'c"], title="%s {} 100%", name_key="key")
            insert([written])
            read_back = Membership.objects.get(pk=written.pk)
        fields = [field.attname for field in Membership._meta.concrete_fields]
        assert {name: getattr(read_back, name) for name in fields} == {name: getattr(written, name) for name in fields}

    def test_what_the_database_fills_in_is_known_after_saving(self, acme: Tenant) -> None:
        with tenant_scope(acme):
            seat = Membership(user=User.objects.create_user("new@example.org", "x"), roles=[])
            seat.save()
        assert seat.name_key == "new@example.org"

    @pytest.mark.parametrize("many", [1, PREPARED_ROWS, PREPARED_ROWS + 1])
    def test_rows_that_are_there_already_are_passed_over_where_that_is_wished(self, acme: Tenant, many: int) -> None:
        with tenant_scope(acme):
            old = Partner.objects.create(name="Old", country="NO")
            rows = [Partner(pk=old.pk, name="Other", country="SE"), *(Partner(name=f"{n}") for n in range(many - 1))]
            Partner.objects.insert_new(rows)
            assert sorted(Partner.objects.values_list("name", flat=True)) == sorted(
                ["Old", *(f"{n}" for n in range(many - 1))]
            )
            with pytest.raises(IntegrityError), transaction.atomic():
                insert(rows)

    def test_a_written_row_is_updated_when_it_is_saved_again(self, acme: Tenant) -> None:
        with tenant_scope(acme):
            partner = Partner(name="First")
            partner.save()
            partner.name = "Second"
            partner.save()
            assert Partner.objects.get(pk=partner.pk).name == "Second"

    def test_no_row_of_another_tenant_is_written(self, acme: Tenant, rival_tenant: Tenant) -> None:
        with tenant_scope(acme):
            foreign = Partner(name="Theirs", tenant=rival_tenant)
            with pytest.raises(ScopeError):
                foreign.save()
            with pytest.raises(ScopeError):
                Partner.objects.insert_new([foreign])
            with pytest.raises(DatabaseError), transaction.atomic():
                insert([foreign])


@pytest.fixture
def heard() -> Iterator[list[tuple[str, bool | None]]]:
    """What a library that listens to Django's signals hears of partners: (signal, created)."""
    told: list[tuple[str, bool | None]] = []

    def before(sender: Any, instance: Any, **_: Any) -> None:
        told.append((f"before {instance.name}", None))

    def after(sender: Any, instance: Any, created: bool, **_: Any) -> None:
        assert Partner.objects.filter(pk=instance.pk, name=instance.name).exists()
        told.append((f"after {instance.name}", created))

    pre_save.connect(before, sender=Partner)
    post_save.connect(after, sender=Partner)
    yield told
    pre_save.disconnect(before, sender=Partner)
    post_save.disconnect(after, sender=Partner)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Partner(name="Nordlicht").save(),
        lambda: Partner(name="Nordlicht").save(force_insert=True),
        lambda: Partner.objects.create(name="Nordlicht"),
        lambda: Partner.objects.get_or_create(name="Nordlicht"),
        lambda: Partner.objects.update_or_create(name="Nordlicht"),
    ],
    ids=["save", "force", "create", "get or create", "update or create"],
)
def test_whoever_listens_hears_of_a_new_row_however_it_was_made(
    acme: Tenant, heard: list[Any], make: Callable[[], Any]
) -> None:
    with tenant_scope(acme):
        make()
    assert heard == [("before Nordlicht", None), ("after Nordlicht", True)]


def test_whoever_listens_hears_of_a_change(acme: Tenant, heard: list[Any]) -> None:
    with tenant_scope(acme):
        partner = Partner.objects.create(name="Nordlicht")
        partner.name = "Südlicht"
        partner.save()
    assert heard[2:] == [("before Südlicht", None), ("after Südlicht", False)]


def test_create_and_save_write_by_the_same_kept_statement(acme: Tenant) -> None:
    with tenant_scope(acme), CaptureQueriesContext(connection) as statements:
        Partner.objects.create(name="Nordlicht")
        Partner(name="Südlicht").save()
    written = [query["sql"] for query in statements if "Nordlicht" in query["sql"] or "Südlicht" in query["sql"]]
    assert len(written) == 2
    assert written[0].split("(")[0] == written[1].split("(")[0]
    assert "EXECUTE" in written[1]
