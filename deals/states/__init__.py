"""The machines of possible duplicates and of deals."""

from deals.states.duplicates import DUPLICATE, DUPLICATE_NEXT, TONES, Likeness, Status

__all__ = ["DUPLICATE", "DUPLICATE_NEXT", "TONES", "Likeness", "Status"]
