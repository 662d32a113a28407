"""From a row of the outbox to the bytes of a mail: text and HTML, in the person's language and zone, in the brand.

Everything a mail says comes from its event, which never changes; so a mail that is sent again says the same. But the
words of a shared message are read when the mail is written: they go when it is deleted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import idna
from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications.models import Message
from notifications.selectors import reason_text, telling_of
from notifications.selectors.story import Letter, Story
from notifications.services.frames import Frame, begin_html, begin_text, end
from notifications.services.mime import alternative, header_words, mailbox, one_line, token
from notifications.services.tokens import unsubscribe_path
from notifications.states import PURPOSES
from partnerhub.roles import PARTNER, VENDOR
from partnerhub.tenancy.models import Tenant
from partnerhub.web.addresses import portal_address
from partnerhub.web.colours import brand_colours

SETTINGS_PATH = "/settings/communication/"
SUBJECT_LENGTH = 200
LABEL_STYLE = "padding:8px 12px 8px 0; border-top:1px solid #e2deda; color:#5f5951;"
VALUE = "padding:8px 0; border-top:1px solid #e2deda; color:#27231f;"


@dataclass(frozen=True)
class RenderedMail:
    """A mail as the server takes it."""

    sender: str
    address: str
    subject: str
    content: bytes


@dataclass(frozen=True)
class DrawnMail:
    """What a mail says to everybody who reads it alike; the words of each reader are left out."""

    subject: str
    html: Frame
    text: Frame


Drawings = dict[tuple[Any, ...], DrawnMail]
"""What was drawn for the mails of one batch, by all that it depends on."""


def write_mail(
    message: Message, tenant: Tenant, *, partner_name: str, at: datetime, drawings: Drawings | None = None
) -> RenderedMail:
    """Compose the mail of a message. Raises KeyError where the event lacks a word that the letter needs.

    `drawings`: what was drawn for others before; twenty who are told of the same event get the same words.
    """
    drawings = {} if drawings is None else drawings
    alike = (*_alike(message), partner_name)
    with override(message.language), timezone.override(ZoneInfo(message.timezone)):
        drawn = drawings.get(alike) or drawings.setdefault(alike, _drawn(message, tenant, partner_name))
        own = reader_words(message, tenant)
    html = end(drawn.html, {name: escape(word) for name, word in own.items()})
    headers = _headers(message, tenant, subject=drawn.subject, stop_url=own["stop_url"], at=at)
    content = alternative(headers, end(drawn.text, own), html, boundary=f"={message.pk.hex}=")
    return RenderedMail(_our_address(), ascii_address(message.address), drawn.subject, content)


def _alike(message: Message) -> tuple[Any, ...]:
    """All of the message that its words depend on, but for the reader's own."""
    roles = tuple(message.recipient.roles) if message.recipient else None
    seen = (message.event_id, message.circle, message.purpose, message.partner_id, roles)
    return (*seen, message.language, message.timezone)


def _drawn(message: Message, tenant: Tenant, partner_name: str) -> DrawnMail:
    letter = letter_of(message, tenant, partner_name=partner_name)
    own = reader_words(message, tenant)
    shown = words_shown(message, tenant, letter, partner_name=partner_name) | own
    facts = [(label, value) for label, value in letter.facts if value]
    html = begin_html(shown, letter.paragraphs, rows="".join(map(_row, facts)), later=own)
    text = "\n".join(f"{label}: {value}" for label, value in facts)
    return DrawnMail(shown["subject"], html, begin_text(shown, letter.paragraphs, rows=text, later=own))


def letter_of(message: Message, tenant: Tenant, *, partner_name: str) -> Letter:
    """What the message says, in the active language and zone."""
    story = Story(
        event=message.event,
        circle=message.circle,
        side=VENDOR if message.partner_id is None else PARTNER,
        tenant=tenant,
        partner_name=partner_name,
        roles=tuple(message.recipient.roles) if message.recipient else (),
    )
    telling = telling_of(message.event)
    if telling is None:
        raise KeyError(message.kind)
    return telling.letter(story)


