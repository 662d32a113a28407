"""Saved views of lists (E24, ux 3, 4): whose they are, what they show, by page and by API."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leads.tables import LeadList
from partnerhub.accounts.models import Membership, SavedView
from partnerhub.accounts.services import change_view, delete_view, remove_member, restore_member, save_view
from partnerhub.accounts.services.saved_views import MOST_VIEWS
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.web.lists.declaring import LISTS
from partnerhub.web.lists.saved import State
from tests.calls import Call
from tests.declared import declared_lists

Browser = Callable[[Membership], Client]


QUICK = ["All", "In progress", "More information needed", "Awarded", "To take", "Drafts"]
"""The leads' own tabs, for who may submit."""
LODZ = State({"q": ["lodz"]}, "company", ["company", "status"])


@pytest.fixture
def shops(seller: Membership, new_lead: Callable[..., Any]) -> None:
    for name in ("Łódzka Kawa", "Ås Frisør", "Łódź Sklep"):
        new_lead(seller, company=name, website=f"https://s{uuid4().hex[:8]}.example.org")


@pytest.fixture
def saved(acting: Callable[..., Any]) -> Callable[..., SavedView]:
    def save(by: Membership, list_name: str = "leads", *, state: State = LODZ, **more: Any) -> SavedView:
        with acting(by):
            return save_view(list_name, **({"name": "Lodz"} | more), state=state, by=by)

    return save


def shown(client: Client, address: str) -> list[str]:
    return [row.company for row in client.get(address).context["page"].rows]


def tabs(text: str) -> list[str]:
    """The tabs of a list's page; the current one in brackets."""
    nav = re.search(r'<nav class="tabs".*?</nav>', text, re.DOTALL)
    links = re.findall(r"<a ([^>]*)>(.*?)</a>", nav[0], re.DOTALL) if nav else []
    named = [("aria-current" in attributes, re.sub(r"<[^>]+>", "", words).strip()) for attributes, words in links]
    return [f"[{name}]" if is_current else name for is_current, name in named]


def test_saved_views_know_every_list_by_its_name() -> None:
    assert [*declared_lists()] == [
        "absences",
        "access_requests",
        "all-solutions",
        "appeals",
        "companies",
        "conflicts",
        "contacts",
        "deal-registrations",
        "deals",
        "drafts",
        "duplicates",
        "events",
        "exports",
        "imports",
        "incentives",
        "intake-links",
        "invitations",
        "leads",
        "members",
        "messages",
        "offers",
        "partners",
        "products",
        "protections",
        "queues",
        "quotes",
        "rates",
        "referrals",
        "registrations",
        "responses",
        "rule-sets",
        "tokens",
        "triage",
        "upgrade-invitations",
        "upgrade-terms",
        "vendor-accounts",
        "waiting-leads",
    ]


@pytest.mark.parametrize("name", declared_lists())
def test_each_list_opens_a_view_of_its_own(
    programme_admin: Membership,
    manager: Membership,
    seller: Membership,
    client_of: Browser,
    saved: Callable[..., SavedView],
    name: str,
) -> None:
    reader = next(one for one in (programme_admin, manager, seller) if one.can(LISTS[name].permission))
    last = next(column.key for column in reversed(LISTS[name].columns) if column.sort)
    view = saved(reader, name, name="By the last", state=State({}, f"-{last}"))
    answer = client_of(reader).get(f"/acme{reverse(LISTS[name].page_name)}?saved={view.pk}")
    listing, text = answer.context["listing"], answer.content.decode()
    assert listing.of.order.parameter == f"-{last}"
    assert [tab for tab in tabs(text) if tab.startswith("[")] == ["[By the last]"]
    if listing.search or listing.menus:
        assert f'name="changed" value="{view.pk}"' in text  # what a filter changes has left it


def test_a_view_is_opened_by_its_address_alone(
    shops: None, seller: Membership, client_of: Browser, saved: Callable[..., SavedView]
) -> None:
    view = saved(seller)
    client = client_of(seller)
    answer = client.get(f"/acme/leads/?saved={view.pk}")
    assert [row.company for row in answer.context["page"].rows] == ["Łódź Sklep", "Łódzka Kawa"]
    assert [column.key for column in answer.context["listing"].of.shown] == ["company", "status"]
    assert tabs(answer.content.decode()) == [*QUICK, "[Lodz]"]
    exported = client.get(f"/acme/leads/export.csv?saved={view.pk}")
    assert b"".join(exported.streaming_content).decode().count("example.org") == 2 * 2  # website and email of each


