"""The board: active deals by stage, with what each column comes to in each currency, and the weighted forecast."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from deals.models import Deal
from deals.states.deals import IS_ACTIVE, DealStage
from partnerhub.money import Money

CARDS_SHOWN = 30


@dataclass(frozen=True)
class BoardColumn:
    """A stage with its first deals, by close date. `totals` and `forecast` have one amount for each currency."""

    stage: DealStage
    cards: Sequence[Deal]
    many: int = 0
    totals: list[Money] = field(default_factory=list)
    forecast: list[Money] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return self.many > len(self.cards)


def board_of(rows: QuerySet[Deal]) -> list[BoardColumn]:
    """The columns of these deals. One statement for each stage and one for all sums, however many deals there are."""
    active = rows.filter(status__in=IS_ACTIVE).order_by()
    sums = active.values("stage", "currency").annotate(many=Count("pk"), sum=Sum("value_minor")).order_by("currency")
    found: dict[int, list[tuple[int, Money]]] = {}
    for row in sums:
        found.setdefault(row["stage"], []).append((row["many"], Money(int(row["sum"]), row["currency"])))
    columns = []
    for stage in DealStage:
        if stage == DealStage.WON:
            continue
        money = found.get(stage.value, [])
        cards = list(active.filter(stage=stage).order_by("close_date", "id")[:CARDS_SHOWN]) if money else []
        share = Decimal(stage.value) / 100
        columns.append(
            BoardColumn(
                stage,
                cards,
                sum(many for many, _total in money),
                [total for _many, total in money],
                [total.times(share) for _many, total in money],
            )
        )
    return columns
