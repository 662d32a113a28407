"""Pages of people: who is here and what they may do, one's own seat, the way in."""

from partnerhub.accounts.views.seats import FrontView

__all__ = ["FrontView"]