def test_a_page_of_a_view_stays_in_it_and_a_change_leaves_it(
    seller: Membership, new_lead: Callable[..., Any], client_of: Browser, saved: Callable[..., SavedView]
) -> None:
    for number in range(12):
        new_lead(seller, company=f"Shop {number:02}", website=f"https://s{number}.example.org")
    view = saved(seller, state=State({"q": ["shop"]}, "company"))
    client = client_of(seller)
    first = client.get(f"/acme/leads/?saved={view.pk}&size=10")
    older = first.context["listing"].pager["older_url"]
    assert older.startswith(f"?saved={view.pk}&size=10&cursor=")
    second = client.get(f"/acme/leads/{older}")
    assert [row.company for row in second.context["page"].rows] == ["Shop 10", "Shop 11"]
    assert "changed" not in second.context["listing"].pager["newer_url"]
    left = client.get("/acme/leads/", {"changed": view.pk, "q": "shop 1", "sort": "company", "size": "10"})
    text = left.content.decode()
    assert '<b>Lodz</b><span class="soft">, changed</span>' in text
    assert tabs(text) == [*QUICK, "Lodz"]
    assert f"/acme/views/{view.pk}/save/?q=shop+1&amp;sort=company" in text
    assert "/acme/views/leads/new/?q=shop+1&amp;sort=company" in text
    same = client.get("/acme/leads/", {"changed": view.pk, "q": "shop", "sort": "company", "status": ""})
    assert tabs(same.content.decode()) == [*QUICK, "[Lodz]"]  # changed back: nothing is to be saved
    assert ", changed" not in same.content.decode()


def test_a_view_is_saved_changed_renamed_shared_and_deleted_on_pages(
    shops: None, seller: Membership, client_of: Browser, acting: Callable[..., Any]
) -> None:
    client = client_of(seller)
    form = client.get("/acme/views/leads/new/?q=lodz&sort=company&columns=company&columns=status&nonsense=1")
    key = re.search(r'name="id" value="([0-9a-f-]{36})"', form.content.decode())
    assert key is not None
    address = "/acme/views/leads/new/?q=lodz&sort=company&columns=company&columns=status&nonsense=1"
    sent = {"id": key[1], "name": " Lodz ", "is_shared": "on"}
    answers = [client.post(address, sent) for _ in "ab"]  # sent twice, it makes one
    with acting(seller):
        view = SavedView.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/acme/leads/?saved={view.pk}"}
    assert (view.name, view.filters, view.sort, view.columns) == (
        "Lodz",
        {"q": ["lodz"]},
        "company",
        ["company", "status"],
    )
    client.post(f"/acme/views/{view.pk}/save/?q=kawa", {"version": view.version})
    assert shown(client, f"/acme/leads/?saved={view.pk}") == ["Łódzka Kawa"]
    old = client.post(f"/acme/views/{view.pk}/save/?q=oslo", {"version": view.version}, follow=True)
    assert "Somebody has changed the view Lodz meanwhile" in old.content.decode()
    client.post(f"/acme/views/{view.pk}/", {"name": "Coffee", "version": 2})
    with acting(seller):
        view = SavedView.objects.get()
        assert (view.name, view.is_shared, view.filters) == ("Coffee", False, {"q": ["kawa"]})
    client.post(f"/acme/views/{view.pk}/duplicate/")
    with acting(seller):
        assert set(SavedView.objects.values_list("name", flat=True)) == {"Coffee", "Copy of Coffee"}
    assert "Delete the view Coffee?" in client.get(f"/acme/views/{view.pk}/delete/").content.decode()
    client.post(f"/acme/views/{view.pk}/delete/", {"version": view.version})
    assert "not there any more" in client.get(f"/acme/leads/?saved={view.pk}").content.decode()
    with acting(seller):
        kinds = Event.objects.filter(kind__startswith="view.").order_by("id").values_list("kind", flat=True)
        assert [*kinds] == ["view.saved", "view.changed", "view.changed", "view.saved", "view.deleted"]


