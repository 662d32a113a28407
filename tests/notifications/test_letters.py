"""What the mails say and how they are written: every kind of event, read back with the standard library's parser."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from inspect import isfunction
from typing import Any, get_type_hints

import pytest
from django.conf import settings as current
from django.template import engines
from django.utils.timezone import now

from leads.letters import texts
from leads.letters.circles import THE_PARTNER
from leads.letters.purposes import CHANGES
from leads.letters.texts import decisions, questions, submitting
from leads.models import Lead
from notifications.models import Message
from notifications.selectors.story import Letter
from notifications.selectors.telling import TELLINGS, Rule, Telling
from notifications.services import fan_out_events, frames, register_letters, send_due_messages
from notifications.services.letters import people
from notifications.services.rendering import Drawings, write_mail
from notifications.states import Status
from partnerhub.accounts.models import Membership, User
from partnerhub.accounts.services import invite_member, revoke_invitation
from partnerhub.events.models import Event
from partnerhub.events.services import record
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.conftest import make_member
from tests.notifications.sink import Sink, html_of, parsed, text_of

Mails = dict[str, EmailMessage]
Happen = Callable[..., Mails]

HOLE = "HOLE-IN-THE-TEMPLATE"
XSS = """"><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"""
REASON = {"reason_code": "not_a_fit", "reason_text": "The shop closes in spring."}
LEAD_KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "lead.submitted": ("seller", {}),
    "lead.assigned": ("manager", {}),
    "lead.assignment_undone": ("manager", {"unassigned_name": "Solveig Aastad", "representative_name": ""}),
    "lead.let_stand": ("manager", {}),
    "lead.started": ("manager", {"status": "in_progress"}),
    "lead.info_asked": ("manager", {"status": "more_info", "question": "How many tills?"}),
    "lead.info_corrected": ("manager", {"status": "more_info", "question": "How many shops?"}),
    "lead.info_taken_back": ("manager", {"question": "How many tills?", "reason_text": "I found it on their website."}),
    "lead.info_given": ("seller", {"question": "How many tills?", "answer": "Four, and one in the cellar."}),
    "lead.awarded": ("manager", {"status": "awarded"}),
    "lead.refused": ("manager", {"status": "not_eligible", **REASON}),
    "lead.withdrawn": ("seller", {"status": "withdrawn", "reason_text": "They have changed their mind."}),
    "lead.team_named": ("seller", {"owner_name": "Rasmus Lindtorp", "team_names": ["Maren Feddersen"]}),
    "lead.appealed": ("seller", {"appeal_text": "They open again in summer."}),
    "lead.reopened": ("manager", {"reason_text": "New facts."}),
    "lead.support_asked": ("seller", {"sales_support": True}),
    "lead.award_questioned": ("manager", {"status": "awarded", "reason_text": "Paid twice?"}),
    "lead.award_taken_back": ("manager", {"status": "in_progress", "reason_text": "Paid twice."}),
    "note.shared": ("manager", {"body": "Can we meet on Monday?\nIn Oslo.", "files": ["plan.pdf"]}),
}
ABOUT_TOKEN = {"name": "Nightly export", "prefix": "phub_abc1234"}
SEAT_KINDS: dict[str, dict[str, Any]] = {
    "access.requested": {
        "role": "referrals-admin",
        "requester_name": "Rasmus Lindtorp",
        "requester_email": "rasmus@acme.example.org",
        "message": "I stand in for Maren.",
        "url": "/access-requests/1/",
    },
    "access.granted": {
        "role": "referrals-admin",
        "roles": ["referrals-admin", "business-profile-admin"],
        "answer": "Gladly.",
        "url": "/leads/",
    },
    "access.refused": {"role": "referrals-admin", "answer": "Ask Maren.", "url": "/"},
    "member.roles_changed": {"given": ["referrals-admin"], "taken": ["referrals-user"]},
    "member.removed": {
        "name": "Maren Feddersen",
        "email": "maren.feddersen@acme.example.org",
        "language": "en",
        "ask": [["Tjark Hinrichs", "tjark.hinrichs@acme.example.org"]],
    },
    "member.took_over": {"from_name": "Rasmus Lindtorp", "kinds": [["drafts", 3]], "url": "/leads/?view=drafts"},
    "token.created": {},
    "token.revoked": {},
    "communication.address_proposed": {"name": "Maren Feddersen", "address": "leads@nordwind.example.org"},
    "communication.address_changed": {
        "name": "Maren Feddersen",
        "address": "leads@nordwind.example.org",
        "former_address": "maren.feddersen@acme.example.org",
    },
}


