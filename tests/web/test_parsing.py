"""What a caller sends has bounds that are asked for before it is read, and is never answered many times larger."""

import json
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client
from rest_framework.exceptions import ParseError

from partnerhub.accounts.models import Membership
from partnerhub.web.parsing import MOST_JSON_DEPTH, MOST_JSON_VALUES, StrictJSONParser
from tests.calls import JSON, ROOT, Call
from tests.web.test_problems import NEW, is_problem

MIB = 1024 * 1024
MOST_BODY = 2 * MIB


def read(body: bytes) -> Any:
    return StrictJSONParser().parse(BytesIO(body))


def refused(body: bytes) -> str:
    with pytest.raises(ParseError) as error:
        read(body)
    return str(error.value.detail)


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, 'x, [y] {z} \\ " é', None, True], "b": {"c": -1.5e3}},
        "[" * 1000,
        ["}" * 1000, '\\"' * 1000],
        list(range(MOST_JSON_VALUES - 2)),
    ],
)
def test_what_is_within_the_bounds_is_read_as_it_is(value: Any) -> None:
    assert read(json.dumps(value).encode()) == value


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b'{"metadata": {"a": 1e999}}'])
def test_a_number_beyond_a_double_is_refused_and_not_kept_as_infinity(number: bytes) -> None:
    assert "too many digits" in refused(number)


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_depth_has_a_bound() -> None:
    assert read(nested(MOST_JSON_DEPTH))
    assert "nested too deeply" in refused(nested(MOST_JSON_DEPTH + 1))
    assert "nested too deeply" in refused(b'{"a":' * (MOST_JSON_DEPTH + 1))


MANY = {
    "names": b"{" + b",".join(b'"n%d":1' % number for number in range(170_000)) + b"}",
    "items": b"[" + b"1," * 900_000 + b"1]",
    "objects": b"[" + b"{}," * 600_000 + b"{}]",
    "nonsense": b"}" * 1_900_000,
    "texts": b'""' * 900_000,
}


@pytest.mark.parametrize("body", MANY.values(), ids=MANY)
def test_too_many_values_are_refused_without_being_made(body: bytes) -> None:
    assert len(body) <= MOST_BODY
    tracemalloc.start()
    try:
        assert "too many values" in refused(body)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 2 * len(body) + MIB  # the bytes and their text


@pytest.mark.timeout(20)
@pytest.mark.parametrize("body", [b'"' + b'\\"' * 900_000, b'"' * 9001, b'"' + b"\\" * 1_900_000])
def test_a_text_without_an_end_is_looked_at_once(body: bytes) -> None:
    assert refused(body)


def test_a_body_is_not_read_past_its_bound(settings: Any) -> None:
    stream = BytesIO(b" " * (MOST_BODY + 100))
    with pytest.raises(RequestDataTooBig):
        StrictJSONParser().parse(stream)
    assert stream.tell() == MOST_BODY + 1


PART = b'--x\r\nContent-Disposition: form-data; name="body"%s\r\n\r\nwords\r\n'
FORMS = {
    "a part with a huge head": PART % (b"; a=" + b"b" * 100_000) + b"--x--\r\n",
    "a part with many heads": PART % (b"\r\nX: y" * 20_000) + b"--x--\r\n",
    "fields": (PART % b"") * 401 + b"--x--\r\n",
    "files": (PART % b'; filename="a.txt"') * 31 + b"--x--\r\n",
}


@pytest.mark.django_db
class TestAnswers:
    def test_of_many_errors_the_first_are_told(self, call: Call, seller: Membership) -> None:
        body = {f"unknown{number}": 1 for number in range(1984)}
        answer = call(seller).post(NEW, body)
        assert is_problem(answer, 422)
        errors = answer.json()["errors"]
        assert len(errors) == 51
        assert errors["unknown49"] == ["This is not a field that can be written here."]
        assert errors[""] == ["… and 1,934 more"]
        assert len(answer.content) < 15_000

    @pytest.mark.parametrize("body", [{"x" * 1_000_000: 1}, {"program": "x" * 1_000_000}, {"draft": "y" * 1_000_000}])
    def test_nothing_long_is_said_back(self, call: Call, seller: Membership, body: Any) -> None:
        answer = call(seller).post(NEW, body)
        assert is_problem(answer, 422)
        assert len(answer.content) < 3000

    def test_two_megabytes_of_unknown_names_get_a_short_answer(self, call: Call, seller: Membership) -> None:
        answer = call(seller).client.post(ROOT + NEW, MANY["names"], JSON)
        assert is_problem(answer, 400)
        assert len(answer.content) < 1000

    @pytest.mark.parametrize("address", ["api/v1/leads/", "leads/", "api/v1/referrals/", "referrals/"])
    @pytest.mark.parametrize("name", ["status", "columns", "unknown"])
    def test_an_address_has_so_many_parameters(
        self, client_of: Callable[..., Client], seller: Membership, address: str, name: str
    ) -> None:
        answer = client_of(seller).get(f"/acme/{address}?" + f"{name}=submitted&" * 10_000)
        assert answer.status_code == 400
        assert len(answer.content) < 20_000

    @pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
    def test_a_form_of_the_api_has_bounds_too(
        self, call: Call, seller: Membership, new_lead: Callable[..., Any], body: bytes
    ) -> None:
        address = f"{ROOT}leads/{new_lead(seller).pk}/messages/"
        answer = call(seller).client.post(address, body, "multipart/form-data; boundary=x")
        assert is_problem(answer, 400)
        assert len(answer.content) < 1000

    def test_a_form_that_is_none_is_said_so(self, call: Call, seller: Membership, new_lead: Callable[..., Any]) -> None:
        address = f"{ROOT}leads/{new_lead(seller).pk}/messages/"
        answer = call(seller).client.post(address, b"words", "multipart/form-data")
        assert is_problem(answer, 400)
        assert answer.json()["detail"] == "The form in the body cannot be read."

    def test_a_form_has_so_many_fields(self, client_of: Callable[..., Client], seller: Membership) -> None:
        answer = client_of(seller).post("/acme/leads/new/pos/", {f"x{number}": "" for number in range(401)})
        assert answer.status_code == 400