def test_a_list_opens_with_the_view_that_its_reader_chose(
    shops: None, seller: Membership, client_of: Browser, saved: Callable[..., SavedView], acting: Callable[..., Any]
) -> None:
    view, client = saved(seller), client_of(seller)
    client.post(f"/acme/views/{view.pk}/default/", {"is_default": "on"})
    assert client.get("/acme/leads/")["Location"] == f"/acme/leads/?saved={view.pk}"
    plain = client.get("/acme/leads/?saved=none")
    assert len(plain.context["page"].rows) == 3
    assert tabs(plain.content.decode()) == ["[All]", *QUICK[1:], "Lodz"]
    narrowed = client.get("/acme/leads/?status=awarded")
    assert narrowed.context["listing"].address.without("status") == "?saved=none"  # and not the view again
    assert client.get("/acme/companies/").status_code == 200
    with acting(seller):
        delete_view(view.pk, by=seller)
    assert client.get("/acme/leads/").status_code == 200


def test_who_opens_with_a_view_no_more_gets_the_list_as_it_is(
    seller: Membership, client_of: Browser, saved: Callable[..., SavedView]
) -> None:
    view, client = saved(seller), client_of(seller)
    for chosen in ("on", ""):
        client.post(f"/acme/views/{view.pk}/default/", {"is_default": chosen})
    assert client.get("/acme/leads/").status_code == 200


def test_a_shared_view_stays_in_the_organisation_and_a_personal_one_with_its_owner(
    everybody: Any, client_of: Browser, saved: Callable[..., SavedView], acting: Callable[..., Any]
) -> None:
    saved(everybody.seller, name="Ours", is_shared=True)
    own = saved(everybody.seller, name="Mine")
    seen = {}
    for name in ("seller", "colleague", "rival", "manager"):
        text = client_of(getattr(everybody, name)).get("/acme/leads/").content.decode()
        seen[name] = [word for word in ("Ours", "Mine") if word in " ".join(tabs(text))]
    assert seen == {"seller": ["Ours", "Mine"], "colleague": ["Ours"], "rival": [], "manager": []}
    for member, count in (
        (everybody.seller, 2),
        (everybody.colleague, 1),
        (everybody.rival, 0),
        (everybody.manager, 0),
    ):
        with acting(member), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_savedview")
            assert cursor.fetchone()[0] == count, member  # the second wall says the same
    opened = client_of(everybody.colleague).get(f"/acme/leads/?saved={own.pk}")
    assert "This view is not there any more, or it is not shared with you." in opened.content.decode()


def test_a_shared_view_shows_nobody_more_than_they_may_see(
    everybody: Any, new_lead: Callable[..., Any], client_of: Browser, saved: Callable[..., SavedView]
) -> None:
    new_lead(everybody.seller, company="Maren's shop", website="https://maren.example.org")
    shared = saved(everybody.seller, name="All shops", state=State({"q": ["shop"]}), is_shared=True)
    assert shown(client_of(everybody.seller), f"/acme/leads/?saved={shared.pk}") == ["Maren's shop"]
    assert shown(client_of(everybody.colleague), f"/acme/leads/?saved={shared.pk}") == []


def test_a_view_of_a_list_that_one_may_not_open_is_not_there(
    admin: Membership, seller: Membership, saved: Callable[..., SavedView], call: Call
) -> None:
    view = saved(admin, "events", state=State({}, "when"), is_shared=True)
    assert call(seller).get(f"views/{view.pk}/").status_code == 404
    with pytest.raises(NotPermitted):
        saved(seller, "events")


def test_only_its_owner_says_what_a_shared_view_shows(
    seller: Membership, admin: Membership, colleague: Membership, saved: Callable[..., SavedView], acting: Any
) -> None:
    view = saved(seller, "members", state=State(), is_shared=True)
    with acting(colleague), pytest.raises(NotPermitted):
        change_view(view.pk, name="Taken over", by=colleague)
    with acting(admin):
        assert change_view(view.pk, name="Nordwind's", by=admin).name == "Nordwind's"
        for change in ({"is_shared": False}, {"state": State({}, "-name")}):
            with pytest.raises(Refused):
                change_view(view.pk, **change, by=admin)
        delete_view(view.pk, by=admin)
        assert not SavedView.objects.exists()


