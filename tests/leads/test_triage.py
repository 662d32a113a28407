"""The page of triage: its queues and filters, the lead that is read, the way from one to the next."""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now, timedelta

from leads import services
from leads.models import Lead
from leads.states import Conflict, Status
from partnerhub.accounts.models import Membership
from partnerhub.notes.services import post_message
from partnerhub.tenancy.models import Tenant

pytestmark = pytest.mark.django_db

TRIAGE = "/acme/triage/"
ROW = re.compile(
    r'<tr id="row-[^"]+">.*?<th scope="row"><a href="[^"]*"(?P<current> aria-current="true")?>(?P<company>[^<]+)</a>'
)
TITLE = re.compile(r'id="lead-title"[^>]*>([^<]+)<')
ACTIONS = {"Assign", "Put in progress", "Ask for more information", "Award", "Not eligible"}


@pytest.fixture
def desk(manager: Membership, client_of: Callable[[Membership], Client]) -> Client:
    """The channel manager's browser."""
    return client_of(manager)


@pytest.fixture
def waiting(new_lead: Callable[..., Lead], put: Callable[..., Lead], seller: Membership) -> Callable[..., list[Lead]]:
    """Leads of these companies, the first of which has been waiting longest."""

    def submit(*companies: str, by: Membership = seller, **answers: Any) -> list[Lead]:
        leads = [new_lead(by, company=company, **answers) for company in companies]
        start = now() - timedelta(days=10)
        return [put(lead, submitted_at=start + timedelta(hours=at)) for at, lead in enumerate(leads)]

    return submit


def companies(answer: HttpResponse) -> list[str]:
    """The companies in the list, from the top."""
    return [found["company"] for found in ROW.finditer(answer.content.decode())]


def title(answer: HttpResponse) -> str:
    """The lead that is read."""
    found = TITLE.search(answer.content.decode())
    return found[1] if found else ""


def follow(desk: Client, url: str) -> HttpResponse:
    """The page to which an address leads on."""
    answer = desk.get(url, follow=True)
    assert answer.status_code == 200
    return answer


