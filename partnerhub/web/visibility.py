"""Visibility rules: which rows a member may see, as a value that renders as a filter, as SQL and as JSON.

A business app says the rule of its record in one function (`leads.selectors.scope.seen_by`), made of the terms below.
The rule renders as a filter of a queryset (`lookup`), as SQL for statements that are written out (`sql`), and as JSON
for a search function, which reads past the wall and has to apply the rule before its limit (`words`). The row-level
policy is the part of the rule that a side alone decides; a test holds it against that part.

How a rule widens, for one record and in its one function:

    # the leads that the member has claimed, whoever submitted them
    seen | Linked(Claim, "lead_id", where=Is("claimed_by_id", membership.pk))
    # the leads that another partner has shared with the member's
    Is("partner_id", partner) | Linked(Share, "lead_id", where=Is("partner_id", partner))

A link that crosses the wall (the second) has to widen the row-level policy too: `wall_again()` in a migration.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

Sql = tuple[str, list[Any]]


class Rule(ABC):
    """A condition on the rows of one table. Columns are named as the database does: `partner_id`."""

    @abstractmethod
    def lookup(self) -> Q:
        """For a queryset of the table's model."""

    @abstractmethod
    def sql(self, alias: str) -> Sql:
        """The condition with `%s` for each value, and the values. `alias`: the table's name in the statement."""

    @abstractmethod
    def words(self) -> list[Any]:
        """As plain JSON, for a search function: the term's name, then what it was made of."""

    def __and__(self, other: "Rule") -> "Rule":
        return Every.of(self, other)

    def __or__(self, other: "Rule") -> "Rule":
        return Some.of(self, other)


@dataclass(frozen=True)
class Is(Rule):
    """The column has this value."""

    column: str
    value: Any

    def lookup(self) -> Q:
        return Q(**{self.column: self.value})

    def sql(self, alias: str) -> Sql:
        return f"{alias}.{self.column} = %s", [self.value]

    def words(self) -> list[Any]:
        return ["is", self.column, _plain(self.value)]


@dataclass(frozen=True)
class Among(Rule):
    """The column has one of these values; of none at all: no row."""

    column: str
    values: tuple[Any, ...]

    def lookup(self) -> Q:
        return Q(**{f"{self.column}__in": self.values})

    def sql(self, alias: str) -> Sql:
        return f"{alias}.{self.column} IN ({', '.join(['%s'] * len(self.values)) or 'NULL'})", [*self.values]

    def words(self) -> list[Any]:
        return ["among", self.column, [_plain(one) for one in self.values]]


@dataclass(frozen=True)
class Missing(Rule):
    """The column has no value."""

    column: str

    def lookup(self) -> Q:
        return Q(**{f"{self.column}__isnull": True})

    def sql(self, alias: str) -> Sql:
        return f"{alias}.{self.column} IS NULL", []

    def words(self) -> list[Any]:
        return ["missing", self.column]


@dataclass(frozen=True)
class Since(Rule):
    """The column has this value or a later one."""

    column: str
    value: Any

    def lookup(self) -> Q:
        return Q(**{f"{self.column}__gte": self.value})

    def sql(self, alias: str) -> Sql:
        return f"{alias}.{self.column} >= %s", [self.value]

    def words(self) -> list[Any]:
        return ["from", self.column, _plain(self.value)]


@dataclass(frozen=True)
class Before(Rule):
    """The column has an earlier value."""

    column: str
    value: Any

    def lookup(self) -> Q:
        return Q(**{f"{self.column}__lt": self.value})

    def sql(self, alias: str) -> Sql:
        return f"{alias}.{self.column} < %s", [self.value]

    def words(self) -> list[Any]:
        return ["before", self.column, _plain(self.value)]


@dataclass(frozen=True)
class Filled(Rule):
    """The column has a value."""

    column: str

    def lookup(self) -> Q:
        return Q(**{f"{self.column}__isnull": False})

    def sql(self, alias: str) -> Sql:
        return f"{alias}.{self.column} IS NOT NULL", []

    def words(self) -> list[Any]:
        return ["filled", self.column]


