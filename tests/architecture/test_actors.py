"""Who did it is said in one way everywhere: with the token, where one acted."""

import ast
import re
from pathlib import Path

from django.conf import settings

from tests.architecture.reading import files_of

ROOT = Path(settings.BASE_DIR)
APPS = ("partnerhub", "notifications", "deals", "leads", "referrals")


def test_no_page_mail_or_timeline_leaves_the_token_out() -> None:
    """`event.who` says both; the bare name is the events' own matter (and JSON's, where the token stands beside it)."""
    reading = {
        str(path.relative_to(ROOT))
        for path in files_of(*APPS)
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "actor_name"
    }
    assert reading == {"partnerhub/events/models.py", "partnerhub/events/serializers.py"}
    templates = [*files_of("templates", ending="html"), *files_of("templates", ending="txt")]
    assert [path.name for path in templates if re.search(r"actor_name", path.read_text())] == []


def test_nothing_says_who_is_the_same_person_by_itself() -> None:
    """Two seats or a token make two actors of one person: `states.is_person` knows, a comparison of seats does not."""
    by_hand = re.compile(r"\.user_id (?:==|!=) \w+\.user_id|award_questioned_by_id (?:==|!=)")
    assert by_hand.search("mine.user_id == other.user_id")
    wrong = {str(path.relative_to(ROOT)) for path in files_of(*APPS) if by_hand.search(path.read_text())}
    assert wrong == set()