@pytest.fixture(autouse=True)
def _brand(acme: Tenant) -> None:
    Tenant.objects.filter(pk=acme.pk).update(
        support_email="help@acme.example.org",
        postal_address="Bryggegata 4, 0250 Oslo, Norway",
        timezone="Europe/Oslo",
    )
    acme.refresh_from_db()


@pytest.fixture
def sent(sink: Sink, acme: Tenant) -> Callable[[], Mails]:
    """What the server took, by address. Every try has to succeed; what waits to be undone is due."""

    def send() -> Mails:
        fan_out_events()
        with tenant_scope(acme):
            Message.objects.filter(status=Status.QUEUED).update(due_at=now())
        send_due_messages()
        return {address: parsed(content) for address, content in sink.arrived}

    return send


@pytest.fixture
def on_lead(
    tell: Callable[..., Event], sent: Callable[[], Mails], everybody: Any, second_manager: Membership
) -> Happen:
    def happen(kind: str, **changes: Any) -> Mails:
        by, data = LEAD_KINDS[kind]
        if kind == "lead.team_named":
            data = data | {"told": [str(everybody.colleague.pk)]}
        tell(kind, getattr(everybody, by), **(data | changes))
        return sent()

    return happen


@pytest.fixture
def on_seat(acting: Any, sent: Callable[[], Mails], everybody: Any) -> Happen:
    """Something happens to the seller's seat, by the Account admin's hand."""

    def happen(kind: str, **changes: Any) -> Mails:
        data = {"membership_id": str(everybody.seller.pk)} | SEAT_KINDS[kind] | changes
        with acting(everybody.admin):
            by = everybody.colleague if kind == "access.requested" else everybody.admin
            record(kind, everybody.seller, actor=by, before=ABOUT_TOKEN, after=ABOUT_TOKEN, data=data)
        return sent()

    return happen


@pytest.fixture
def holes() -> Iterator[None]:
    """A template that asks for what is not there writes HOLE."""
    django: Any = engines["django"]
    frames._frame.cache_clear()
    django.engine.string_if_invalid = HOLE
    yield
    django.engine.string_if_invalid = ""
    frames._frame.cache_clear()


def check_whole(mail: EmailMessage, *, member: bool = True) -> None:
    """What holds for every mail that leaves the house (quality 50)."""
    text, html = text_of(mail), html_of(mail)
    for part in (text, html, str(mail["Subject"])):
        assert HOLE not in part
        assert "%(" not in part
        assert "None" not in part
        assert "{{" not in part
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["From"] == f"Acme Commerce <{current.DEFAULT_FROM_EMAIL}>"
    assert mail["Reply-To"] == "help@acme.example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert abs(now() - parsedate_to_datetime(str(mail["Date"]))) < timedelta(minutes=1)
    assert re.fullmatch(rf"<[0-9a-f-]{{36}}@{current.MAIL_DOMAIN}>", str(mail["Message-ID"]))
    assert re.fullmatch(rf"<[a-z-]+\.acme\.{current.MAIL_DOMAIN}>", str(mail["List-Id"]))
    assert "You get this because " in text
    assert "You get this because " in html
    assert "Bryggegata 4, 0250 Oslo, Norway" in text
    links = re.findall(r'href="([^"]*)"', html) + re.findall(r"https?://\S+", text)
    assert links
    assert all(link.startswith(f"{current.PUBLIC_URL}/acme/") for link in links)
    assert ("Change which emails you get" in text) is member
    assert_well_nested(html)