@dataclass(frozen=True)
class Empty(Rule):
    """The column, an array, has nothing in it."""

    column: str

    def lookup(self) -> Q:
        return Q(**{self.column: []})

    def sql(self, alias: str) -> Sql:
        return f"{alias}.{self.column} = '{{}}'", []

    def words(self) -> list[Any]:
        return ["empty", self.column]


@dataclass(frozen=True)
class Holds(Rule):
    """The column, an array of ids, has this one in it. That it is not empty is said for the partial index."""

    column: str
    value: Any

    def lookup(self) -> Q:
        return ~Q(**{self.column: []}) & Q(**{f"{self.column}__contains": [self.value]})

    def sql(self, alias: str) -> Sql:
        here = f"{alias}.{self.column}"
        return f"({here} <> '{{}}' AND {here} @> ARRAY[%s]::uuid[])", [self.value]

    def words(self) -> list[Any]:
        return ["holds", self.column, _plain(self.value)]


@dataclass(frozen=True)
class Linked(Rule):
    """Another owned table has a row that points here by its column `near`, and for which `where` holds.

    `here`: the column that it points to.
    """

    model: type[Model]
    near: str
    where: Rule
    here: str = field(default="id", kw_only=True)

    def lookup(self) -> Q:
        rows: Any = self.model.objects  # type: ignore[attr-defined]  # every model of ours has its manager
        return Q(Exists(rows.filter(self.where.lookup(), **{self.near: OuterRef(self.here)})))

    def sql(self, alias: str) -> Sql:
        link = self.model._meta.db_table
        where, values = self.where.sql(link)
        joined = f"{link}.tenant_id = {alias}.tenant_id AND {link}.{self.near} = {alias}.{self.here}"
        return f"EXISTS (SELECT FROM {link} WHERE {joined} AND {where})", values

    def words(self) -> list[Any]:
        return ["linked", self.model._meta.db_table, self.near, self.here, self.where.words()]


@dataclass(frozen=True)
class _Together(Rule):
    rules: tuple[Rule, ...] = ()

    @classmethod
    def of(cls, *rules: Rule) -> Rule:
        """The rules together, each once; one alone is itself."""
        flat = (one for rule in rules for one in (rule.rules if isinstance(rule, cls) else (rule,)))
        together = tuple(dict.fromkeys(flat))
        return together[0] if len(together) == 1 else cls(together)

    def _joined(self, word: str, alias: str) -> Sql:
        parts = [rule.sql(alias) for rule in self.rules]
        return f"({f' {word} '.join(text for text, _values in parts)})", [one for _text, more in parts for one in more]


@dataclass(frozen=True)
class Every(_Together):
    """All of the rules hold; of none at all: every row."""

    def lookup(self) -> Q:
        return _folded(Q.__and__, (rule.lookup() for rule in self.rules))

    def sql(self, alias: str) -> Sql:
        return self._joined("AND", alias) if self.rules else ("true", [])

    def words(self) -> list[Any]:
        return ["every", *(rule.words() for rule in self.rules)]


@dataclass(frozen=True)
class Some(_Together):
    """At least one of the rules holds; of none at all: no row."""

    def lookup(self) -> Q:
        return _folded(Q.__or__, (rule.lookup() for rule in self.rules)) if self.rules else Q(pk__in=[])

    def sql(self, alias: str) -> Sql:
        return self._joined("OR", alias) if self.rules else ("false", [])

    def words(self) -> list[Any]:
        return ["some", *(rule.words() for rule in self.rules)]

    def __and__(self, other: Rule) -> Rule:
        return super().__and__(other) if self.rules else self


EVERYTHING = Every()
NOTHING = Some()


def one_of(column: str, values: Sequence[Any]) -> Rule:
    """The column has one of these values; a single one is said as such, which an index can be walked by."""
    return Among(column, tuple(values)) if len(values) > 1 else Some.of(*(Is(column, one) for one in values))


def _plain(value: Any) -> str:
    """The value as PostgreSQL writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _folded(join: Callable[[Q, Q], Q], lookups: Iterable[Q]) -> Q:
    whole = Q()
    for lookup in lookups:
        whole = join(whole, lookup)
    return whole