def test_what_a_list_does_not_know_any_more_is_left_out_with_a_word(
    shops: None, seller: Membership, client_of: Browser, saved: Callable[..., SavedView], call: Call
) -> None:
    old = State(
        {"q": ["lodz"], "colour": ["red"], "program": ["gone"], "partner": ["x"]}, "-weight", ["weight", "company"]
    )
    view = saved(seller, state=old)
    answer = client_of(seller).get(f"/acme/leads/?saved={view.pk}")
    assert [row.company for row in answer.context["page"].rows] == ["Łódź Sklep", "Łódzka Kawa"]
    assert [column.key for column in answer.context["listing"].of.shown] == ["company"]
    assert "is left out: colour, Partner, weight, weight, Program." in answer.content.decode()
    read = call(seller).get(f"leads/?saved={view.pk}")
    assert [row["company"] for row in read.json()["results"]] == ["Łódź Sklep", "Łódzka Kawa"]
    assert call(seller).get(f"views/{view.pk}/").json()["left_out"] == ["colour", "Partner", "weight", "weight"]


@pytest.mark.parametrize("way", ["full", "list", "narrowing"])
def test_views_cost_one_statement_however_many_there_are(
    seller: Membership,
    client_of: Browser,
    saved: Callable[..., SavedView],
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)  # statements as they are written
    client = client_of(seller)
    headers = {} if way == "full" else {"HX-Request": "true", "HX-Target": way}
    view = saved(seller, name="First", state=State({}, "company"))
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/acme/leads/?saved={view.pk}", headers=headers)
        counts.append(len(asked))
        assert sum("accounts_savedview" in query["sql"] for query in asked) == 1
        for more in range(8):
            saved(seller, name=f"View {number} {more}", is_shared=bool(more % 2))
    assert counts[1] == counts[2]


def test_one_member_keeps_so_many_views_and_no_more(seller: Membership, saved: Callable[..., SavedView]) -> None:
    for number in range(MOST_VIEWS):
        saved(seller, name=f"View {number}")
    with pytest.raises(Refused, match="50 views"):
        saved(seller, name="One more")
    assert saved(seller, "companies", state=State()).list_name == "companies"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "Give the view a name"),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"name": "Lodz"}, "of this name already"),
        ({"name": "Long", "state": State({"q": ["x" * 5000]})}, "more than a view can keep"),
    ],
)
def test_what_makes_no_view_is_refused(
    seller: Membership, saved: Callable[..., SavedView], change: dict[str, Any], words: str
) -> None:
    saved(seller)
    with pytest.raises(Refused, match=words):
        saved(seller, **change)


def test_an_old_version_changes_nothing(
    seller: Membership, saved: Callable[..., SavedView], acting: Callable[..., Any]
) -> None:
    view = saved(seller)
    with acting(seller):
        change_view(view.pk, name="Newer", by=seller, seen=1)
        with pytest.raises(Stale):
            change_view(view.pk, name="Older", by=seller, seen=1)


def test_a_view_of_ones_own_is_not_taken_over_by_its_id(
    seller: Membership, colleague: Membership, saved: Callable[..., SavedView], acting: Callable[..., Any]
) -> None:
    view = saved(seller, is_shared=True)
    with pytest.raises(Refused, match="This id is used already"):
        saved(colleague, id=view.pk, name="Theirs")
    with acting(seller):
        assert SavedView.objects.get().membership_id == seller.pk