def assert_well_nested(html: str) -> None:
    class Nesting(HTMLParser):
        VOID = {"meta", "br", "col", "link"}

        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag not in self.VOID:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    parser = Nesting()
    parser.feed(html)
    parser.close()
    assert parser.open == []


@pytest.mark.parametrize("about_people", [True, False])
def test_every_letter_that_is_written_is_told(about_people: bool) -> None:
    """By the modules' own words: a function from a story to a letter that no row names is told to nobody."""
    modules = [people] if about_people else [submitting, texts.people, questions, decisions]
    names = {module.__name__ for module in modules}
    written = {
        function
        for module in modules
        for name, function in vars(module).items()
        if isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        if get_type_hints(function).get("return") is Letter
    }
    told = {telling.letter for telling in TELLINGS.values() if telling.letter.__module__ in names}
    assert written == told
    assert len(written) > 10


@pytest.mark.parametrize(
    "row",
    [
        {"letter": None},
        {"rules": ()},
        {"rules": (Rule(CHANGES, ()),)},
        {"rules": (Rule(CHANGES, ((),)),)},
    ],
)
def test_a_rule_without_a_letter_and_a_letter_without_a_rule_are_refused(row: dict[str, Any]) -> None:
    whole: dict[str, Any] = {"kind": "lead.started", "letter": texts.started, "rules": (Rule(CHANGES, THE_PARTNER),)}
    assert Telling(**whole)
    with pytest.raises(ValueError, match="by a letter and to somebody"):
        Telling(**(whole | row))


def test_a_key_is_registered_once() -> None:
    again = Telling("lead.started", texts.started, (Rule(CHANGES, THE_PARTNER),))
    with pytest.raises(ValueError, match="registered already"):
        register_letters([again])


def test_who_is_removed_is_told_by_whom_since_when_and_whom_to_ask(on_seat: Happen) -> None:
    (mail,) = on_seat("member.removed").values()
    text = text_of(mail)
    assert str(mail["Subject"]) == "Your access to Acme Commerce has ended"
    assert mail["To"] == "Maren Feddersen <maren.feddersen@acme.example.org>"
    assert re.search(
        r"Tjark Hinrichs removed it\. Since \d+ \w+ \d{4}, \d\d:\d\d \(Oslo time\) you can no longer", text
    )
    assert "Tjark Hinrichs: tjark.hinrichs@acme.example.org" in text


def test_who_takes_over_is_told_what_and_of_whom(on_seat: Happen) -> None:
    (mail,) = on_seat("member.took_over").values()
    assert str(mail["Subject"]) == "You look after what was Rasmus Lindtorp’s"
    assert "Handed over: 3 drafts of leads" in text_of(mail)


def test_an_invitation_carries_its_link_and_the_log_does_not(
    sent: Callable[[], Mails], acting: Any, admin: Membership, nordwind: Partner, acme: Tenant, holes: None
) -> None:
    with acting(admin):
        invite_member(
            email="new@nordwind.example.org", name="Nele Neu", roles=[Role.REFERRALS_USER], partner=nordwind, by=admin
        )
    mail = sent()["new@nordwind.example.org"]
    check_whole(mail, member=False)
    token = re.search(r"/acme/welcome/([\w-]+)/", text_of(mail))
    assert token
    with tenant_scope(acme):
        assert not Event.objects.filter(data__icontains=token[1]).exists()
        row = Message.objects.get(address="new@nordwind.example.org")
    assert token[1] not in f"{row.subject} {row.last_answer} {row.message_id}"
    assert mail["List-Unsubscribe"] is None


def test_an_invitation_that_was_revoked_meanwhile_is_not_sent(
    sent: Callable[[], Mails], acting: Any, admin: Membership, nordwind: Partner, acme: Tenant
) -> None:
    with acting(admin):
        invitation = invite_member(
            email="new@nordwind.example.org", name="Nele Neu", roles=[Role.REFERRALS_USER], partner=nordwind, by=admin
        )
        revoke_invitation(invitation, by=admin)
    assert sent() == {}
    with tenant_scope(acme):
        row = Message.objects.get(address="new@nordwind.example.org")
    assert (row.status, row.hold) == ("suppressed", "over")


