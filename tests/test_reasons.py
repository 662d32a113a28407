"""Every condition has two sentences: the one that is told is the one that is true (pattern: conditions)."""

import ast
from collections import defaultdict
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from leads.states import LEAD, Kind, Status
from leads.states.words import Origin
from partnerhub.roles import PARTNER, VENDOR
from partnerhub.states import SYSTEM_SIDE
from tests.architecture.reading import files_of

ROOT = Path(__file__).parent.parent
ROOMS = ("partnerhub", "notifications", "deals", "leads", "referrals")

NO_KEYS = ("representative_id", "partner_id")
SAID_WHERE_MISSING = {"objected", "converted"}  # hardly ever the case: nobody is told that nobody objected


def leads_of_all_kinds() -> list[Any]:
    """A lead in each status, once with everything that a condition can ask for, and once with nothing of it."""
    everything: dict[str, Any] = {"representative_id": 1, "partner_id": 1, "terms_version": "1", "appeal_text": "Why?"}
    everything |= {"sales_support": True, "is_seen": True, "is_in_review": True}
    nothing = {name: type(value)() for name, value in everything.items()} | dict.fromkeys(NO_KEYS)
    return [
        SimpleNamespace(
            status=status,
            program=SimpleNamespace(kind=kind),
            award_questioned_by_id=asked,
            award_questioner_id=asked,
            refused_person=asked,
            origin=Origin.VENDOR,  # of which more is asked than of a partner's
            review_text="We met in May.",
            objected_at=asked,
            deal_id=asked,
            **columns,
        )
        for status, columns, asked, kind in product(Status, (everything, nothing), (None, 7, 8), Kind)
    ]


def actors() -> list[Any]:
    return [
        SimpleNamespace(side=side, id=7, person_id=7, can=(lambda permission, may=may: may))
        for side, may in product((PARTNER, VENDOR), (True, False))
    ]


def test_no_condition_of_a_lead_says_the_same_met_and_missing() -> None:
    said: dict[tuple[str, str, bool], set[str]] = defaultdict(set)
    asked = [name for name, step in LEAD.steps.items() if step.side != SYSTEM_SIDE]
    for name, lead, actor in product(asked, leads_of_all_kinds(), actors()):
        for reason in LEAD.verdict(name, lead, actor).reasons:
            said[name, reason.code, reason.ok].add(str(reason.text))
    conditions = {(name, code) for name, code, _ok in said if code not in SAID_WHERE_MISSING}
    assert {one for one in conditions if not said[*one, True] or not said[*one, False]} == set()  # both were seen
    assert {one for one in conditions if said[*one, True] & said[*one, False]} == set()


def test_what_can_be_met_or_missing_is_written_with_both_sentences() -> None:
    """`Reason(…, ok=<something to be found out>)` has one sentence for both; `Reason.of` asks for two."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in files_of(*ROOMS)
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and _has_one_sentence(call)
    ]
    assert found == []


def _has_one_sentence(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Name) or call.func.id != "Reason":
        return False
    is_found_out = any(word.arg == "ok" and not isinstance(word.value, ast.Constant) for word in call.keywords)
    return is_found_out or len(call.args) > 2