def test_views_over_the_api(shops: None, seller: Membership, call: Call, acting: Callable[..., Any]) -> None:
    api = call(seller)
    body = {"list": "leads", "name": "Lodz", "filters": {"q": ["lodz"]}, "sort": "company", "columns": ["company"]}
    made = api.post("views/", body | {"is_default": True, "is_shared": True})
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    view = made.json()
    assert made["Location"] == f"/acme/api/v1/views/{view['id']}/"
    assert (view["filters"], view["sort"], view["columns"]) == ({"q": ["lodz"]}, "company", ["company"])
    assert (view["is_default"], view["is_shared"], view["may_change"]) == (True, True, True)
    assert [row["id"] for row in api.get("views/?list=leads").json()["results"]] == [view["id"]]
    assert api.get("views/?list=companies").json()["results"] == []
    rows = api.get(f"leads/?saved={view['id']}&size=10").json()["results"]
    assert [row["company"] for row in rows] == ["Łódź Sklep", "Łódzka Kawa"]
    exported = api.get(f"leads/export/?saved={view['id']}&format=csv")
    assert exported.status_code == 200
    changed = api.patch(f"views/{view['id']}/", {"sort": "-company", "is_default": False}, version=1)
    assert (changed.json()["sort"], changed.json()["filters"]) == ("-company", {"q": ["lodz"]})
    assert changed.json()["is_default"] is False
    assert api.patch(f"views/{view['id']}/", {"name": "x"}, version=1).status_code == 412
    own = {"list": "leads", "name": "Once", "id": str(uuid4())}
    assert [api.post("views/", own).status_code for _ in "ab"] == [201, 201]
    assert api.post("views/", own | {"name": "Other"}).status_code == 409
    assert api.delete(f"views/{view['id']}/").status_code == 204
    assert api.get(f"leads/?saved={view['id']}").json()["errors"] == {"saved": ["There is no such view."]}


@pytest.mark.parametrize(
    "body",
    [
        {"list": "nothing"},
        {"filters": {"colour": ["red"]}},
        {"filters": {"status": ["nowhere"]}},
        {"sort": "weight"},
        {"columns": ["weight"]},
        {"filters": {"q": ["x"] * 101}},
        {"filters": {f"f{number}": [] for number in range(41)}},
        {"name": ""},
    ],
)
def test_a_view_that_no_list_could_show_is_refused_over_the_api(
    seller: Membership, call: Call, body: dict[str, Any]
) -> None:
    assert call(seller).post("views/", {"list": "leads", "name": "Bad"} | body).status_code == 422


def test_a_view_says_all_of_a_list_over_the_api(
    seller: Membership, call: Call, saved: Callable[..., SavedView]
) -> None:
    view = saved(seller)
    assert call(seller).get(f"leads/?saved={view.pk}&status=awarded").status_code == 422
    assert call(seller).get(f"leads/?saved={uuid4()}").status_code == 422


def test_an_open_view_is_asked_for_what_it_keeps(
    seller: Membership, acting: Callable[..., Any], saved: Callable[..., SavedView]
) -> None:
    view = saved(seller)
    with acting(seller):
        listing = LeadList(QueryDict(f"saved={view.pk}&size=50&status=awarded"), seller)
        assert listing.state.is_as(LODZ)
        assert listing.size == 50


def test_of_two_tabs_the_second_does_not_delete_what_it_has_not_seen(
    seller: Membership, client_of: Browser, call: Call, saved: Callable[..., SavedView], acting: Callable[..., Any]
) -> None:
    view, client = saved(seller), client_of(seller)
    asked = client.get(f"/acme/views/{view.pk}/delete/").content.decode()
    assert re.findall(r'name="version" value="(\d+)"', asked) == ["1"]
    client.post(f"/acme/views/{view.pk}/", {"name": "Renamed", "version": 1})
    for sent in ({"version": 1}, {}):
        kept = client.post(f"/acme/views/{view.pk}/delete/", sent, follow=True).content.decode()
        assert "Somebody has changed the view Renamed meanwhile. It stays as it is now." in kept
    api = call(seller)
    stale = api.delete(f"views/{view.pk}/", version=1)
    assert (stale.status_code, stale.json()["current"]["name"]) == (412, "Renamed")
    assert api.delete(f"views/{view.pk}/", version=2).status_code == 204
    with acting(seller):
        assert not SavedView.objects.exists()


def test_a_name_that_is_used_is_said_beside_the_field(
    seller: Membership, client_of: Browser, call: Call, saved: Callable[..., SavedView]
) -> None:
    """No statement asks for the name before: the constraint says so, whoever writes at the same moment."""
    words = "There is a view of this name already."
    saved(seller)
    other, client = saved(seller, name="Other"), client_of(seller)
    for address in ("/acme/views/leads/new/?q=x", f"/acme/views/{other.pk}/"):
        answer = client.post(address, {"name": "Lodz", "version": 1, "id": str(uuid4())})
        assert (answer.status_code, answer.context["form"].errors) == (409, {"name": [words]})
    made = call(seller).post("views/", {"list": "leads", "name": "Lodz"})
    renamed = call(seller).patch(f"views/{other.pk}/", {"name": "Lodz"}, version=1)
    for answer in (made, renamed):
        assert (answer.status_code, answer.json()["errors"]) == (422, {"name": [words]})


