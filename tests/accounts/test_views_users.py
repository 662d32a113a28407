"""Users and roles, as each kind of member sees and uses the page."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.accounts.conftest import text_of
from tests.conftest import make_member

USERS = "/acme/settings/users/"
ClientOf = Callable[[Membership], Client]


def test_everybody_sees_the_people_of_their_organisation(
    client_of: ClientOf, colleague: Membership, admin: Membership, rival: Membership, manager: Membership
) -> None:
    page = text_of(client_of(colleague).get(USERS))
    assert admin.name in page
    assert admin.email in page
    assert rival.name not in page
    assert manager.name not in page


def test_anybody_finds_the_administrators_by_role(
    client_of: ClientOf, seller: Membership, admin: Membership, colleague: Membership
) -> None:
    page = text_of(client_of(seller).get(USERS, {"role": "account-admin"}))
    assert admin.email in page
    assert colleague.email not in page


@pytest.mark.parametrize("words", ["tjark", "HINRICHS", "hinrichs tjark", "tjark.hinrichs@"])
def test_people_are_found_by_part_of_name_or_address(
    client_of: ClientOf, seller: Membership, admin: Membership, words: str
) -> None:
    page = text_of(client_of(seller).get(USERS, {"q": words}))
    assert admin.email in page
    assert seller.email not in page


def test_accents_do_not_matter(client_of: ClientOf, acme: Tenant, nordwind: Partner, seller: Membership) -> None:
    make_member(acme, "Łukasz Żak", Role.REFERRALS_USER, partner=nordwind)
    assert "Łukasz Żak" in text_of(client_of(seller).get(USERS, {"q": "lukasz zak"}))


def test_nobody_found_offers_to_clear_the_filters(client_of: ClientOf, seller: Membership) -> None:
    page = text_of(client_of(seller).get(USERS, {"q": "nobody-at-all"}))
    assert "Nobody found" in page
    assert "Clear filters" in page


def test_a_programme_admin_sees_everybody_and_narrows_by_organisation(
    client_of: ClientOf, programme_admin: Membership, seller: Membership, rival: Membership, manager: Membership
) -> None:
    browser = client_of(programme_admin)
    everybody = text_of(browser.get(USERS))
    assert all(member.email in everybody for member in (seller, rival, manager))
    nordwind = text_of(browser.get(USERS, {"organisation": str(seller.partner_id)}))
    assert seller.email in nordwind
    assert rival.email not in nordwind
    vendor = text_of(browser.get(USERS, {"organisation": "vendor"}))
    assert manager.email in vendor
    assert seller.email not in vendor


def test_an_organisation_that_is_none_is_left_out(client_of: ClientOf, programme_admin: Membership) -> None:
    browser = client_of(programme_admin)
    everybody, asked = (browser.get(USERS, query).context["page"] for query in ({}, {"organisation": "1 OR 1=1"}))
    assert [row.pk for row in asked.rows] == [row.pk for row in everybody.rows]


def test_a_representative_sees_the_vendors_people_only(
    client_of: ClientOf, representative: Membership, manager: Membership, seller: Membership
) -> None:
    page = text_of(client_of(representative).get(USERS))
    assert manager.email in page
    assert seller.email not in page


def test_who_does_not_manage_sees_why(client_of: ClientOf, seller: Membership, admin: Membership) -> None:
    response = client_of(seller).get(USERS)
    page = text_of(response)
    assert "You need the role Account admin." in page
    assert f"Ask {admin.name}." in page
    assert b'href="/acme/settings/users/invite/"' not in response.content


def test_roles_are_saved_and_hold_at_the_next_request(
    client_of: ClientOf, admin: Membership, colleague: Membership
) -> None:
    theirs, mine = client_of(colleague), client_of(admin)
    assert theirs.get("/acme/companies/").status_code == 403
    response = mine.post(
        f"{USERS}{colleague.pk}/", {"roles": ["referrals-admin"], "seen": "referrals-user"}, follow=True
    )
    assert "The roles of Rasmus Lindtorp are saved." in text_of(response)
    assert theirs.get("/acme/companies/").status_code == 200
    mine.post(f"{USERS}{colleague.pk}/", {"roles": [], "seen": "referrals-admin"})
    assert theirs.get("/acme/companies/").status_code == 403


def test_a_refused_change_says_why_and_changes_nothing(client_of: ClientOf, admin: Membership) -> None:
    response = client_of(admin).post(f"{USERS}{admin.pk}/", {"roles": [], "seen": "account-admin"})
    assert response.status_code == 409
    assert "is the last Account admin" in text_of(response)


def test_a_stale_page_shows_both(client_of: ClientOf, admin: Membership, seller: Membership) -> None:
    response = client_of(admin).post(
        f"{USERS}{seller.pk}/", {"roles": ["account-admin"], "seen": "business-profile-admin"}
    )
    assert response.status_code == 409
    assert "You saw: Business profile admin. Now: Referrals admin." in text_of(response)


def test_who_changed_what_is_on_the_page(client_of: ClientOf, admin: Membership, colleague: Membership) -> None:
    browser = client_of(admin)
    browser.post(f"{USERS}{colleague.pk}/", {"roles": ["referrals-admin"], "seen": "referrals-user"})
    page = text_of(browser.get(USERS))
    assert "Tjark Hinrichs gave Rasmus Lindtorp Referrals admin and took away Referrals user." in page
    assert "All changes" in page


def test_what_each_role_may_do_is_on_the_page(client_of: ClientOf, seller: Membership) -> None:
    page = text_of(client_of(seller).get(USERS))
    assert "What each role may do" in page
    assert "Submit leads" in page
    assert "Channel manager" not in page


@pytest.mark.parametrize("verb", ["", "remove/"])
def test_a_colleague_without_the_right_gets_no_access(
    client_of: ClientOf, seller: Membership, colleague: Membership, verb: str
) -> None:
    assert client_of(seller).post(f"{USERS}{colleague.pk}/{verb}").status_code == 403


@pytest.mark.parametrize("verb", ["", "remove/", "restore/"])
def test_a_member_of_another_partner_is_not_there(
    client_of: ClientOf, admin: Membership, rival: Membership, verb: str
) -> None:
    browser = client_of(admin)
    absent = browser.post(f"{USERS}019aa000-0000-7000-8000-000000000000/{verb}")
    foreign = browser.post(f"{USERS}{rival.pk}/{verb}")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content


def test_a_member_of_another_tenant_is_not_there(client_of: ClientOf, admin: Membership, stranger: Membership) -> None:
    assert client_of(admin).get(f"{USERS}{stranger.pk}/").status_code == 404
    assert client_of(stranger).get(USERS).status_code == 404


def test_removing_asks_first_and_ends_access_at_once(
    client_of: ClientOf, admin: Membership, colleague: Membership
) -> None:
    theirs, mine = client_of(colleague), client_of(admin)
    assert theirs.get(USERS).status_code == 200
    assert "Remove access" in text_of(mine.get(f"{USERS}{colleague.pk}/remove/"))
    mine.post(f"{USERS}{colleague.pk}/remove/", {"version": 1})
    ended = theirs.get(USERS)
    assert ended.status_code == 403
    assert "Your access to Acme Commerce has ended" in text_of(ended)
    assert "Kasia Wolnik" not in text_of(ended), "nothing of the page is shown"
    page = text_of(mine.get(USERS))
    assert "Former members" in page
    former = f"{USERS}?state=former"
    assert f'formaction="{USERS}{colleague.pk}/restore/" name="version" value="2"' in mine.get(former).content.decode()
    late = mine.post(f"{USERS}{colleague.pk}/restore/", {"version": 1}, follow=True)
    assert "Somebody has changed this seat meanwhile." in text_of(late)
    mine.post(f"{USERS}{colleague.pk}/restore/", {"version": 2})
    assert theirs.get(USERS).status_code == 200


def test_a_seat_that_somebody_changed_meanwhile_is_not_taken_away_by_what_was_seen_before(
    client_of: ClientOf, admin: Membership, colleague: Membership
) -> None:
    mine, address = client_of(admin), f"{USERS}{colleague.pk}/remove/"
    assert 'name="version" value="1"' in mine.get(address).content.decode()
    mine.post(f"{USERS}{colleague.pk}/", {"roles": ["referrals-admin"], "seen": "referrals-user"})
    late = mine.post(address, {"version": 1})
    assert late.status_code == 409
    page = text_of(late)
    assert "Somebody saved this while you had the page open." in page
    assert "Referrals admin" in page
    assert 'name="version" value="2"' in late.content.decode()
    assert mine.post(address, {"version": 2}).status_code == 302


def test_the_list_goes_on_by_pages(client_of: ClientOf, acme: Tenant, nordwind: Partner, seller: Membership) -> None:
    for number in range(12):
        make_member(acme, f"Person {number:02}", Role.REFERRALS_USER, partner=nordwind)
    first = client_of(seller).get(USERS, {"size": "10", "q": "person"})
    page = first.context["page"]
    assert len(page.rows) == 10
    second = client_of(seller).get(USERS + first.context["listing"].pager["older_url"])
    assert [row.name for row in second.context["page"].rows] == ["Person 10", "Person 11"]
    assert second.context["page"].older is None


def test_the_number_of_statements_does_not_grow_with_the_people(
    client_of: ClientOf, acme: Tenant, nordwind: Partner, admin: Membership
) -> None:
    browser = client_of(admin)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(USERS, {"size": "50"}).status_code == 200
        return len(queries)

    statements()
    few = statements()
    for number in range(30):
        make_member(acme, f"Person {number:02}", Role.REFERRALS_USER, partner=nordwind)
    assert statements() == few


def test_stored_markup_is_shown_as_text(
    client_of: ClientOf, acme: Tenant, nordwind: Partner, admin: Membership
) -> None:
    member = make_member(acme, "<script>alert(1)</script>", Role.REFERRALS_USER, partner=nordwind)
    for address in (USERS, f"{USERS}{member.pk}/", f"{USERS}{member.pk}/remove/"):
        body = client_of(admin).get(address).content
        assert b"<script>alert(1)" not in body
        assert b"&lt;script&gt;alert(1)" in body


def test_who_does_not_manage_reads_once_who_does_and_no_row_has_a_dead_button(
    client_of: ClientOf, manager: Membership, programme_admin: Membership, seller: Membership
) -> None:
    """One line says it for all rows (E10)."""
    theirs = client_of(manager).get(USERS, {"size": 100}).content.decode()
    assert "You see who has which role, and do not change it." in theirs
    assert f"Ask {programme_admin.name}." in theirs
    assert seller.name in theirs
    listed = theirs.partition('id="list"')[2].partition("</section>")[0]
    assert "aria-disabled" not in listed
    assert "Change roles" not in listed
    mine = client_of(programme_admin).get(USERS, {"size": 100}).content.decode()
    assert "You see who has which role" not in mine
    assert "Change roles" in mine
