"""Where the acts on a record stand: the main one last, two beside it, the rest in a menu, possible ones first."""

from partnerhub.errors import Reason
from partnerhub.web.actions import Action, arranged


def act(name: str, *, is_open: bool = True) -> Action:
    return Action(name, name.title(), f"/{name}/", reasons=[Reason("x", "A condition.", ok=is_open)])


def test_at_most_one_main_act_stands_last_and_two_beside_it() -> None:
    found = arranged([act("a"), act("b"), act("c"), act("d")], first=("z", "c", "a"))
    assert [(action.name, main) for action, main in found.shown] == [("a", False), ("b", False), ("c", True)]
    assert [action.name for action in found.more] == ["d"]
    assert found.closed == []


def test_what_is_not_possible_now_is_no_button_of_the_row_and_never_the_main_act() -> None:
    found = arranged([act("a", is_open=False), act("b"), act("c", is_open=False)], first=("a",))
    assert [(action.name, main) for action, main in found.shown] == [("b", False)]
    assert [action.name for action in found.closed] == ["a", "c"]


def test_nothing_to_do_is_nothing_to_draw() -> None:
    found = arranged([])
    assert (found.shown, found.more, found.closed) == ([], [], [])