def test_the_confirmation_holds_everything_that_was_submitted(
    new_lead: Callable[..., Lead], seller: Membership, sent: Callable[[], Mails]
) -> None:
    """A2, through the real verb."""
    new_lead(seller, company="Łódzka Kawa & Söhne", notes="Call after 14:00.", problem="Tills\nand stock")
    mail = sent()["maren.feddersen@acme.example.org"]
    assert mail["Subject"] == "Łódzka Kawa & Söhne: we received your POS lead"
    for part in (text_of(mail), html_of(mail)):
        for word in ("L-", "28195", "Jette", "Ahlers", "j.ahlers@example.org", "Call after 14:00.", "Sales support"):
            assert word in part
    assert "Łódzka Kawa & Söhne" in text_of(mail)
    assert "Łódzka Kawa &amp; Söhne" in html_of(mail)
    assert "Your lead is in. Our sales team will review it." in text_of(mail)


def test_the_confirmation_names_the_files(on_lead: Happen) -> None:
    mail = on_lead("lead.submitted", files=["offer.pdf", "plan.png"])["maren.feddersen@acme.example.org"]
    assert "Files: offer.pdf, plan.png" in text_of(mail)


def test_all_letters_about_a_lead_are_one_thread_for_each_side(on_lead: Happen, lead: Lead) -> None:
    partners = {"maren.feddersen", "rasmus.lindtorp", "tjark.hinrichs", "kasia.wolnik"}
    threads: dict[str, set[Any]] = {"vendor": set(), "partner": set()}
    for kind in LEAD_KINDS:
        for address, mail in on_lead(kind).items():
            side = "partner" if address.split("@")[0] in partners else "vendor"
            threads[side].add((mail["In-Reply-To"], mail["References"]))
            assert str(mail["Subject"]).startswith("Wollkontor Elbufer GmbH: "), kind
            assert mail["Message-ID"] != mail["References"]
    for side, found in threads.items():
        first = f"<lead.{lead.pk}.{side}@{current.MAIL_DOMAIN}>"
        assert found == {(first, first)}


def test_the_new_lead_reaches_the_channel_managers_with_its_partner(on_lead: Happen) -> None:
    mail = on_lead("lead.submitted")["ilse.brandvold@acme.example.org"]
    assert mail["Subject"] == "Wollkontor Elbufer GmbH: new POS lead from Nordwind Retail"
    assert "Partner: Nordwind Retail" in text_of(mail)


def test_both_sides_hear_the_same_event_in_their_own_words(on_lead: Happen) -> None:
    mails = on_lead("lead.assigned")
    partner, vendor = mails["maren.feddersen@acme.example.org"], mails["solveig.aastad@acme.example.org"]
    assert partner["Subject"] == "Wollkontor Elbufer GmbH: Solveig Aastad looks after your lead"
    assert vendor["Subject"] == "Wollkontor Elbufer GmbH: the lead is yours now"


def test_an_undone_assignment_is_told_to_whoever_lost_the_lead_and_to_the_partner(
    on_lead: Happen, representative: Membership
) -> None:
    lost = {"unassigned_id": str(representative.pk), "unassigned_name": "Solveig Aastad"}
    mails = on_lead("lead.assignment_undone", **lost, representative_id=None, representative_name="Mikael Rosenqvist")
    partner, vendor = mails["maren.feddersen@acme.example.org"], mails["solveig.aastad@acme.example.org"]
    assert partner["Subject"] == "Wollkontor Elbufer GmbH: Solveig Aastad does not look after your lead after all"
    assert "Mikael Rosenqvist looks after your lead, as before." in text_of(partner)
    assert vendor["Subject"] == "Wollkontor Elbufer GmbH: the lead is not yours after all"
    assert "You get this because you were the representative of a lead" in text_of(vendor)


