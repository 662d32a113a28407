"""Verbs of the conflict desk (rulings 13)."""

from partnerhub.conflicts.services.deciding import decide_for_one, let_all_stand, split_credit
from partnerhub.conflicts.services.opening import end_case_with_lead, open_case
from partnerhub.conflicts.services.records import CASES

__all__ = ["CASES", "decide_for_one", "end_case_with_lead", "let_all_stand", "open_case", "split_credit"]
