"""What apps register with the rooms below fits together, and nobody says anything twice."""

import pytest
from django.urls import reverse

from partnerhub.events.words import GROUPS, KINDS, group_choices, kind_words, register_events
from partnerhub.partners.external import EXTERNAL_KINDS as KINDS_NOTED
from partnerhub.partners.external_api import NotedSerializer
from partnerhub.portal.navigation import GROUPS as PLACED
from partnerhub.roles import PERMISSIONS
from partnerhub.web.enums import ENUM_NAMES, register_enums
from partnerhub.web.navigation import all_places, places_in
from partnerhub.web.rights import all_rights

WORDS = {word for held in PERMISSIONS.values() for word in held}


@pytest.mark.parametrize("again", ["company.changed", "lead.awarded"])
def test_a_kind_of_event_is_said_once(again: str) -> None:
    before = kind_words(again)
    with pytest.raises(ValueError, match=again):
        register_events({again: "Something else", f"{again}_too": "More"})
    assert kind_words(again) == before
    assert f"{again}_too" not in KINDS


def test_a_group_is_said_once() -> None:
    with pytest.raises(ValueError, match="lead"):
        register_events({}, groups={"lead": "Something else"})
    assert [str(words) for words in GROUPS.values()].count("Something else") == 0


def test_words_of_the_api_have_one_name() -> None:
    with pytest.raises(ValueError, match="LeadStatus"):
        register_enums({"LeadStatus": ["another"]})
    assert ENUM_NAMES["LeadStatus"] != ["another"]


def test_what_is_noted_of_own_systems_has_its_kinds() -> None:
    """They are registered before the API reads them."""
    told = NotedSerializer().fields["kind"]
    assert {*told.choices} == KINDS_NOTED >= {"lead", "company", "partner"}


def test_groups_are_offered_in_the_order_of_their_words() -> None:
    words = [words for _group, words in group_choices()]
    assert words == sorted(words, key=str.casefold)
    assert len(words) == len(GROUPS)


def test_every_place_stands_in_a_group_of_its_sides_and_leads_somewhere() -> None:
    for place in all_places():
        assert reverse(place.view)
        assert place.permission in {*WORDS, ""}
        assert place.sides
        assert all(place.group in PLACED[side] for side in place.sides), place


@pytest.mark.parametrize("side", PLACED)
def test_every_group_has_places_in_an_order(side: str) -> None:
    for group in PLACED[side]:
        positions = [place.position for place in places_in(group, side)]
        assert positions, group
        assert len(set(positions)) == len(positions), group


def test_every_right_has_its_own_line() -> None:
    positions = [right.position for right in all_rights()]
    assert positions == sorted(set(positions))
    assert {word for right in all_rights() for word, _extent in right.opened_by} == WORDS