@pytest.mark.parametrize(
    ("kind", "quoted"),
    [
        ("lead.info_asked", "How many tills?"),
        ("lead.info_given", "Four, and one in the cellar."),
        ("lead.refused", "The shop closes in spring."),
        ("lead.appealed", "They open again in summer."),
        ("note.shared", "Can we meet on Monday?"),
    ],
)
def test_what_somebody_wrote_is_in_the_mail(on_lead: Happen, kind: str, quoted: str) -> None:
    for mail in on_lead(kind).values():
        assert f"> {quoted}" in text_of(mail)
        assert quoted in html_of(mail)


def test_a_refusal_names_its_reason_in_words(on_lead: Happen) -> None:
    mail = on_lead("lead.refused")["maren.feddersen@acme.example.org"]
    assert "Not a fit for the program" in text_of(mail)
    assert "This referral does not qualify for a payout." in text_of(mail)


@pytest.mark.parametrize(
    ("kind", "address", "reason"),
    [
        ("lead.submitted", "maren.feddersen", "you submitted a lead at Acme Commerce for Nordwind Retail."),
        ("lead.submitted", "ilse.brandvold", "you are a channel manager at Acme Commerce."),
        ("lead.info_given", "solveig.aastad", "you are the representative of a lead at Acme Commerce."),
    ],
)
def test_every_mail_says_why(on_lead: Happen, kind: str, address: str, reason: str) -> None:
    mail = on_lead(kind)[f"{address}@acme.example.org"]
    assert f"You get this because {reason}" in text_of(mail)
    assert f"You get this because {reason}" in html_of(mail)


def test_what_may_be_switched_off_can_be_by_one_click(on_lead: Happen) -> None:
    mail = on_lead("lead.started")["maren.feddersen@acme.example.org"]
    link = str(mail["List-Unsubscribe"])
    assert re.fullmatch(rf"<{current.PUBLIC_URL}/acme/unsubscribe/[\w.:=-]+/>", link)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.strip("<>") in html_of(mail)


def test_what_is_always_on_has_no_such_link(on_seat: Happen) -> None:
    (mail,) = on_seat("access.granted").values()
    assert mail["List-Unsubscribe"] is None
    assert "unsubscribe" not in html_of(mail)


def test_a_granted_request_says_all_roles(on_seat: Happen) -> None:
    (mail,) = on_seat("access.granted").values()
    assert "Your roles: Referrals admin, Business profile admin" in text_of(mail)


def test_times_are_the_readers(on_lead: Happen, seller: Membership, tell: Any) -> None:
    User.objects.filter(pk=seller.user_id).update(timezone="Asia/Tokyo")
    mails = on_lead("lead.submitted")
    assert "(Tokyo time)" in text_of(mails["maren.feddersen@acme.example.org"])
    assert "(Oslo time)" in text_of(mails["ilse.brandvold@acme.example.org"])


def test_the_language_is_the_readers(on_lead: Happen, seller: Membership, settings: Any, tmp_path: Any) -> None:
    """A language without a translation reads as English, but says what it is."""
    User.objects.filter(pk=seller.user_id).update(language="pl")
    mails = on_lead("lead.started")
    assert '<html lang="pl" dir="ltr">' in html_of(mails["maren.feddersen@acme.example.org"])


def test_what_was_typed_is_no_word_of_ours(on_lead: Happen, seller: Membership) -> None:
    """Choices and questions read as the reader's language has them; typed words and a tenant's own never do."""
    User.objects.filter(pk=seller.user_id).update(language="pl")
    own = [["text", "Home", "2026-01-02"], ["choice", "Notes", "Fashion"], ["checkbox", "Priority", True]]
    after = {"company": "Home", "industry": "home", "notes": "Notes", "go_live_date": "2026-01-02"}
    mails = on_lead("lead.submitted", after=after, own_fields=own)
    text = text_of(mails["maren.feddersen@acme.example.org"])
    for line in (
        "Firma: Home",
        "Branża: Dom i\u00a0ogród",
        "Notatki: Notes",
        "Data uruchomienia: 2 sty 2026",
        "Home: 2026-01-02",
        "Notes: Fashion",
        "Priority: Tak",
    ):
        assert line in text.splitlines()
    assert "Strona główna" not in text


