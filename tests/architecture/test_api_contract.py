"""The API's description is true and complete: every operation, its rights, its errors, its answers."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from leads.api.leads import NEW_LEAD
from leads.models import Lead
from leads.serializers.records import LeadSerializer
from leads.services.steps import LEADS
from partnerhub.accounts.models import Membership
from partnerhub.web.api import PortalViewSet
from partnerhub.web.schema import api_schema
from tests.calls import Call

PROBLEM = "application/problem+json"
EVERYWHERE = {"401", "403", "404", "429"}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in api_schema()["paths"].items()
        for method, operation in methods.items()
    ]


def by_id() -> dict[str, dict[str, Any]]:
    return {operation["operationId"]: operation for _path, _method, operation in operations()}


def api_views(resolver: Any = None) -> Iterator[Any]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from api_views(entry)
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "actions"):
            yield entry.callback


def header_names(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"}


def test_the_description_is_made_without_a_warning() -> None:
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, "see manage.py spectacular"
    validate_schema(schema)
    assert schema["openapi"].startswith("3.1")


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for _path, _method, operation in operations()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("path", "method", "operation"), operations(), ids=lambda value: str(value)[:60])
def test_an_operation_is_described_whole(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    assert operation["security"] == [{"token": []}, {"session": []}]
    answers = set(operation["responses"])
    assert answers >= EVERYWHERE
    assert answers & {"200", "201", "204"}
    for status, answer in operation["responses"].items():
        assert (PROBLEM in answer.get("content", {})) == (int(status) >= 400)
    assert "Retry-After" in operation["responses"]["429"]["headers"]
    if method == "post":
        assert "Idempotency-Key" in header_names(operation)
    if method in {"post", "patch", "put"}:
        assert {"400", "409", "413", "415", "422"} <= answers
    if "If-Match" in header_names(operation):
        assert {"412", "428"} <= answers


def test_every_address_of_the_api_is_described() -> None:
    described = {(path, method) for path, method, _operation in operations()}
    assert len(described) == sum(len(set(view.actions) - {"head"}) for view in api_views())


def test_every_address_of_the_api_stands_on_the_same_base() -> None:
    assert all(issubclass(view.cls, PortalViewSet) for view in api_views())


def test_bodies_say_that_they_take_nothing_else() -> None:
    schemas = api_schema()["components"]["schemas"]
    open_ones = [
        name for name in schemas if name.endswith("BodyRequest") and schemas[name].get("additionalProperties", True)
    ]
    assert open_ones == []


def test_what_is_the_vendors_is_described_as_such() -> None:
    fields = LeadSerializer().fields
    assert set(fields) >= LEADS.vendor_only
    assert not any(fields[name].required for name in LEADS.vendor_only)


def conforms(name: str, status: str, body: Any) -> bool:
    """Whether a body is what the description of that operation says."""
    answer = by_id()[name]["responses"][status]["content"]
    schema = next(iter(answer.values()))["schema"]
    Draft202012Validator(schema | {"components": api_schema()["components"]}).validate(body)
    return True


@pytest.mark.django_db
class TestAnswers:
    """Plain functions make the answers, serializers describe them: here they meet."""

    def test_of_lists(
        self,
        call: Call,
        seller: Membership,
        manager: Membership,
        representative: Membership,
        new_lead: Callable[..., Lead],
    ) -> None:
        lead = new_lead(seller)
        call(manager).post(f"leads/{lead.pk}/assign/", {"to": str(representative.pk)}, version=lead.version)
        for who in (seller, manager):
            body = call(who).get("leads/").json()
            assert len(body["results"]) == 1
            assert conforms("leads_list", "200", body)
        assert conforms("programs_list", "200", call(seller).get("programs/").json())
        assert conforms("representatives_list", "200", call(manager).get("representatives/").json())

    @pytest.mark.parametrize("kind", ["pos", "plus"])
    def test_of_leads(
        self, call: Call, seller: Membership, manager: Membership, new_lead: Callable[..., Lead], kind: str
    ) -> None:
        lead = new_lead(seller, kind=kind)
        for who in (seller, manager):
            assert conforms("leads_read", "200", call(who).get(f"leads/{lead.pk}/").json())
            assert conforms("leads_timeline", "200", call(who).get(f"leads/{lead.pk}/timeline/").json())

    def test_of_drafts(self, call: Call, seller: Membership) -> None:
        wrong = {"program": "pos", "draft": True, "email": "nonsense", "consent_date": "soon", "country": "??"}
        assert conforms("leads_create", "201", call(seller).post("leads/", wrong).json())

    def test_of_the_example(self, call: Call, seller: Membership) -> None:
        answer = call(seller).post("leads/", NEW_LEAD)
        assert answer.status_code == 201, answer.json()
        assert conforms("leads_create", "201", answer.json())

    def test_of_steps_and_refusals(
        self, call: Call, seller: Membership, manager: Membership, finance: Membership, new_lead: Callable[..., Lead]
    ) -> None:
        lead = new_lead(seller)
        address = f"leads/{lead.pk}/award/"
        assert conforms("leads_award", "403", call(finance).post(address, version=lead.version).json())
        assert conforms("leads_award", "428", call(manager).post(address).json())
        assert conforms("leads_award", "422", call(manager).post(address, {"x": 1}, version=lead.version).json())
        awarded = call(manager).post(address, version=lead.version).json()
        assert conforms("leads_award", "200", awarded)
        assert conforms("leads_award", "412", call(manager).post(address, version=lead.version).json())
        assert conforms("leads_award", "409", call(manager).post(address, version=awarded["version"]).json())
        assert conforms("leads_award", "404", call(seller).post(address, version=lead.version).json())

    def test_of_messages(self, call: Call, seller: Membership, new_lead: Callable[..., Lead]) -> None:
        address = f"leads/{new_lead(seller).pk}/messages/"
        assert conforms("leads_messages_create", "201", call(seller).post(address, {"body": "Hello"}).json())
        assert conforms("leads_messages_list", "200", call(seller).get(address).json())


@pytest.mark.django_db
class TestSchemaAndPage:
    def test_the_schema_is_given_as_json_and_as_yaml(
        self, client_of: Callable[..., Client], seller: Membership
    ) -> None:
        client = client_of(seller)
        as_json = client.get("/acme/api/schema/", {"format": "json"})
        as_yaml = client.get("/acme/api/schema/")
        assert as_json["Content-Type"].startswith("application/json")
        assert as_yaml["Content-Type"].startswith("application/yaml")
        assert json.loads(as_json.content) == yaml.safe_load(as_yaml.content)
        assert as_json.json()["servers"][0]["url"] == f"{settings.PUBLIC_URL}/acme"

    def test_the_pages_tell_of_every_operation(self, client_of: Callable[..., Client], seller: Membership) -> None:
        client = client_of(seller)
        page = client.get("/acme/api/docs/").content.decode()
        links = re.findall(r'href="\?group=([a-z-]+)#([\w-]+)"', page)
        assert {name for _group, name in links} == by_id().keys()
        for group in dict.fromkeys(group for group, _name in links):
            page = client.get(f"/acme/api/docs/?group={group}").content.decode()
            assert {name for name in by_id() if f'<details id="{name}">' in page} == {
                name for slug, name in links if slug == group
            }
            objects = set(re.findall(r'<a href="#([\w-]+)">', page))
            assert {name for name in objects if f'id="{name}"' not in page} == set(), group
            assert "<script>" not in page
            assert "style=" not in page
        assert client.get("/acme/api/docs/?group=nonsense").status_code == 404

    def test_the_first_address_names_both(self, call: Call, seller: Membership) -> None:
        assert call(seller).get("").json() == {
            "docs": f"{settings.PUBLIC_URL}/acme/api/docs/",
            "schema": f"{settings.PUBLIC_URL}/acme/api/schema/",
        }

    @pytest.mark.parametrize("path", ["v1/", "schema/", "docs/"])
    def test_members_only(self, acme: Any, stranger: Membership, client_of: Callable[..., Client], path: str) -> None:
        assert Client(headers={"host": "localhost"}).get(f"/acme/api/{path}").status_code in {302, 401}
        assert client_of(stranger).get(f"/acme/api/{path}").status_code == 404


LIST, RECORD = 6, 10


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_statements_do_not_grow_with_rows(
    call: Call, seller: Membership, manager: Membership, new_lead: Callable[..., Lead], statements: Any, rows: int
) -> None:
    leads = [new_lead(seller, company=f"Company {number}") for number in range(rows)]
    for who in (seller, manager):
        api = call(who)
        api.get("leads/")
        assert statements(api.get, "leads/") <= LIST
        assert statements(api.get, "leads/", {"q": "compan", "status": "submitted", "sort": "company"}) <= LIST
        assert statements(api.get, "leads/", {"program": "pos"}) <= LIST + 1  # which programs the slugs name
        assert statements(api.get, f"leads/{leads[0].pk}/") <= RECORD
        assert statements(api.get, f"leads/{leads[0].pk}/timeline/") <= RECORD


@pytest.fixture
def statements(django_assert_max_num_queries: Any) -> Callable[..., int]:
    """How many statements a request takes, without the savepoints of a test's own transaction."""

    def count(act: Callable[..., Any], *arguments: Any) -> int:
        with django_assert_max_num_queries(100) as captured:
            assert act(*arguments).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)

    return count
