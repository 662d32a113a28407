"""Intake by a link without an account, and the objection of whoever was referred (E13, E14)."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now
from PIL import Image
from time_machine import travel
from zxingcpp import BarcodeFormat, read_barcodes

from deals.models import Company, Contact
from leads.models import Lead
from leads.selectors import programs
from leads.selectors.corrections import why_not_corrected
from leads.services import refuse_lead
from leads.services.steps import LEADS
from notifications.models import Message
from notifications.services import fan_out_events
from partnerhub.accounts.models import Membership
from partnerhub.appeals.services.cloning import clone_lead
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.intake.models import Intake, IntakeLink
from partnerhub.intake.selectors import confirm_path, objection_path, public_address, public_path
from partnerhub.intake.services import add_link, close_link
from partnerhub.intake.tasks import sweep
from partnerhub.intake.views.public import INTAKE_POSTS_A_MINUTE
from partnerhub.notes.services import post_message
from partnerhub.receipts.models import Receipt
from partnerhub.tenancy.models import Tenant, new_id
from partnerhub.tenancy.scope import tenant_scope
from tests.intake.brings import TYPED

ClientOf = Callable[[Membership], Client]
PERSON = TYPED["email"]


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


@pytest.fixture
def link(acting: Any, seller: Membership) -> IntakeLink:
    with acting(seller):
        return add_link(
            program=programs()[0],
            name="Fair",
            comes_in="lead",
            by=seller,
            frame_origins=("https://www.nordwind.example.org/shop",),
        )


@pytest.fixture
def address(link: IntakeLink) -> str:
    return f"/acme{public_path(link)}"


def visitor() -> Client:
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def opened(client: Client, address: str) -> dict[str, str]:
    """What a browser with scripts sends of an empty form: its key, and the proof of its work."""
    page = client.get(address).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    asked = re.search(r'data-proof="([^"]+)"', page)
    assert key is not None
    assert asked is not None
    return {"form_key": key[1], "proof": solved(json.loads(unescape(asked[1])))}


def solved(asked: dict[str, Any]) -> str:
    for number in range(asked["maxNumber"] + 1):
        if sha256(f"{asked['salt']}{number}".encode()).hexdigest() == asked["challenge"]:
            return b64encode(json.dumps(asked | {"number": number}).encode()).decode()
    raise AssertionError("No number solves it.")


def sent(client: Client, address: str, **changes: str) -> Any:
    return client.post(address, TYPED | opened(client, address) | {"agree": "on"} | changes)


def said(answer: Any) -> str:
    """What the page says; around it stands a token that is anew each time."""
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def mailed(acme: Tenant) -> set[tuple[str, str]]:
    while fan_out_events():
        pass
    with tenant_scope(acme):
        return set(Message.objects.filter(kind__startswith="intake.").values_list("kind", "address"))


def test_what_is_sent_is_a_lead_of_the_partner_once_and_the_person_is_told(
    acme: Tenant, link: IntakeLink, address: str, seller: Membership, manager: Membership, client_of: ClientOf
) -> None:
    client = visitor()
    form = TYPED | opened(client, address) | {"agree": "on"}
    answer = client.post(address, form)
    assert (answer.status_code, "Thank you" in answer.content.decode()) == (200, True)
    again = client.post(address, form | {"company": "Another"})
    assert said(again) == said(answer)
    with tenant_scope(acme):
        lead = Lead.objects.get()
        assert (lead.partner_id, lead.submitted_by_id, lead.status) == (link.partner_id, seller.pk, "submitted")
        assert (lead.company, lead.consent_basis, lead.details["locations"]) == (TYPED["company"], "written", 2)
        assert lead.origin == "intake"
        assert Intake.objects.get().answers == {}
        assert IntakeLink.objects.get().received == 1
    assert mailed(acme) == {("intake.received", PERSON)}
    page = client_of(manager).get(f"/acme/leads/{lead.pk}/").content.decode()
    assert "Came in" in page
    assert "Sent by Jette Ahlers by the intake link" in page


def test_the_same_thanks_whatever_is_found_out(
    acme: Tenant, address: str, new_lead: Callable[..., Lead], rival: Membership, seller: Membership
) -> None:
    acme.conflict_check = "tell"
    acme.save()
    client = visitor()
    plain = sent(client, address, website="https://free.example.org", company="Freier Laden")
    for by, host in ((rival, "theirs.example.org"), (seller, "ours.example.org")):
        lead = new_lead(by, company=host, website=f"https://{host}", email=f"a@{host}")
        with tenant_scope(acme):
            Lead.objects.filter(pk=lead.pk).update(protected_until=now() + timedelta(days=30))
        answer = sent(client, address, website=f"https://{host}", company=host, email=f"b@{host}")
        assert said(answer) == said(plain)
    with tenant_scope(acme):
        made = [Intake.objects.get(email=f"b@{host}").lead for host in ("theirs.example.org", "ours.example.org")]
        assert [(lead.status, lead.is_in_review) for lead in made if lead] == [("submitted", True), ("draft", False)]


@pytest.mark.parametrize("proof", ["", "x", b64encode(b'{"algorithm": "SHA-256"}').decode()])
def test_without_work_a_click_in_a_mail_confirms_it(acme: Tenant, address: str, proof: str) -> None:
    client = visitor()
    answer = sent(client, address, proof=proof)
    assert "We have sent you a mail" in answer.content.decode()
    with tenant_scope(acme):
        waiting = Intake.objects.get()
        assert not Lead.objects.exists()
    assert mailed(acme) == {("intake.asked", PERSON)}
    click = f"/acme{confirm_path(waiting.pk)}"
    assert "Confirm" in client.get(click).content.decode()
    with tenant_scope(acme):
        assert not Lead.objects.exists(), "who looks at every link confirms nothing"
    for _time in range(2):
        assert "Thank you" in client.post(click).content.decode()
    with tenant_scope(acme):
        assert Lead.objects.get().status == "submitted"


def test_work_is_of_one_form_and_one_use(acme: Tenant, address: str) -> None:
    client = visitor()
    first = opened(client, address)
    other = sent(client, address, proof=first["proof"])
    assert "We have sent you a mail" in other.content.decode()
    forged = json.loads(b64decode(first["proof"])) | {"signature": "0" * 64}
    answer = client.post(
        address, TYPED | first | {"agree": "on", "proof": b64encode(json.dumps(forged).encode()).decode()}
    )
    assert "We have sent you a mail" in answer.content.decode()
    with travel(now() + timedelta(hours=3)):
        late = client.post(address, TYPED | first | {"agree": "on"})
    assert "One more step" in late.content.decode()


def test_who_objects_is_left_alone(acme: Tenant, address: str, manager: Membership, client_of: ClientOf) -> None:
    client = visitor()
    sent(client, address)
    with tenant_scope(acme):
        intake = Intake.objects.get()
        assert intake.lead_id is not None
    click = f"/acme{objection_path(intake.pk)}"
    assert client.get(click).status_code == 200
    with tenant_scope(acme):
        assert Lead.objects.get().status == "submitted"
    for _time in range(2):
        assert "You have objected" in client.post(click).content.decode()
    with tenant_scope(acme):
        assert Lead.objects.get().status == "withdrawn"
        assert Event.objects.filter(kind="lead.objected").count() == 1
        assert Event.objects.get(kind="intake.objected").actor_side == "outside"
    told = {address for kind, address in mailed(acme) if kind == "intake.objected"}
    assert PERSON not in told
    assert manager.user.email in told
    page = client_of(manager).get(f"/acme/leads/{intake.lead_id}/").content.decode()
    assert "The person objected to being referred." in page
    assert client.post("/acme/objections/x/").status_code == 404


PLACES = (
    *("leads/?status=withdrawn", "leads/?q=quasten", "leads/export.csv?status=withdrawn", "leads/{lead}/receipt/"),
    *("leads/export.xlsx?status=withdrawn", "leads/{lead}/", "companies/", "contacts/", "contacts/export.csv"),
    *("search/?q=quasten", "triage/?queue=all", "", "notices/", "leads/{lead}/correct/", "companies/{company}/"),
    *("api/v1/leads/?status=withdrawn", "api/v1/leads/export/?status=withdrawn", "api/v1/leads/{lead}/"),
    *("api/v1/leads/{lead}/timeline/", "api/v1/contacts/", "api/v1/search/?q=quasten", "api/v1/leads/?q=quasten"),
)


SAID = {"leads/{lead}/", "api/v1/leads/{lead}/timeline/", "notices/", ""}
"""The history says who objected: nobody may write to them."""


@pytest.mark.parametrize("state", ["submitted", "not_eligible"])
def test_who_objected_stands_nowhere_any_more(
    state: str, acme: Tenant, address: str, seller: Membership, manager: Membership, acting: Any, client_of: ClientOf
) -> None:
    """Whatever is filtered, exported or searched, on both sides; and nobody begins anew with them."""
    words = {"last_name": "Quastenberg", "email": "quastenberg@mail.example.org", "phone": "+49 40 5550 1841"}
    sent(visitor(), address, **words, notes="Ask for Quastenberg.")
    with tenant_scope(acme):
        intake, lead, company = Intake.objects.get(), Lead.objects.get(), Company.objects.get()
    if state == "not_eligible":
        with acting(manager):
            refuse_lead(lead.pk, code="other", text="They closed.", by=manager)
    visitor().post(f"/acme{objection_path(intake.pk)}")
    with tenant_scope(acme):
        lead = Lead.objects.get()
        assert (lead.status, lead.email, Contact.objects.count()) == (
            "withdrawn" if state == "submitted" else state,
            "",
            0,
        )
        assert Receipt.objects.get().holds
    for member in (seller, manager):
        client = client_of(member)
        for place in PLACES:
            answer = client.get("/acme/" + place.format(lead=lead.pk, company=company.pk))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            if content[:2] == b"PK":
                with ZipFile(BytesIO(content)) as sheet:
                    content = b"".join(sheet.read(name) for name in sheet.namelist())
            for word in (
                b"quastenberg@",
                b"5550",
                b"ask for quastenberg",
                *([] if place in SAID else [b"quastenberg"]),
            ):
                assert word not in content.lower(), place
        with acting(member):
            lead = Lead.objects.get()
            assert not {"reopen", "appeal", "award", "assign"} & {*LEADS.machine.allowed(lead, member)}
            assert why_not_corrected(lead, member) is not None
    with acting(seller), pytest.raises(Refused, match="objected"):
        clone_lead(lead.pk, draft_id=new_id(), by=seller)
    with acting(seller), pytest.raises(Refused, match="objected"):
        post_message(lead, body="Hello.", by=seller)


def test_a_draft_whose_person_objects_is_emptied(acme: Tenant, acting: Any, seller: Membership) -> None:
    with acting(seller):
        link = add_link(program=programs()[0], name="Draft", comes_in="draft", by=seller)
    client = visitor()
    sent(client, f"/acme{public_path(link)}")
    with tenant_scope(acme):
        lead = Lead.objects.get()
        assert (lead.status, lead.draft["company"]) == ("draft", TYPED["company"])
        intake = Intake.objects.get()
    assert {kind for kind, _address in mailed(acme)} == {"intake.drafted"}
    client.post(f"/acme{objection_path(intake.pk)}")
    with tenant_scope(acme):
        lead = Lead.objects.get()
        assert (lead.status, lead.draft) == ("discarded", {})


def test_a_link_takes_no_more_than_it_says(
    acme: Tenant, address: str, link: IntakeLink, acting: Any, seller: Membership, rival_tenant: Tenant
) -> None:
    client = visitor()
    with tenant_scope(acme):
        IntakeLink.objects.update(daily_limit=1)
    assert sent(client, address).status_code == 200
    full = sent(client, address, company="Second", website="https://second.example.org")
    assert (full.status_code, "in a day" in full.content.decode()) == (409, True)
    with travel(now() + timedelta(days=1), tick=True):
        assert sent(client, address, company="Second", website="https://second.example.org").status_code == 200
    with tenant_scope(acme):
        IntakeLink.objects.update(expires_at=now() - timedelta(minutes=1))
    assert client.get(address).status_code == 410
    sweep()
    with tenant_scope(acme):
        assert IntakeLink.objects.get().status == "closed"
    assert client.get(address.replace("/acme/", "/zenit/")).status_code == 404
    with acting(seller), pytest.raises(Refused):
        close_link(link.pk, by=seller)


def test_only_the_sites_that_it_names_show_it_in_a_frame(address: str, client_of: ClientOf, seller: Membership) -> None:
    answer = visitor().get(address)
    assert "frame-ancestors https://www.nordwind.example.org;" in f"{answer['Content-Security-Policy']};"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    other = client_of(seller).get("/acme/intake-links/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_who_sends_too_often_waits(address: str) -> None:
    client = visitor()
    answers = [client.post(address, {"company": "Kavla <Coffee>"}) for _number in range(2 * INTAKE_POSTS_A_MINUTE + 1)]
    late = next(answer for answer in answers if answer.status_code == 429)
    assert late["Retry-After"] == "60"
    assert "Send it again in a minute: what you typed is still here." in said(late)
    assert 'value="Kavla &lt;Coffee&gt;"' in said(late)


def test_a_form_that_is_not_taken_keeps_what_was_typed(
    address: str, link: IntakeLink, acting: Any, seller: Membership
) -> None:
    client = visitor()
    old = client.post(address, TYPED | {"agree": "on", "form_key": "of another link", "proof": ""})
    assert old.status_code == 409
    assert "This form cannot be sent any more." in said(old)
    assert f'value="{TYPED["company"]}"' in said(old)
    again = re.search(r'name="form_key" value="([^"]+)"', said(old))
    assert again is not None
    taken = client.post(address, TYPED | {"agree": "on", "form_key": again[1], "proof": ""})
    assert "Confirm there that it was you" in said(taken)
    sent_key = opened(client, address)
    with acting(seller):
        close_link(link.pk, by=seller)
    refused = client.post(address, TYPED | sent_key | {"agree": "on"})
    assert refused.status_code == 409
    assert f'value="{TYPED["company"]}"' in said(refused)
    assert f'value="{sent_key["form_key"]}"' in said(refused)


def test_what_nobody_confirms_is_forgotten(acme: Tenant, address: str) -> None:
    sent(visitor(), address, proof="")
    with travel(now() + timedelta(days=8), tick=True):
        sweep()
    with tenant_scope(acme):
        assert not Intake.objects.exists()


def test_a_link_is_made_and_drawn(client_of: ClientOf, seller: Membership, rival: Membership, acme: Tenant) -> None:
    client = client_of(seller)
    form = {"name": "Counter", "program": "pos", "comes_in": "draft", "daily_limit": "5", "terms": "on"}
    wrong = client.post("/acme/intake-links/new/", form | {"frame_origins": "https://*.example.org"})
    assert wrong.status_code == 409
    page = client.post("/acme/intake-links/new/", form, follow=True).content.decode()
    assert "The link Counter is open." in page
    with tenant_scope(acme):
        link = IntakeLink.objects.get()
        assert public_path(link) in page
        address = public_address(link)
    svg = client.get(f"/acme/intake-links/{link.pk}/code.svg")
    png = client.get(f"/acme/intake-links/{link.pk}/code.png")
    assert (svg["Content-Type"], b"<svg" in svg.content) == ("image/svg+xml", True)
    (read,) = read_barcodes(Image.open(BytesIO(png.content)).convert("L"), formats=BarcodeFormat.QRCode)
    assert read.text == address
    assert client_of(rival).get(f"/acme/intake-links/{link.pk}/code.svg").status_code == 404
    row = client.get("/acme/api/v1/intake-links/").json()["results"][0]
    assert row["url"].endswith(public_path(link))


def test_a_link_is_changed_and_keeps_its_address(
    client_of: ClientOf, seller: Membership, link: IntakeLink, address: str, acme: Tenant
) -> None:
    client, page = client_of(seller), f"/acme/intake-links/{link.pk}/"
    asked = client.get(f"{page}change/").content.decode()
    assert "https://www.nordwind.example.org" in asked
    form = {"name": "Fair again", "comes_in": "draft", "daily_limit": "7", "version": "1"}
    for wrong in ({"daily_limit": "0"}, {"frame_origins": "http://a.example.org"}, {"expires_at": "2020-01-01"}):
        assert client.post(f"{page}change/", form | wrong).status_code in {409, 422}
    saved = client.post(f"{page}change/", form | {"expires_at": "2031-05-02"}, follow=True).content.decode()
    assert "The link Fair again is saved." in saved
    assert public_path(link) in saved
    with tenant_scope(acme):
        now_is = IntakeLink.objects.get()
        told = Event.objects.get(kind="intakelink.changed")
    assert (now_is.comes_in, now_is.daily_limit, now_is.frame_origins, now_is.name_key) == (
        "draft",
        7,
        [],
        "fair again",
    )
    assert (told.before["daily_limit"], told.after["daily_limit"], "name_key" in told.after) == (50, 7, False)
    assert "frame-ancestors 'none'" in visitor().get(address)["Content-Security-Policy"], "at once"
    body = {"frame_origins": ["https://shop.example.org/a"], "expires_at": None}
    url = f"/acme/api/v1/intake-links/{link.pk}/change/"

    def posted(seen: int) -> Any:
        return client.post(url, body, content_type="application/json", headers={"If-Match": f'"{seen}"'})

    assert posted(1).status_code == 412
    done = posted(2).json()
    assert (done["frame_origins"], done["expires_at"], done["name"]) == (
        ["https://shop.example.org"],
        None,
        "Fair again",
    )
    again = posted(3).json()
    assert again["version"] == done["version"] == 3
    client.post(f"{page}close/", {"version": "3"})
    assert posted(4).status_code == 409
    assert visitor().get(address).status_code == 410
