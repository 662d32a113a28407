"""Every letter in every language for everybody who is told: whole, in the brand, with why, way out and one button.

`LETTERS` of an app's `brings.py` declares the events that mails tell of; one that is forgotten fails here.
"""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.template import engines
from django.utils.timezone import now
from django.utils.translation import override

from notifications.models import Message
from notifications.selectors.circles import CIRCLES, reason_text
from notifications.selectors.telling import TELLINGS
from notifications.services import fan_out_events, frames
from notifications.services.rendering import write_mail
from notifications.states import PURPOSES
from partnerhub.events.models import Audience, Event
from partnerhub.events.services import record
from partnerhub.events.words import TOLD
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.architecture.house import House
from tests.brought import brought
from tests.kits.declared import Told
from tests.notifications.sink import html_of, parsed, text_of

DECLARED: dict[str, list[Told]] = brought("LETTERS")
SAMPLES = [one for samples in DECLARED.values() for one in samples]
EACH = pytest.mark.parametrize("told", SAMPLES, ids=str)
LANGUAGES = [code for code, _name in settings.LANGUAGES]
HOLE = "HOLE-IN-THE-TEMPLATE"
NASTY = "A\r\nBcc: rival@example.org\nSubject: B\u2028C\x85D"
LONG = "Ægir „der Lange“ " + "von und zu Łódź " * 8


@pytest.fixture(autouse=True)
def _holes() -> Iterator[None]:
    """A template that asks for what is not there writes HOLE."""
    django: Any = engines["django"]
    frames._frame.cache_clear()
    django.engine.string_if_invalid = HOLE
    yield
    django.engine.string_if_invalid = ""
    frames._frame.cache_clear()


def test_every_kind_that_mails_tell_of_is_declared() -> None:
    assert set(DECLARED) == {kind for kind, _about in TELLINGS}, "`LETTERS` of tests/<app>/brings.py"


def happened(house: House, told: Told, **changes: Any) -> list[Message]:
    """The messages that a worker makes of the event."""
    with tenant_scope(house.tenant):
        known = set(Event.objects.values_list("pk", flat=True))
        if told.act:
            told.act(house)
        else:
            _record(house, told, changes)
    while fan_out_events():
        pass
    with tenant_scope(house.tenant):
        rows = Message.objects.filter(kind=told.kind).exclude(event__in=known)
        return list(rows.select_related("event", "recipient__user").order_by("address"))


def _record(house: House, told: Told, changes: dict[str, Any]) -> None:
    model = brought("RECORDS")[told.about]
    subject = model.objects.get(pk=house.records[told.about]["own"])
    data = {**told.words(house, subject), **told.data, **changes}
    data = {name: value(house) if callable(value) else value for name, value in data.items()}
    about = TOLD.get(told.kind)
    record(
        told.kind,
        subject,
        actor=house.people[told.by],
        before=data.pop("before", {}),
        after=data.pop("after", {}),
        data=data,
        audience=about.audience if about else Audience.BOTH,
    )


def written(house: House, message: Message, language: str = "en") -> EmailMessage:
    """The mail as the server would take it, read back by the standard library."""
    message.language, message.timezone = language, "Europe/Oslo"
    tenant = Tenant.objects.get(pk=house.tenant.pk)
    with tenant_scope(tenant):
        return parsed(write_mail(message, tenant, partner_name=house.nordwind.name, at=now()).content)