def test_an_event_of_the_release_before_reads_the_same(on_lead: Happen) -> None:
    after = {"notes": "Home", "own_fields": {"Loyalty scheme": "Stamps", "Key account": False}}
    text = text_of(on_lead("lead.submitted", after=after)["maren.feddersen@acme.example.org"])
    for line in ("Notes: Home", "Loyalty scheme: Stamps", "Key account: No"):
        assert line in text.splitlines()


def test_nothing_typed_becomes_markup_or_a_template(on_lead: Happen, on_seat: Happen) -> None:
    for kind in ("lead.submitted", "lead.refused", "note.shared"):
        mails = on_lead(kind, company=XSS, reason_text=XSS, body=XSS, after={"notes": XSS}, partner_name=XSS)
        for mail in mails.values():
            html = html_of(mail)
            assert "<script" not in html
            assert "<img" not in html
            assert "&lt;script&gt;" in html
            assert "{{ 7|add:7 }}" in html
            assert "<script>alert('x')</script>" in text_of(mail)
            assert_well_nested(html)


@pytest.mark.parametrize("nasty", ["A\r\nBcc: rival@example.org", "A\nSubject: B", "A\rX: y", "A\u2028B\x00C\x85D"])
def test_no_header_can_be_added(on_lead: Happen, acme: Tenant, seller: Membership, nasty: str) -> None:
    User.objects.filter(pk=seller.user_id).update(name=nasty.replace("\x00", ""))
    Tenant.objects.filter(pk=acme.pk).update(name=nasty.replace("\x00", ""))
    (mail,) = on_lead("lead.started", company=nasty.replace("\x00", "")).values()
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject", [])) == 1
    assert mail["X"] is None
    assert "\n" not in str(mail["To"])


def _decoded(content: bytes, header: str) -> str:
    """By the older parser: the strict one puts a space between two encoded words of a name (RFC 2047 has none)."""
    return str(make_header(decode_header(message_from_bytes(content)[header])))


def test_long_and_foreign_names_survive_the_headers(on_lead: Happen, seller: Membership, sink: Sink) -> None:
    name = "Ægir Þórðarson „der Lange“ " + "von und zu Łódź " * 6
    User.objects.filter(pk=seller.user_id).update(name=name.strip()[:150])
    (mail,) = on_lead("lead.started", company="Przedsiębiorstwo Handlowo-Usługowe " * 5).values()
    person, address = parseaddr(_decoded(sink.arrived[0][1], "To"))
    assert person == " ".join(name.strip()[:150].split())
    assert address == "maren.feddersen@acme.example.org"
    assert str(mail["Subject"]).startswith("Przedsiębiorstwo Handlowo-Usługowe Przedsiębiorstwo")


def test_no_line_is_longer_than_a_server_takes(on_lead: Happen, sink: Sink) -> None:
    on_lead("note.shared", body="x" * 5000)
    for _address, content in sink.arrived:
        assert max(len(line) for line in content.split(b"\r\n")) <= 998
        assert b"\n" not in content.replace(b"\r\n", b"")


def test_an_address_of_another_script_is_written_as_the_dns_knows_it(
    on_lead: Happen, acme: Tenant, seller: Membership, sink: Sink
) -> None:
    with tenant_scope(acme):
        Membership.objects.filter(pk=seller.pk).update(preferences={"preferred_email": "maren@żółw.example"})
    on_lead("lead.started")
    assert sink.addresses == ["maren@xn--w-uga1v8h.example"]


def test_a_tenant_with_its_own_host_links_to_it(on_lead: Happen, acme: Tenant, settings: Any) -> None:
    settings.PUBLIC_URL = "https://portal.example.org"
    Tenant.objects.filter(pk=acme.pk).update(host="partners.acme.example.org")
    (mail,) = on_lead("lead.started").values()
    assert "https://partners.acme.example.org/leads/" in text_of(mail)
    assert str(mail["List-Unsubscribe"]).startswith("<https://partners.acme.example.org/unsubscribe/")