def test_an_id_that_is_used_says_so_and_not_that_the_name_is(
    seller: Membership, colleague: Membership, call: Call, saved: Callable[..., SavedView]
) -> None:
    view = saved(colleague)
    answer = call(seller).post("views/", {"list": "leads", "name": "Mine", "id": str(view.pk)})
    assert (answer.status_code, answer.json()["errors"]) == (422, {"id": ["This id is used already. Choose another."]})


def test_a_shared_view_of_who_has_left_is_the_organisations(
    everybody: Any, client_of: Browser, call: Call, saved: Callable[..., SavedView], acting: Callable[..., Any]
) -> None:
    seller, colleague, admin = everybody.seller, everybody.colleague, everybody.admin
    saved(seller, "members", name="Mine", state=State({}, "-name"))
    view = saved(seller, "members", name="Ours", state=State({}, "-name"), is_shared=True)
    with acting(admin):
        remove_member(seller, by=admin)
    page = f"/acme/settings/users/?saved={view.pk}"
    for member in (colleague, admin):
        text = client_of(member).get(page).content.decode()
        assert tabs(text) == ["All", "[Ours (shared)]"]
        assert f"shared by {seller.partner.name}" in text
        assert call(member).get(f"views/{view.pk}/").json()["owner"] is None
    with acting(colleague), pytest.raises(NotPermitted):
        change_view(view.pk, state=State({}, "name"), by=colleague)
    with acting(admin):
        assert change_view(view.pk, state=State({"q": ["anna"]}), by=admin).filters == {"q": ["anna"]}
        with pytest.raises(Refused, match="Its owner has left, so it stays shared"):
            change_view(view.pk, is_shared=False, by=admin)
        delete_view(view.pk, by=admin)
        restore_member(Membership.objects.get(pk=seller.pk), by=admin)
    assert tabs(client_of(seller).get("/acme/settings/users/").content.decode()) == ["[All]", "Mine"]


def test_who_manages_people_is_not_offered_what_only_the_owner_may(
    everybody: Any, client_of: Browser, saved: Callable[..., SavedView]
) -> None:
    view = saved(everybody.seller, "members", name="Ours", state=State({}, "-name"), is_shared=True)
    page, keep = f"/acme/settings/users/?changed={view.pk}&q=anna", f"/acme/views/{view.pk}/save/"
    assert keep in client_of(everybody.seller).get(page).content.decode()
    text = client_of(everybody.admin).get(page).content.decode()
    assert keep not in text
    assert "Rename and share" in text


def test_views_are_a_list_of_the_api_narrowed_by_their_list_and_exported(
    seller: Membership, saved: Callable[..., SavedView], call: Call
) -> None:
    saved(seller, "companies", name="B")
    saved(seller, "companies", name="A")
    saved(seller, "leads", name="C")
    api = call(seller)
    names = [row["name"] for row in api.get("views/", {"list": "companies", "sort": "-name"}).json()["results"]]
    assert names == ["B", "A"]
    assert [*api.get("views/", {"list": "nonsense"}).json()["errors"]] == ["list"]
    lines = api.get("views/export/").getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Name", "A", "B", "C"]


def test_who_renames_a_view_that_was_changed_meanwhile_keeps_what_they_typed_and_reads_what_differs(
    seller: Membership, client_of: Browser, call: Call, saved: Callable[..., SavedView]
) -> None:
    view = saved(seller, name="Lodz")
    call(seller).patch(f"views/{view.pk}/", {"name": "Warsaw"}, version=1)
    client = client_of(seller)
    answer = client.post(f"/acme/views/{view.pk}/", {"name": "Krakow", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Krakow"' in page
    assert "Warsaw" in page
    again = re.findall(r'name="version" value="(\d+)"', page)[-1]
    client.post(f"/acme/views/{view.pk}/", {"name": "Krakow", "version": again})
    assert call(seller).get(f"views/{view.pk}/").json()["name"] == "Krakow"
    late = call(seller).patch(f"views/{view.pk}/", {"name": "Oslo"}, version=1)
    assert (late.status_code, late.json()["difference"]) == (412, {"name": {"seen": "Oslo", "now": "Krakow"}})
