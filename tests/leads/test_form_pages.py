"""The pages of the submission form: new, refused, draft, discarded, restored after signing in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from leads.models import Lead, Program
from leads.services import new_lead_id
from leads.states import Status
from notifications.models import Preference, Suppression
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.notes.models import Attachment
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import PASSWORD
from tests.leads.answers import NEEDED_PLUS, NEEDED_POS, WINDOW, plus, pos

POS = "/acme/leads/new/pos/"
PLUS = "/acme/leads/new/plus/"
SIGN_IN = "/acme/accounts/login/"
ClientOf = Callable[[Membership], Client]


@pytest.fixture
def browser_of(seller: Membership, client_of: ClientOf) -> Client:
    """The seller's browser."""
    return client_of(seller)


@pytest.fixture
def leads(acme: Tenant) -> Callable[[], list[Lead]]:
    """All leads of the tenant, drafts included, as the system sees them."""

    def read() -> list[Lead]:
        with tenant_scope(acme):
            return list(Lead.objects.order_by("created_at"))

    return read


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def text_of(response: Any) -> str:
    return str(response.content.decode())


# New


@pytest.mark.parametrize(("address", "name"), [(POS, "POS"), (PLUS, "Plus")])
def test_new_form_has_its_heading_and_buttons(browser_of: Client, address: str, name: str) -> None:
    page = text_of(browser_of.get(address))
    assert f"<h1>Submit a {name} lead</h1>" in page
    assert f"<title>Submit a {name} lead · Leads · Acme Commerce</title>" in page
    assert ">Submit</button>" in page
    assert ">Save draft</button>" in page


def test_each_opening_carries_an_id_of_its_own(browser_of: Client) -> None:
    ids = {UUID(hidden(text_of(browser_of.get(POS)), "lead")) for _ in range(2)}
    assert len(ids) == 2