def test_the_same_mail_is_written_again(tell: Callable[..., Event], acme: Tenant, seller: Membership) -> None:
    """What is tried twice differs in nothing but the date."""
    tell("lead.submitted", seller)
    at = now()
    with tenant_scope(acme):
        row = Message.objects.select_related("event", "recipient").get(circle="submitter")
    first, second = (write_mail(row, acme, partner_name="Nordwind Retail", at=at).content for _ in range(2))
    assert first == second


def test_who_reads_alike_shares_one_drawing_and_has_a_greeting_of_their_own(
    tell: Callable[..., Event], acme: Tenant, seller: Membership
) -> None:
    """Twenty managers are told of a lead: its words are looked up once, and each gets an own greeting and stop link."""
    names = ["Ada <b> & Co", "Grace Hopper"]
    for name in ("Ada", "Grace"):
        member = make_member(acme, name, Role.CHANNEL_MANAGER)
        User.objects.filter(pk=member.user_id).update(name=next(one for one in names if one.startswith(name)))
    tell("lead.submitted", seller)
    drawings: Drawings = {}
    with tenant_scope(acme):
        rows = Message.objects.select_related("event", "recipient").filter(name__in=names).order_by("name")
        mails = [
            parsed(write_mail(row, acme, partner_name="Nordwind", at=now(), drawings=drawings).content) for row in rows
        ]
    assert len(drawings) == 1
    assert [f"Hello {name}," in text_of(mail) for name, mail in zip(names, mails, strict=True)] == [True, True]
    assert "Hello Ada &lt;b&gt; &amp; Co," in html_of(mails[0])
    assert len({str(mail["List-Unsubscribe"]) for mail in mails}) == len(names)
    for mail in mails:
        assert str(mail["List-Unsubscribe"])[1:-1] in html_of(mail)


def test_the_answer_comes_with_its_question(on_lead: Happen, everybody: Any) -> None:
    mail = on_lead("lead.info_given")[everybody.representative.user.email]
    text = text_of(mail).replace("\r\n", "\n")
    assert "The question was:\n> How many tills?" in text
    assert text.index("> How many tills?") < text.index("> Four, and one in the cellar.")
    assert "How many tills?" in html_of(mail)


@pytest.mark.parametrize("kind", ["lead.info_asked", "lead.info_corrected"])
def test_a_question_promises_no_clock_and_asks_only_who_may_answer(
    on_lead: Happen, everybody: Any, lead: Lead, acme: Tenant, kind: str
) -> None:
    """A Referrals user reads along: the mail names who may answer, and leads to the lead."""
    with tenant_scope(acme):
        Lead.objects.filter(pk=lead.pk).update(submitted_by=everybody.colleague)
    mails = on_lead(kind, submitter_id=str(everybody.colleague.pk), may_answer=["Maren Feddersen"])
    able, reads = (text_of(mails[one.user.email]) for one in (everybody.seller, everybody.colleague))
    assert "The lead waits until you answer." in able
    assert "Answer on the lead’s page:" in able
    assert "The lead waits for an answer. It can come from: Maren Feddersen." in reads
    assert "Answer on" not in reads
    assert "See the lead:" in reads
    assert "clock" not in able + reads


def test_where_many_may_answer_the_mail_names_their_role(on_lead: Happen, everybody: Any) -> None:
    mails = on_lead("lead.info_asked", submitter_id=str(everybody.colleague.pk), may_answer=[])
    assert "A Referrals admin of Nordwind Retail can give it." in text_of(mails[everybody.colleague.user.email])


@pytest.mark.parametrize(("appealed", "is_offered"), [(False, True), (True, False)])
def test_an_appeal_is_offered_to_whom_it_is_open(
    on_lead: Happen, everybody: Any, appealed: bool, is_offered: bool
) -> None:
    mails = on_lead("lead.refused", submitter_id=str(everybody.colleague.pk), appealed=appealed)
    assert ("You can appeal once" in text_of(mails[everybody.seller.user.email])) is is_offered
    assert "You can appeal once" not in text_of(mails[everybody.colleague.user.email])