def statements(desk: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert desk.get(url).status_code == 200
    return len([query for query in seen if "SAVEPOINT" not in query["sql"]])


# Who


def test_only_whoever_triages_gets_in(everybody: Any, client_of: Callable[[Membership], Client]) -> None:
    members = vars(everybody)
    statuses = {name: client_of(member).get(TRIAGE).status_code for name, member in members.items()}
    assert statuses == dict.fromkeys(members, 403) | {"manager": 200, "second_manager": 200, "stranger": 404}


def test_representative_is_told_which_role_is_missing(
    representative: Membership, programme_admin: Membership, client_of: Callable[[Membership], Client]
) -> None:
    page = client_of(representative).get(TRIAGE).content.decode()
    assert "have access</h1>" in page
    assert "Channel manager" in page
    assert programme_admin.email in page


def test_visitor_is_sent_to_sign_in_and_back(acme: Tenant) -> None:
    answer = Client(SERVER_NAME="localhost").get(f"{TRIAGE}?queue=mine")
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [f"{TRIAGE}?queue=mine"]


def test_foreign_and_unsent_leads_are_not_there(
    desk: Client, new_lead: Callable[..., Lead], put: Callable[..., Lead], seller: Membership, stranger: Membership
) -> None:
    draft = put(new_lead(seller), status=Status.DRAFT, number=None, submitted_at=None)
    keys = [draft.pk, new_lead(stranger).pk, "01a20000-0000-7000-8000-000000000000", "nonsense"]
    assert {desk.get(f"{TRIAGE}?{way}={key}").status_code for key in keys for way in ("lead", "after", "before")} == {
        404
    }


# The queues and filters, all in the address


def test_unassigned_leads_wait_longest_first(desk: Client, waiting: Callable[..., list[Lead]]) -> None:
    waiting("First", "Second", "Third")
    page = desk.get(TRIAGE)
    assert companies(page) == ["First", "Second", "Third"]
    assert title(page) == "First"


def test_each_queue_has_its_leads(
    desk: Client,
    manager: Membership,
    representative: Membership,
    waiting: Callable[..., list[Lead]],
    put: Callable[..., Lead],
) -> None:
    waiting("Fresh")
    mine, theirs, asked, questioned, closed = waiting("Mine", "Theirs", "Asked", "Questioned", "Closed")
    put(mine, representative_id=manager.pk)
    put(theirs, representative_id=representative.pk, status=Status.IN_PROGRESS)
    put(asked, representative_id=manager.pk, status=Status.MORE_INFO, question="How many tills?")
    put(questioned, status=Status.AWARDED, award_questioned_by_id=manager.pk, award_question="A test?")
    put(closed, status=Status.NOT_ELIGIBLE, reason_code="other")
    queues = ("unassigned", "mine", "waiting", "questioned", "all", "no-such-queue")
    assert {queue: companies(desk.get(f"{TRIAGE}?queue={queue}")) for queue in queues} == {
        "unassigned": ["Fresh"],
        "mine": ["Mine", "Asked"],
        "waiting": ["Asked"],
        "questioned": ["Questioned"],
        "all": ["Fresh", "Mine", "Theirs", "Asked"],
        "no-such-queue": ["Fresh"],
    }


def test_filters_narrow_the_queue_and_stay_in_every_address(
    desk: Client, waiting: Callable[..., list[Lead]], rival: Membership
) -> None:
    waiting("Polish", country="PL")
    waiting("German Plus", kind="plus")
    waiting("German", sales_support=False)
    waiting("Rival", by=rival, country="PL")
    narrowed = {
        "country=PL": ["Polish", "Rival"],
        "country=PL&country=DE": ["Polish", "German Plus", "German", "Rival"],
        "program=plus": ["German Plus"],
        "sales_support=false": ["German"],
        f"partner={rival.partner_id}": ["Rival"],
        f"partner={rival.partner_id}&country=PL&program=pos": ["Rival"],
        "country=XX&partner=nonsense&sales_support=maybe": ["Polish", "German Plus", "German", "Rival"],
    }
    found = {query: sorted(companies(desk.get(f"{TRIAGE}?{query}"))) for query in narrowed}
    assert found == {query: sorted(names) for query, names in narrowed.items()}
    page = desk.get(f"{TRIAGE}?queue=all&country=PL").content.decode()
    rows = re.findall(r'<tr id="row-[^"]+">.*?<th scope="row"><a href="([^"]*)"', page)
    assert all("queue=all" in url and "country=PL" in url for url in rows)
    assert "Country: <b>Poland</b>" in page
    assert "Queue: <b>All</b>" in page


def test_choices_of_a_filter_are_counted_and_keep_the_others(
    desk: Client, waiting: Callable[..., list[Lead]], rival: Membership
) -> None:
    waiting("One", "Two", country="PL")
    waiting("Three", country="NO", by=rival)
    menu = desk.get(f"{TRIAGE}?choose=country&country=NO&sales_support=true", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in menu
    assert re.findall(r'value="(\w\w)"( checked)?', menu) == [("NO", " checked"), ("PL", "")]
    assert re.findall(r'class="count push">(\d)<', menu) == ["1", "2"]
    page = desk.get(f"{TRIAGE}?choose=partner&sales_support=true").content.decode()
    assert 'name="sales_support" value="true"' in page
    assert "<html" in page
    assert not re.findall(r'type="radio"', page)
    assert "Baltkassa" in page
    assert "Nordwind Retail" in page


def test_columns_and_orders_are_fetched_as_those_of_any_list(desk: Client) -> None:
    """The menus that triage counts itself do not stand in their way."""
    for name, sign in (("columns", 'name="columns"'), ("sort", "sort=")):
        menu = desk.get(f"{TRIAGE}?choose={name}&country=NO", HTTP_HX_REQUEST="true").content.decode()
        assert "<html" not in menu
        assert sign in menu
        assert "NO" in menu, "what is narrowed stays so"


def test_a_single_choice_is_a_menu_of_links_that_keep_the_rest(desk: Client) -> None:
    page = desk.get(f"{TRIAGE}?country=NO").content.decode()
    found = {words: html.unescape(url) for url, words in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', page)}
    for words, query in {"Mine": "queue=mine", "Unassigned": "queue=unassigned", "Yes": "sales_support=true"}.items():
        assert sorted(found[words].partition("?")[2].split("&")) == sorted(["country=NO", query])
    assert "Queue: <b>Unassigned</b>" in page, "the queue that is open is said where none is named, too"


def test_what_is_chosen_is_kept_by_a_menu_that_was_not_opened(desk: Client) -> None:
    """The menus of what is many are fetched; until then they hold what is chosen, and the form sends it."""
    page = desk.get(f"{TRIAGE}?country=NO&country=PL").content.decode()
    menu = page.partition('id="filter-country"')[2].partition("</div>")[0]
    assert re.findall(r'<input type="hidden" name="country" value="(\w\w)">', menu) == ["NO", "PL"]
    assert "Choose: Country" in menu


def test_names_of_chosen_filters_are_told_where_no_row_tells_them(desk: Client, rival: Membership) -> None:
    page = desk.get(f"{TRIAGE}?partner={rival.partner_id}&program=plus").content.decode()
    assert "Partner: <b>Baltkassa</b>" in page
    assert "Program: <b>Plus</b>" in page
    assert "No lead matches" in page
    assert "Clear filters" in page


@pytest.mark.parametrize("queue", ["unassigned", "unkept", "mine", "waiting", "questioned", "ours", "all"])
def test_empty_queue_says_that_nothing_waits(queue: str, desk: Client) -> None:
    assert "Nothing waits</h2>" in desk.get(f"{TRIAGE}?queue={queue}").content.decode()


# The lead that is read


def test_pane_tells_all_that_was_answered(
    desk: Client, waiting: Callable[..., list[Lead]], put: Callable[..., Lead]
) -> None:
    (lead,) = waiting(
        "Lumikello Oy", problem="Two systems, <b>every</b> evening.", notes="Call after noon.", job_title="Owner"
    )
    put(lead, conflict=Conflict.HELD)
    page = desk.get(TRIAGE).content.decode()
    for text in (
        "Jette Ahlers, Owner",
        "j.ahlers@example.org",
        "+49 421 5550184",
        "Two systems, &lt;b&gt;every&lt;/b&gt; evening.",
        "Call after noon.",
        "Nordwind Retail",
        "Maren Feddersen",
        "Another partner’s lead for this business is protected",
        "So far",
    ):
        assert text in page


def test_all_decisions_are_drawn_and_the_impossible_ones_say_why(
    desk: Client, waiting: Callable[..., list[Lead]], put: Callable[..., Lead]
) -> None:
    (lead,) = waiting("Lumikello Oy")
    page = desk.get(TRIAGE).content.decode()
    shown = set(re.findall(r"<button[^>]*>\s*(?:<svg.*?</svg>)?\s*([A-Z][a-z ]+?)\s*(?:<kbd|<svg|</button)", page))
    assert shown >= ACTIONS
    assert re.search(r"Nobody is assigned yet\.\s*<small>Assign a representative first\.</small>", page)
    put(lead, status=Status.MORE_INFO)
    page = desk.get(f"{TRIAGE}?queue=waiting").content.decode()
    assert "Not possible now" not in page, "awarding it is no matter before the answer"
    assert [name for name in ("start", "ask_info") if f"/{name.replace('_', '-')}/" in page] == []
    asked = set(re.findall(rf'<form method="get" action="/acme/leads/{lead.pk}/([a-z-]+)/">', page))
    assert asked == {"correct-question", "take-back-question", "refuse"}


def test_who_comes_late_with_one_assignment_reads_who_was_faster_and_to_whom(
    desk: Client,
    waiting: Callable[..., list[Lead]],
    second_manager: Membership,
    representative: Membership,
    acting: Callable[..., Any],
) -> None:
    (lead,) = waiting("Lumikello Oy")
    with acting(second_manager):
        services.assign_lead(lead.pk, to=representative.pk, by=second_manager)
    answer = desk.post(f"/acme/leads/{lead.pk}/assign/", {"version": lead.version, "to": str(second_manager.pk)})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mikael Rosenqvist was faster: nothing of yours was done." in page
    assert "The lead is now: Submitted, with Solveig Aastad." in page


def test_decided_lead_shows_what_leads_on_from_it(
    desk: Client, waiting: Callable[..., list[Lead]], second_manager: Membership, put: Callable[..., Lead]
) -> None:
    (lead,) = waiting("Lumikello Oy")
    put(lead, status=Status.AWARDED, award_questioned_by_id=second_manager.pk, award_question="A test record?")
    page = desk.get(f"{TRIAGE}?queue=questioned").content.decode()
    assert "A test record?" in page
    assert "Take the award back" in page
    assert "Keep the award" in page
    assert '/award/"' not in page


def test_lead_outside_the_queue_is_read_all_the_same(
    desk: Client, waiting: Callable[..., list[Lead]], representative: Membership, put: Callable[..., Lead]
) -> None:
    first, _second = waiting("First", "Second")
    put(first, representative_id=representative.pk)
    page = desk.get(f"{TRIAGE}?lead={first.pk}")
    assert (companies(page), title(page)) == (["Second"], "First")
    assert "This lead is not in this list. It is: Submitted, with Solveig Aastad." in page.content.decode()


def test_htmx_gets_the_pane_alone(desk: Client, waiting: Callable[..., list[Lead]]) -> None:
    _first, second = waiting("First", "Second")
    pane = desk.get(f"{TRIAGE}?lead={second.pk}", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="lead")
    assert title(pane) == "Second"
    assert pane.content.decode().lstrip().startswith("<article")
    assert companies(pane) == []


# From one lead to the next


def test_next_and_previous_follow_the_order_of_the_list(desk: Client, waiting: Callable[..., list[Lead]]) -> None:
    first, second, third = waiting("First", "Second", "Third")
    assert title(follow(desk, f"{TRIAGE}?after={first.pk}")) == "Second"
    assert title(follow(desk, f"{TRIAGE}?after={second.pk}")) == "Third"
    assert title(follow(desk, f"{TRIAGE}?before={third.pk}")) == "Second"
    page = desk.get(f"{TRIAGE}?lead={first.pk}").content.decode()
    assert re.search(r"<button[^>]*disabled[^>]*>(?:<svg.*?</svg>)Previous", page)
    assert re.search(r'<a [^>]*rel="next">Next', page)


def test_after_a_decision_the_next_lead_is_read_and_its_heading_named(
    desk: Client, waiting: Callable[..., list[Lead]]
) -> None:
    first, second, _third = waiting("First", "Second", "Third")
    there = f"{TRIAGE}?country=DE&after={first.pk}"
    answer = desk.post(f"/acme/leads/{first.pk}/award/", {"version": first.version, "next": there})
    assert answer["Location"] == there
    onward = desk.get(there)
    assert onward["Location"] == f"{TRIAGE}?country=DE&lead={second.pk}#lead-title"
    page = desk.get(onward["Location"])
    assert (companies(page), title(page)) == (["Second", "Third"], "Second")
    assert "First is awarded." in page.content.decode()


def test_after_the_last_decision_comes_what_waits_longest_and_then_nothing(
    desk: Client, waiting: Callable[..., list[Lead]], put: Callable[..., Lead]
) -> None:
    first, second = waiting("First", "Second")
    put(second, status=Status.AWARDED)
    assert title(follow(desk, f"{TRIAGE}?after={second.pk}")) == "First"
    put(first, status=Status.AWARDED)
    assert "Nothing waits</h2>" in follow(desk, f"{TRIAGE}?after={first.pk}").content.decode()


def test_next_crosses_to_the_next_page_of_the_list(desk: Client, waiting: Callable[..., list[Lead]]) -> None:
    leads = waiting(*(f"Company {number:02}" for number in range(30)))
    page = follow(desk, f"{TRIAGE}?after={leads[24].pk}")
    assert title(page) == "Company 25"
    assert companies(page)[0] == "Company 25"
    back = follow(desk, f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}&before={leads[25].pk}")
    assert title(back) == "Company 24"
    assert "Company 24" in companies(back)
    turned = follow(desk, f"{TRIAGE}?sort=-submitted&after={leads[5].pk}")
    assert title(turned) == "Company 04", "in the order of the list"


def test_message_from_the_pane_leads_back_to_it(desk: Client, waiting: Callable[..., list[Lead]]) -> None:
    (lead,) = waiting("Lumikello Oy")
    page = desk.get(f"{TRIAGE}?queue=all").content.decode()
    action = re.search(r'<form class="composer" method="post" action="([^"]+)"', page)
    assert action
    answer = desk.post(action[1].replace("&amp;", "&"), {"body": "How many tills?"})
    assert answer["Location"] == f"{TRIAGE}?queue=all&lead={lead.pk}"
    assert "How many tills?" in desk.get(answer["Location"]).content.decode()


def test_two_managers_decide_and_the_second_gets_the_current_record(
    desk: Client,
    second_manager: Membership,
    client_of: Callable[[Membership], Client],
    waiting: Callable[..., list[Lead]],
) -> None:
    lead, _other = waiting("Lumikello Oy", "Other")
    there = f"{TRIAGE}?after={lead.pk}"
    decision = {"version": lead.version, "next": there}
    assert client_of(second_manager).post(f"/acme/leads/{lead.pk}/award/", decision).status_code == 302
    refusal = decision | {"code": "not_a_fit", "text": "No shop."}
    answer = desk.post(f"/acme/leads/{lead.pk}/refuse/", refusal)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Submitted" in page
    assert "Awarded" in page
    assert there.replace("&", "&amp;") in page
    assert title(follow(desk, there)) == "Other"


# What it costs


def test_statements_do_not_grow_with_rows_events_messages_or_files(
    desk: Client,
    manager: Membership,
    seller: Membership,
    waiting: Callable[..., list[Lead]],
    acting: Callable[..., Any],
    put: Callable[..., Lead],
) -> None:
    (first,) = waiting("First")
    desk.get(TRIAGE)
    one = statements(desk, TRIAGE)
    waiting(*(f"Company {number}" for number in range(29)))
    with acting(manager):
        services.ask_for_information(first.pk, question="How many tills?", by=manager)
        for number in range(5):
            post_message(first, by=manager, body=f"Message {number}", uploads=[])
    with acting(seller):
        services.answer_question(first.pk, answer="Four.", by=seller)
        post_message(first, by=seller, body="Here I am.", uploads=[])
    put(first, submitted_at=now() - timedelta(days=20))
    thirty = statements(desk, TRIAGE)
    assert len(companies(desk.get(f"{TRIAGE}?size=50"))) == 30
    assert (one, thirty) == (9, 9)
    assert statements(desk, f"{TRIAGE}?country=DE&program=pos&partner={seller.partner_id}&lead={first.pk}") == 11