@EACH
def test_somebody_is_told_by_every_rule_and_nobody_of_the_other_side(house: House, told: Told) -> None:
    messages = happened(house, told)
    side = "partner" if told.by in "ARUB" else "vendor"
    tellings = [one for (kind, about), one in TELLINGS.items() if kind == told.kind and about in {"", told.about}]
    rules = [rule for one in tellings for rule in one.rules]
    due = {rule.purpose.key for rule in rules if told.act or rule.acted_by in {"", side}}
    assert {message.purpose for message in messages} == due
    for message in messages:
        assert message.partner_id in {None, house.nordwind.pk}, "another partner's"
        assert message.circle in CIRCLES
        about = TOLD.get(told.kind)
        if about and about.audience == Audience.VENDOR:
            assert message.partner_id is None, "it is the vendor's alone"


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_whole_in_each_language(house: House, told: Told, language: str) -> None:
    base = f"{settings.PUBLIC_URL}/acme"
    for message in happened(house, told):
        mail = written(house, message, language)
        text, html = text_of(mail), html_of(mail)
        for part in (text, html, str(mail["Subject"])):
            for hole in (HOLE, "%(", "None", "{{", "{%"):
                assert hole not in part, message.circle
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert f'<html lang="{language}"' in html
        assert str(mail["Subject"]).startswith(told.root)
        assert str(mail["Subject"]).strip() not in {"", told.root.strip()}
        links = re.findall(r'href="([^"]*)"', html)
        assert all(link.startswith(f"{base}/") for link in links), links
        buttons = re.findall(r'<td class="act"[^>]*><a href="([^"]*)"[^>]*>([^<]*)</a>', html)
        assert len(buttons) <= 1
        for address, words in buttons:
            assert words.strip()
            assert address in text.split()


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_why_and_how_to_stop_it(house: House, told: Told, language: str) -> None:
    for message in happened(house, told):
        mail = written(house, message, language)
        text, html = text_of(mail), html_of(mail)
        organisation = house.nordwind.name if message.partner_id else house.tenant.name
        names = {"tenant": house.tenant.name, "partner": house.nordwind.name, "organisation": organisation}
        with override(language):
            why = " ".join(reason_text(message.circle, names).split())
            stop = str(PURPOSES[message.purpose].stop)
        assert why in " ".join(text.split()), message.circle
        assert why in " ".join(html.split()), message.circle
        may_stop = bool(message.recipient_id and PURPOSES[message.purpose].optional)
        assert (mail["List-Unsubscribe"] is not None) == may_stop == ("/unsubscribe/" in text)
        if message.recipient_id:
            assert "/settings/communication/" in text
        if may_stop:
            link = str(mail["List-Unsubscribe"]).strip("<>")
            assert link in html
            assert stop in html
            assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@EACH
def test_no_name_adds_a_header_or_breaks_a_line(house: House, told: Told) -> None:
    for name in (NASTY, LONG):
        with transaction.atomic():
            words = {} if told.act else dict.fromkeys(("company", "partner_name", "name", "subject_label"), name)
            messages = happened(house, told, **words)
            Tenant.objects.filter(pk=house.tenant.pk).update(name=name[:100])
            for message in messages:
                message.name = name
                mail = written(house, message)
                assert mail["Bcc"] is None
                assert len(mail.get_all("Subject", [])) == 1
                assert len(str(mail["Subject"])) <= 201
                assert "\n" not in str(mail["To"]) + str(mail["From"])
            transaction.set_rollback(True)


@EACH
def test_what_a_person_wrote_is_no_markup(house: House, told: Told) -> None:
    typed = {name: f"<script>{name}</script>" for name, value in told.data.items() if name in WRITTEN and value}
    for message in happened(house, told, **typed):
        html = html_of(written(house, message))
        assert "<script" not in html
        for name in typed:
            assert f"<script>{name}</script>" in text_of(written(house, message)) or name not in html


WRITTEN = {"question", "answer", "reason_text", "appeal_text", "body", "message"}
"""Words of an event's data that somebody has typed."""


@EACH
def test_no_partner_reads_what_is_the_vendors(house: House, told: Told) -> None:
    """Whatever an event holds beside: of what only the vendor gets, a letter to a partner says nothing."""
    if told.act:
        return
    after = {**told.data.get("after", {}), "conflict": "SECRET"}
    secret = {"before": {"conflict": "SECRET"}, "after": after, "internal_note": "SECRET"}
    for message in happened(house, told, **secret):
        if message.partner_id:
            mail = written(house, message)
            assert "SECRET" not in text_of(mail) + html_of(mail) + str(mail["Subject"])
