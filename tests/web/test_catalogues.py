"""Words are looked up in few catalogues, and mean what they meant."""

import pytest
from django.utils.translation import gettext, ngettext, override, pgettext
from django.utils.translation.trans_real import translation


def test_english_looks_into_few() -> None:
    """Each app has its own: of nine that form their plurals alike, one or two are left."""
    assert len(translation("en")._catalog._catalogs) <= 2


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 potencjalny klient"), (2, "2 potencjalnych klientów"), (5, "5 potencjalnych klientów")]
)
def test_plurals_stay_those_of_each_catalogue(count: int, words: str) -> None:
    with override("pl"):
        assert ngettext("%(number)s lead", "%(number)s leads", count) % {"number": count} == words


def test_ours_go_before_those_of_libraries() -> None:
    with override("pl"):
        assert gettext("Company") == "Firma"
        assert pgettext("day", "From") == "Od"
    with override("en"):
        assert gettext("Company") == "Company"
