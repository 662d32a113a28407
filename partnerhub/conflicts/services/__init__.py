"""Verbs of the conflict desk (rulings 13)."""

from partnerhub.conflicts.services.deciding import decide_for_one, let_all_stand, split_credit
from partnerhub.conflicts.services.flagging import clear_flags, confirm_flags, flag, look_for_flags, open_missing_cases
from partnerhub.conflicts.services.opening import end_case_with_lead, open_case
from partnerhub.conflicts.services.records import CASES

__all__ = [
    "CASES",
    "clear_flags",
    "confirm_flags",
    "decide_for_one",
    "end_case_with_lead",
    "flag",
    "let_all_stand",
    "look_for_flags",
    "open_case",
    "open_missing_cases",
    "split_credit",
]