def test_opening_the_form_writes_nothing(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    browser_of.get(POS)
    assert leads() == []


def test_says_who_sees_the_answers_in_every_group(browser_of: Client) -> None:
    assert text_of(browser_of.get(POS)).count("Seen by Acme Commerce and your own organisation") == 5


def test_shows_the_terms_and_their_version(browser_of: Client) -> None:
    page = text_of(browser_of.get(POS))
    assert "Program terms, version 2026-1" in page
    assert "<p>The terms.</p>" in page
    assert "Required. Version 2026-1, shown above." in page


def test_tells_the_limits_of_files_before(browser_of: Client) -> None:
    page = text_of(browser_of.get(POS))
    assert f"Up to {settings.ATTACHMENT_MAX_COUNT} files of 20 MB each" in page
    assert f'data-max-bytes="{settings.ATTACHMENT_MAX_BYTES}"' in page


def test_sales_support_is_told_in_the_words_of_the_statuses(browser_of: Client) -> None:
    assert "You still need to contact your representative to draw up the contract" in text_of(browser_of.get(PLUS))
    assert "The status stays Submitted, also after a payout" in text_of(browser_of.get(POS))


def test_promises_no_amount_and_no_deadline(browser_of: Client) -> None:
    for address in (POS, PLUS):
        page = text_of(browser_of.get(address))
        assert not re.search(r"EUR|USD|working day|within \d|(?<!last )\b\d+ (hours|days)", page)


@pytest.mark.parametrize("slug", ["nothing", "POS", "p-o-s"])
def test_unknown_program_is_not_there(browser_of: Client, slug: str) -> None:
    assert browser_of.get(f"/acme/leads/new/{slug}/").status_code == 404


def test_program_that_takes_no_leads_is_not_there(acme: Tenant, browser_of: Client) -> None:
    with tenant_scope(acme):
        Program.objects.filter(slug="pos").update(is_active=False)
    answers = [
        browser_of.get(POS),
        browser_of.post(POS, pos()),
        browser_of.post(f"{POS}draft/", {"lead": uuid4()}),
    ]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("name", ["colleague", "admin", "profile_admin", "manager", "representative", "finance"])
def test_who_may_not_submit_has_no_access(everybody: Any, client_of: ClientOf, name: str) -> None:
    client = client_of(getattr(everybody, name))
    lead = new_lead_id()
    answers = [
        client.get(POS),
        client.post(POS, pos()),
        client.post(f"{POS}draft/", {"window": WINDOW, "lead": lead}),
        client.get(f"/acme/leads/{lead}/discard/"),
        client.post(f"/acme/leads/{lead}/discard/"),
    ]
    assert {answer.status_code for answer in answers} == {403}


def test_the_other_tenants_seller_finds_nothing(stranger: Membership, acme: Tenant, client_of: ClientOf) -> None:
    client = client_of(stranger)
    assert {client.get(POS).status_code, client.post(POS, pos()).status_code} == {404}


# Submitting


def test_submit_leads_to_the_lead(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    response = browser_of.post(POS, pos())
    (lead,) = leads()
    assert (response.status_code, response["Location"]) == (303, f"/acme/leads/{lead.pk}/")
    page = text_of(browser_of.get(response["Location"]))
    notice = page[page.index(f"<b>Lead {lead.reference} is in. We sent a copy to maren.feddersen@") :].partition(
        "</div></div>"
    )[0]
    assert 'href="/acme/leads/new/pos/">Submit another POS lead</a>' in notice
    assert 'href="/acme/leads/">See all leads</a>' in notice
    assert 'class="toast"' not in page, "it stays on the page"
    assert "is in. We sent" not in text_of(browser_of.get(response["Location"]))


def test_no_copy_is_claimed_where_none_is_wanted(
    acme: Tenant, seller: Membership, client_of: ClientOf, leads: Callable[[], list[Lead]]
) -> None:
    browser = client_of(seller)
    with tenant_scope(acme):
        Preference.objects.create(membership=seller, partner=seller.partner, purpose="lead-confirmation", wants=False)
    browser.post(POS, pos())
    (lead,) = leads()
    page = text_of(browser.get(f"/acme/leads/{lead.pk}/"))
    assert f"<b>Lead {lead.reference} is in.</b>" in page


@pytest.mark.parametrize(("cause", "claimed"), [("refused", False), ("bounced", False), (None, True)])
def test_no_copy_is_claimed_where_the_address_gets_none(
    acme: Tenant,
    seller: Membership,
    client_of: ClientOf,
    leads: Callable[[], list[Lead]],
    cause: str | None,
    claimed: bool,
) -> None:
    browser = client_of(seller)
    if cause:
        with tenant_scope(acme):
            Suppression.objects.create(
                partner=seller.partner, address=seller.user.email, cause=cause, answer="550 5.1.1 No such user"
            )
    browser.post(POS, pos())
    (lead,) = leads()
    page = text_of(browser.get(f"/acme/leads/{lead.pk}/"))
    assert (f"Lead {lead.reference} is in. We sent a copy to" in page) is claimed


def test_what_was_typed_is_what_is_kept(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    browser_of.post(POS, pos())
    (lead,) = leads()
    assert (lead.status, lead.company, lead.website, lead.website_host, lead.email, lead.phone, str(lead.country)) == (
        Status.SUBMITTED,
        "Wollkontor Elbufer GmbH",
        "https://wollkontor-elbufer.example",
        "wollkontor-elbufer.example",
        "f.osterkamp@wollkontor-elbufer.example",
        "+49405550731",
        "DE",
    )
    assert (lead.details["locations"], lead.details["industry"], lead.details["terminals"]) == (2, "fashion", 3)
    assert (str(lead.consent_date), lead.consent_basis, lead.terms_version) == ("2026-01-15", "spoken", "2026-1")


def test_a_plus_lead_keeps_its_own_answers(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    browser_of.post(PLUS, plus())
    (lead,) = leads()
    assert lead.sales_support is True
    assert (lead.details["is_merchant"], lead.details["store_url"], lead.details["markets"]) == (
        True,
        "https://shop.wollkontor-elbufer.example",
        2,
    )


def test_pressing_twice_is_one_lead(
    acme: Tenant, browser_of: Client, leads: Callable[[], list[Lead]], events_of: Callable[[Lead], list[Event]]
) -> None:
    sent = pos(window=WINDOW, lead=hidden(text_of(browser_of.get(POS)), "lead"))
    places = {browser_of.post(POS, sent)["Location"] for _ in range(3)}
    (lead,) = leads()
    assert places == {f"/acme/leads/{lead.pk}/"}
    assert [event.kind for event in events_of(lead)] == ["lead.submitted"]


def test_fields_of_others_change_nothing(
    rival: Membership, rival_tenant: Tenant, browser_of: Client, seller: Membership, leads: Callable[[], list[Lead]]
) -> None:
    forged = {
        "tenant": rival_tenant.pk,
        "partner": rival.partner_id,
        "partner_id": rival.partner_id,
        "submitted_by": rival.pk,
        "status": "awarded",
        "number": "7000",
        "representative": rival.pk,
        "created_at": "2001-01-01",
        "version": "99",
        "conflict": "free",
        "origin": "vendor",
    }
    browser_of.post(POS, pos(**forged))
    (lead,) = leads()
    assert (lead.tenant_id, lead.partner_id, lead.submitted_by_id) == (
        seller.tenant_id,
        seller.partner_id,
        seller.pk,
    )
    assert (lead.status, lead.number, lead.representative_id, lead.origin) == ("submitted", 1, None, "partner")
    assert lead.created_at.year > 2001


def test_an_id_that_is_none_begins_a_new_lead(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    assert browser_of.post(POS, pos(window=WINDOW, lead="../../etc")).status_code == 303
    assert len(leads()) == 1


def test_an_id_of_another_partner_is_not_there(
    rival: Membership, browser_of: Client, new_lead: Callable[..., Lead], leads: Callable[[], list[Lead]]
) -> None:
    theirs = new_lead(rival, company="Baltic Tea")
    answers = [
        browser_of.post(POS, pos(window=WINDOW, lead=theirs.pk)),
        browser_of.post(POS, pos(window=WINDOW, lead=theirs.pk, save_draft="1")),
        browser_of.post(f"{POS}draft/", pos(window=WINDOW, lead=theirs.pk)),
        browser_of.get(f"{POS}?draft={theirs.pk}"),
        browser_of.post(f"/acme/leads/{theirs.pk}/restore/"),
        browser_of.post(f"/acme/leads/{theirs.pk}/discard/"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert [(lead.company, lead.status) for lead in leads()] == [("Baltic Tea", "submitted")]


# Refused


@pytest.mark.parametrize(("address", "needed"), [(POS, NEEDED_POS), (PLUS, NEEDED_PLUS)])
def test_all_errors_at_once_in_a_summary_that_links_to_the_fields(
    browser_of: Client, address: str, needed: tuple[str, ...]
) -> None:
    response = browser_of.post(address, {})
    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Error: Submit a" in page
    assert f"{len(needed)} answers need attention before you can submit" in page
    for name in needed:
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}_error"' in page


def test_an_error_is_tied_to_its_field(browser_of: Client) -> None:
    page = text_of(browser_of.post(POS, pos(email="f.osterkamp@")))
    control = re.search(r'<input[^>]*name="email"[^>]*>', page)
    assert control
    assert 'aria-invalid="true"' in control[0]
    assert "id_email_error" in control[0]
    advice = "Add the part after the @, for example wollkontor-elbufer.example."
    assert page.count(advice) == 2


def test_nothing_typed_is_lost(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    sent = pos(email="f.osterkamp@", notes="Line one\nLine two", sales_support="on", lead=new_lead_id())
    page = text_of(browser_of.post(POS, sent))
    for name in (
        "company",
        "website",
        "postcode",
        "phone",
        "job_title",
        "how_met",
        "email",
        "terminals",
        "consent_date",
    ):
        assert f'value="{sent[name]}"' in page
    assert "Line one\nLine two" in page
    assert '<option value="DE" selected>' in page
    assert '<option value="fashion" selected>' in page
    assert all(f'id="id_{name}" ' in page for name in ("consent", "terms", "sales_support"))
    assert page.count(" checked>") == 3
    assert hidden(page, "lead") == str(sent["lead"])
    assert leads() == []


def test_files_come_along(acme: Tenant, browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    files = [SimpleUploadedFile(f"{name}.txt", b"two lists", "text/plain") for name in ("a", "b")]
    assert browser_of.post(POS, pos(attachments=files)).status_code == 303
    with tenant_scope(acme):
        names = set(Attachment.objects.filter(subject_id=leads()[0].pk).values_list("name", flat=True))
    assert names == {"a.txt", "b.txt"}


def test_a_bad_file_is_refused_by_its_name_and_nothing_is_half_kept(
    acme: Tenant, browser_of: Client, leads: Callable[[], list[Lead]]
) -> None:
    files = [
        SimpleUploadedFile("good.txt", b"fine", "text/plain"),
        SimpleUploadedFile("invoice.pdf", b"MZ\x90\x00 not a pdf", "application/pdf"),
    ]
    response = browser_of.post(POS, pos(attachments=files))
    assert response.status_code == 422
    assert "invoice.pdf" in text_of(response)
    assert leads() == []
    with tenant_scope(acme):
        assert not Attachment.objects.exists()


def test_a_megabyte_of_notes_is_refused_kindly(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    response = browser_of.post(POS, pos(notes="n" * 1_048_576))
    assert response.status_code == 422
    assert "Shorten this to 4000 characters or fewer; it has 1048576 now." in text_of(response)
    assert leads() == []


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg/onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}",
    "'; DROP TABLE leads_lead; --",
    "متجر \u200fالنور\u200f \u202egnp.exe",
]
TEXTS = ("company", "first_name", "last_name", "job_title", "how_met", "current_pos", "problem", "notes")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(browser_of: Client, text: str) -> None:
    sent = pos(**dict.fromkeys(TEXTS, text))
    refused = text_of(browser_of.post(POS, sent | {"email": text}))
    stored = text_of(browser_of.get(browser_of.post(POS, sent)["Location"]))
    for page in (refused, stored):
        assert not re.search(r"<script>alert|<img src=x|<svg/onload", page)
        assert not re.search("[\u202a-\u202e]", page)
        assert escape(re.sub("[\u200f\u202e]", "", text)) in page


@pytest.mark.parametrize("name", [*TEXTS, "website", "email", "phone", "country", "locations", "consent_date"])
def test_what_cannot_be_stored_is_refused_and_not_a_fault(browser_of: Client, name: str) -> None:
    assert browser_of.post(POS, pos(**{name: "a\x00b"})).status_code == 422


# Drafts


def test_save_draft_keeps_what_was_typed_right_or_wrong(
    browser_of: Client, leads: Callable[[], list[Lead]], events_of: Callable[[Lead], list[Event]]
) -> None:
    sent = {"company": "Wollkontor", "email": "f@", "locations": "two", "consent": "on", "save_draft": "1"}
    response = browser_of.post(POS, sent)
    (lead,) = leads()
    assert (response.status_code, response["Location"]) == (303, f"{POS}?draft={lead.pk}")
    assert (lead.status, events_of(lead)) == (Status.DRAFT, [])
    page = text_of(browser_of.get(response["Location"]))
    assert "Draft saved." in page
    assert re.search(r"Draft saved at \d\d:\d\d", page)
    assert hidden(page, "lead") == str(lead.pk)
    for value in ("Wollkontor", "f@", "two"):
        assert f'value="{value}"' in page
    assert page.count(" checked>") == 1


def test_autosave_answers_when_and_where(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    lead_id = new_lead_id()
    for company in ("Woll", "Wollkontor"):
        response = browser_of.post(f"{POS}draft/", {"window": WINDOW, "lead": lead_id, "company": company})
    told = response.json()
    assert re.fullmatch(r"\d\d:\d\d", told["saved_at"])
    assert told["page_url"] == f"{POS}?draft={lead_id}"
    assert [(lead.pk, lead.draft) for lead in leads()] == [
        (lead_id, {"company": "Wollkontor", "_window": WINDOW, "_saved_by": "Maren Feddersen"})
    ]


def test_autosave_says_why_not(browser_of: Client, seller: Membership, new_lead: Callable[..., Lead]) -> None:
    lead = new_lead(seller)
    response = browser_of.post(f"{POS}draft/", {"window": WINDOW, "lead": lead.pk, "company": "Late"})
    assert (response.status_code, response.json()) == (409, {"message": "This lead has been submitted already."})


def test_autosave_of_too_much_says_so(browser_of: Client) -> None:
    response = browser_of.post(f"{POS}draft/", {"window": WINDOW, "lead": new_lead_id(), "notes": "n" * 100_001})
    assert (response.status_code, response.json()) == (409, {"message": "The draft is too long to be kept."})


def test_save_draft_of_too_much_keeps_it_on_the_page(browser_of: Client) -> None:
    response = browser_of.post(POS, {"save_draft": "1", "notes": "n" * 100_001})
    page = text_of(response)
    assert response.status_code == 409
    assert "The draft is too long to be kept." in page
    assert "n" * 100_001 in page
    assert "Enter the name of the business." not in page


@pytest.mark.parametrize("text", ["a\x00b", "\ud800".encode("utf-8", "surrogatepass")])
def test_autosave_survives_what_cannot_be_stored(browser_of: Client, text: Any) -> None:
    assert browser_of.post(f"{POS}draft/", {"lead": new_lead_id(), "company": text}).status_code == 200


def test_autosave_needs_the_forms_id(browser_of: Client) -> None:
    assert {browser_of.post(f"{POS}draft/", sent).status_code for sent in ({}, {"lead": "x"})} == {404}


def test_autosave_is_only_posted(browser_of: Client) -> None:
    assert browser_of.get(f"{POS}draft/").status_code == 405


def test_a_draft_becomes_the_lead(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    lead_id = new_lead_id()
    browser_of.post(f"{POS}draft/", {"window": WINDOW, "lead": lead_id, "company": "Woll"})
    browser_of.post(POS, pos(window=WINDOW, lead=lead_id))
    assert [(lead.pk, lead.status, lead.company, lead.draft) for lead in leads()] == [
        (lead_id, "submitted", "Wollkontor Elbufer GmbH", {})
    ]


def test_a_draft_that_was_submitted_leads_to_the_lead(browser_of: Client, seller: Membership, new_lead: Any) -> None:
    lead = new_lead(seller)
    response = browser_of.get(f"{POS}?draft={lead.pk}")
    assert (response.status_code, response["Location"]) == (303, f"/acme/leads/{lead.pk}/")


@pytest.mark.parametrize("draft", ["", "x", "01a20026-c4c5-7015-b885-d3fd6de4e662"])
def test_a_draft_that_is_none_is_not_there(browser_of: Client, draft: str) -> None:
    assert browser_of.get(f"{POS}?draft={draft}").status_code == 404


def test_what_was_typed_comes_along_to_the_other_program(browser_of: Client, leads: Callable[[], list[Lead]]) -> None:
    response = browser_of.post(POS, pos(instead="plus"))
    (lead,) = leads()
    assert response["Location"] == f"{PLUS}?draft={lead.pk}"
    assert 'value="Wollkontor Elbufer GmbH"' in text_of(browser_of.get(response["Location"]))
    moved = browser_of.get(f"{POS}?draft={lead.pk}")
    assert (moved.status_code, moved["Location"]) == (303, f"{PLUS}?draft={lead.pk}")


# Discarding


@pytest.fixture
def draft(browser_of: Client, leads: Callable[[], list[Lead]]) -> Lead:
    browser_of.post(f"{POS}draft/", {"window": WINDOW, "lead": new_lead_id(), "company": "<b>Wollkontor</b>"})
    return leads()[0]


@pytest.mark.parametrize(
    ("page", "button"),
    [
        ("/acme/leads/drafts/", 'form="row-act" formaction="{url}" name="version" value="{seen}"'),
        (f"{POS}?draft={{draft}}", 'method="post" action="{url}"'),
    ],
)
def test_discard_is_a_button_that_needs_no_script(browser_of: Client, draft: Lead, page: str, button: str) -> None:
    shown = text_of(browser_of.get(page.format(draft=draft.pk)))
    assert button.format(url=f"/acme/leads/{draft.pk}/discard/", seen=draft.version) in shown


def test_discard_is_undone(
    browser_of: Client,
    draft: Lead,
    leads: Callable[[], list[Lead]],
    events_of: Callable[[Lead], list[Event]],
) -> None:
    page = text_of(browser_of.post(f"/acme/leads/{draft.pk}/discard/", follow=True))
    assert f'<form method="post" action="/acme/leads/{draft.pk}/restore/">' in page
    back = browser_of.post(f"/acme/leads/{draft.pk}/restore/", follow=True)
    assert back.redirect_chain == [(f"{POS}?draft={draft.pk}", 303)]
    assert "The draft is back." in text_of(back)
    assert escape("<b>Wollkontor</b>") in text_of(back)
    assert leads()[0].status == Status.DRAFT
    assert [(event.kind, event.audience) for event in events_of(draft)] == [
        ("lead.discarded", "partner"),
        ("lead.restored", "partner"),
    ]


def test_undoing_twice_is_once(browser_of: Client, draft: Lead, events_of: Callable[[Lead], list[Event]]) -> None:
    browser_of.post(f"/acme/leads/{draft.pk}/discard/")
    for _ in range(2):
        assert browser_of.post(f"/acme/leads/{draft.pk}/restore/").status_code == 303
    assert [event.kind for event in events_of(draft)] == ["lead.discarded", "lead.restored"]


def test_discarded_is_out_of_sight(browser_of: Client, draft: Lead, leads: Callable[[], list[Lead]]) -> None:
    response = browser_of.post(f"/acme/leads/{draft.pk}/discard/")
    assert (response.status_code, response["Location"]) == (303, "/acme/leads/")
    assert leads()[0].status == Status.DISCARDED
    assert browser_of.get(f"{POS}?draft={draft.pk}").status_code == 404


def test_discarding_twice_is_once(browser_of: Client, draft: Lead, events_of: Callable[[Lead], list[Event]]) -> None:
    for _ in range(2):
        assert browser_of.post(f"/acme/leads/{draft.pk}/discard/")["Location"] == "/acme/leads/"
    assert [event.kind for event in events_of(draft)] == ["lead.discarded"]


def test_a_discarded_lead_is_not_submitted(browser_of: Client, draft: Lead, leads: Callable[[], list[Lead]]) -> None:
    browser_of.post(f"/acme/leads/{draft.pk}/discard/")
    response = browser_of.post(POS, pos(window=WINDOW, lead=draft.pk))
    assert response.status_code == 409
    page = text_of(response)
    assert "This draft was put away meanwhile" in page
    assert hidden(page, "lead") != str(draft.pk)
    assert 'value="Wollkontor Elbufer GmbH"' in page
    assert leads()[0].status == Status.DISCARDED


def test_a_submitted_lead_is_not_discarded(browser_of: Client, seller: Membership, new_lead: Any) -> None:
    lead = new_lead(seller)
    response = browser_of.post(f"/acme/leads/{lead.pk}/discard/", follow=True)
    assert response.redirect_chain == [(f"/acme/leads/{lead.pk}/", 303)]
    assert "Possible while the status is: Draft." in text_of(response)


def test_discard_goes_on_where_it_was_asked_but_never_elsewhere(browser_of: Client, draft: Lead) -> None:
    address = f"/acme/leads/{draft.pk}/discard/"
    assert browser_of.post(address, {"next": "https://evil.example/"})["Location"] == "/acme/leads/"


# The session is over, or the token is too old


def sign_in(client: Client, member: Membership, address: str) -> Any:
    return client.post(address, {"login": member.email, "password": PASSWORD})


@pytest.fixture
def opened(browser_of: Client) -> dict[str, str]:
    """A form that the seller opened and filled in, with its hidden fields."""
    page = text_of(browser_of.get(POS))
    return pos(
        window=WINDOW, lead=hidden(page, "lead"), seat=hidden(page, "seat"), company="Typed before the session ended"
    )


def test_what_was_typed_is_shown_again_after_signing_in(
    browser_of: Client, seller: Membership, opened: dict[str, str], leads: Callable[[], list[Lead]]
) -> None:
    browser_of.logout()
    refused = browser_of.post(POS, opened)
    assert refused["Location"] == f"{SIGN_IN}?next={POS}"
    assert "You were signed out." in text_of(browser_of.get(refused["Location"]))
    assert sign_in(browser_of, seller, refused["Location"])["Location"] == POS
    page = text_of(browser_of.get(POS))
    assert "nothing you typed is lost" in page
    assert 'value="Typed before the session ended"' in page
    assert hidden(page, "lead") == opened["lead"]
    assert leads() == []


def test_it_is_shown_once(browser_of: Client, seller: Membership, opened: dict[str, str]) -> None:
    browser_of.logout()
    sign_in(browser_of, seller, browser_of.post(POS, opened)["Location"])
    pages = [text_of(browser_of.get(POS)) for _ in range(2)]
    assert ["Typed before the session ended" in page for page in pages] == [True, False]


def test_it_is_shown_to_nobody_else(browser_of: Client, rival: Membership, opened: dict[str, str]) -> None:
    browser_of.logout()
    sign_in(browser_of, rival, browser_of.post(POS, opened)["Location"])
    assert "Typed before the session ended" not in text_of(browser_of.get(POS))


def test_it_is_not_shown_for_ever(
    browser_of: Client, seller: Membership, opened: dict[str, str], time_machine: Any
) -> None:
    browser_of.logout()
    sign_in(browser_of, seller, browser_of.post(POS, opened)["Location"])
    time_machine.move_to(timezone.now() + timedelta(seconds=3601))
    assert "Typed before the session ended" not in text_of(browser_of.get(POS))


@pytest.mark.parametrize("mark", [None, "", "01a20026-c4c5-7015-b885-d3fd6de4e662", "x:y:z"])
def test_strangers_keep_nothing_here(acme: Tenant, mark: str | None) -> None:
    client = Client(headers={"host": "localhost"})
    sent = pos() if mark is None else pos(seat=mark)
    assert client.post(POS, sent).status_code == 302
    assert "typed" not in client.session


def test_too_much_is_not_kept(browser_of: Client, opened: dict[str, str]) -> None:
    browser_of.logout()
    browser_of.post(POS, opened | {"notes": "n" * 100_001})
    assert "typed" not in browser_of.session


def test_signed_out_autosave_is_told_so(acme: Tenant) -> None:
    client = Client(headers={"host": "localhost", "x-requested-with": "fetch"})
    assert client.post(f"{POS}draft/", {"window": WINDOW, "lead": new_lead_id()}).status_code == 401


def test_an_old_token_loses_nothing(seller: Membership, leads: Callable[[], list[Lead]]) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    page = text_of(client.get(POS))
    sent = pos(company="Typed with an old token", lead=hidden(page, "lead"), seat=hidden(page, "seat"))
    refused = client.post(POS, sent)
    assert refused.status_code == 403
    assert "nothing you typed is lost" in text_of(refused)
    assert leads() == []
    assert 'value="Typed with an old token"' in text_of(client.get(POS))


def test_a_forged_form_without_the_mark_is_not_kept(seller: Membership) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(seller.user, backend="partnerhub.accounts.seated.PersonBackend")
    refused = client.post(POS, pos(company="Planted"))
    assert "nothing you typed is lost" not in text_of(refused)
    assert "Planted" not in text_of(client.get(POS))


def test_countries_have_their_names_in_the_persons_language(browser_of: Client) -> None:
    page = browser_of.get(POS, headers={"accept-language": "pl"}).content.decode()
    assert '<option value="DE">Niemcy</option>' in page
