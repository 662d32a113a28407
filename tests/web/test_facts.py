"""Facts: groups of one fact join the one before, and addresses break where people would break them."""

import pytest

from partnerhub.web.facts import merged
from partnerhub.web.templatetags.portal import breakable, facts


def group(title: str, *labels: str) -> dict[str, object]:
    return {"title": title, "facts": [{"label": label, "value": "1"} for label in labels]}


def test_a_group_of_one_fact_joins_the_group_before_it() -> None:
    groups = [
        group("Business", "Company", "Website"),
        group("Sales support", "Sales support"),
        group("Terms", "A", "B"),
    ]
    assert merged(groups) == [group("Business", "Company", "Website", "Sales support"), group("Terms", "A", "B")]
    assert groups[0] == group("Business", "Company", "Website")


def test_the_first_group_stays_whatever_it_has() -> None:
    assert merged([group("Business", "Company"), group("Terms", "A", "B")])[0] == group("Business", "Company")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("j.ahlers@example.org", "j.<wbr>ahlers@<wbr>example.<wbr>org"),
        ("https://www.hafenkontor.example/", "www.<wbr>hafenkontor.<wbr>example"),
        ("http://hafenkontor.example/a/b/", "hafenkontor.<wbr>example/<wbr>a/<wbr>b"),
        ("https://x.example/?q=<b>&c=1", "x.<wbr>example/?q=&lt;b&gt;&amp;c=1"),
        ("+49 421 5550184", "+49 421 5550184"),
        ("https://", "https://"),
    ],
)
def test_an_address_breaks_after_its_signs_and_has_no_scheme(address: str, shown: str) -> None:
    assert breakable(address) == shown


def test_a_fact_that_links_shows_the_address_so() -> None:
    drawn = facts([{"label": "Website", "value": "https://x.example", "url": "https://x.example"}])
    assert '<a href="https://x.example" rel="noopener noreferrer">x.<wbr>example</a>' in drawn