def words_shown(message: Message, tenant: Tenant, letter: Letter, *, partner_name: str) -> dict[str, str]:
    """Every word that the two templates show around the letter, and the letter's own; not the reader's."""
    purpose, base = PURPOSES[message.purpose], portal_address(tenant)
    label, path = letter.action or ("", "")
    quote_label, quote = letter.quote or ("", "")
    asked_label, asked = letter.asked or ("", "")
    return {
        "subject": Truncator(one_line(letter.subject)).chars(SUBJECT_LENGTH),
        "heading": letter.heading,
        "preview": letter.paragraphs[0],
        "asked_label": asked_label,
        "asked": asked,
        "asked_quoted": _quoted(asked),
        "quote_label": quote_label,
        "quote": quote,
        "quoted": _quoted(quote),
        "action_label": label,
        "action_url": f"{base}{path}" if path else "",
        "after": letter.after,
        "language": message.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "tenant_name": tenant.name,
        "initial": tenant.name[:1].upper(),
        "reply_words": _reply_words(tenant),
        "reason": reason_text(message.circle, _names(tenant, partner_name)),
        "settings_url": f"{base}{SETTINGS_PATH}" if message.recipient_id else "",
        "settings_words": _("Change which emails you get"),
        "stop_words": str(purpose.stop),
        "sender_line": ", ".join(part for part in (tenant.name, tenant.postal_address) if part),
        **brand_colours(tenant.brand_hue, float(tenant.brand_chroma)),
    }


def reader_words(message: Message, tenant: Tenant) -> dict[str, str]:
    """What stands in this reader's mail alone. Whether there is an address to stop is the same for all read alike."""
    stop = ""
    if message.recipient_id and PURPOSES[message.purpose].optional:
        stop = f"{portal_address(tenant)}{unsubscribe_path(message.recipient_id, message.purpose)}"
    greeting = _("Hello %(name)s,") % {"name": message.name} if message.name else _("Hello,")
    return {"greeting": greeting, "stop_url": stop}


def _quoted(text: str) -> str:
    """As mail in plain text quotes."""
    return "\n".join(f"> {line}" for line in text.splitlines())


def _row(fact: tuple[str, str]) -> str:
    """One line of the table of facts, flat: a submission has twenty of them."""
    label, value = (escape(words).replace("\n", "<br>") for words in fact)
    return (
        f'<tr><td class="soft rule" valign="top" style="{LABEL_STYLE}">{label}</td>'
        f'<td class="ink rule" valign="top" style="{VALUE}">{value}</td></tr>\n'
    )


def _headers(message: Message, tenant: Tenant, *, subject: str, stop_url: str, at: datetime) -> list[str]:
    headers = [
        header_words("Subject", subject),
        *_sender_headers(tenant.name, tenant.support_email),
        mailbox("To", message.name, ascii_address(message.address)),
        token("Date", format_datetime(at)),
        token("Message-ID", f"<{message.message_id}>"),
        *_thread_headers(message),
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        token("List-Id", f"<{message.purpose}.{tenant.slug}.{settings.MAIL_DOMAIN}>"),
    ]
    if stop_url:
        headers.append(token("List-Unsubscribe", f"<{stop_url}>"))
        headers.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return headers


def _thread_headers(message: Message) -> tuple[str, str]:
    """What keeps the letters about one record together, for each side by itself (RFC 5322, 3.6.4).

    They answer a letter that was never sent: so none of them is lost when the first one is deleted or was never got.
    """
    event, side = message.event, VENDOR if message.partner_id is None else PARTNER
    first = f"<{event.subject_type}.{event.subject_id}.{side}@{settings.MAIL_DOMAIN}>"
    return token("In-Reply-To", first), token("References", first)


@lru_cache(maxsize=1024)
def _sender_headers(name: str, support_email: str) -> tuple[str, ...]:
    sender = mailbox("From", name, _our_address())
    return (sender, token("Reply-To", ascii_address(support_email))) if support_email else (sender,)


def _reply_words(tenant: Tenant) -> str:
    if not tenant.support_email:
        return ""
    return _("Something wrong? Reply to this email: the team of %(tenant)s reads it.") % {"tenant": tenant.name}


def _names(tenant: Tenant, partner_name: str) -> Mapping[str, str]:
    return {"tenant": tenant.name, "partner": partner_name, "organisation": partner_name or tenant.name}


def ascii_address(address: str) -> str:
    """The address with its domain as the DNS knows it."""
    name, _at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    return f"{name}@{idna.encode(domain, uts46=True).decode()}"


@lru_cache(maxsize=1)
def _our_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
