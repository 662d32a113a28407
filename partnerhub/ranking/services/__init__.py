"""Counting what the rank of partners is made of."""

from partnerhub.ranking.services.counting import (
    count_partner,
    count_waiting,
    note_uncounted,
    sweep_ranking,
)

__all__ = ["count_partner", "count_waiting", "note_uncounted", "sweep_ranking"]
