"""From a row of the outbox to the bytes of a mail: text and HTML, in the person's language and zone, in the brand.

Everything a mail says comes from its event, which never changes; so a mail that is sent again says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import idna
from django.conf import settings
from django.template import Template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from notifications.models import Message
from notifications.selectors import portal_address
from notifications.services.colours import brand_colours
from notifications.services.letters import LETTERS, Letter, Story
from notifications.services.tokens import unsubscribe_path
from notifications.states import PURPOSES, reason_text
from partnerhub.roles import PARTNER, VENDOR
from partnerhub.tenancy.models import Tenant

SETTINGS_PATH = "/settings/communication/"
SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class Mail:
    """A mail as the server takes it."""

    sender: str
    address: str
    subject: str
    content: bytes


def write_mail(message: Message, tenant: Tenant, *, partner_name: str, at: datetime) -> Mail:
    """Compose the mail of a message. Raises KeyError where the event lacks a word that the letter needs."""
    with override(message.language), timezone.override(ZoneInfo(message.timezone)):
        letter, context = letter_of(message, tenant, partner_name=partner_name)
        return _post(message, tenant, letter, context, at)


def letter_of(message: Message, tenant: Tenant, *, partner_name: str) -> tuple[Letter, dict[str, Any]]:
    """The words of a message, and all that its two templates show, in the active language and zone."""
    event, purpose = message.event, PURPOSES[message.purpose]
    base = portal_address(tenant)
    story = Story(
        event=event,
        circle=message.circle,
        side=VENDOR if message.partner_id is None else PARTNER,
        tenant_name=tenant.name,
        partner_name=partner_name,
        reader_name=message.name,
    )
    letter = LETTERS[message.kind](story)
    label, path = letter.action or ("", "")
    stop = purpose.optional and message.recipient_id is not None
    context = {
        "letter": letter,
        "subject": one_line(letter.subject),
        "facts": [fact for fact in letter.facts if fact[1]],
        "language": message.language,
        "direction": "rtl" if get_language_info(message.language)["bidi"] else "ltr",
        "tenant_name": tenant.name,
        "initial": tenant.name[:1].upper(),
        "colours": brand_colours(tenant.brand_hue, float(tenant.brand_chroma)),
        "greeting": _("Hello %(name)s,") % {"name": message.name} if message.name else _("Hello,"),
        "action_label": label,
        "action_url": f"{base}{path}" if path else "",
        "reply_words": _reply_words(tenant),
        "reason": reason_text(message.circle, _names(tenant, partner_name)),
        "settings_url": f"{base}{SETTINGS_PATH}" if message.recipient_id else "",
        "settings_words": _("Change which emails you get"),
        "stop_url": f"{base}{unsubscribe_path(message.recipient_id, message.purpose)}" if stop else "",
        "stop_words": str(purpose.stop),
        "sender_line": ", ".join(part for part in (tenant.name, tenant.postal_address) if part),
    }
    return letter, context


def one_line(text: str) -> str:
    """The text for a header: no line break, no control character, not too long."""
    clean = "".join(character if character.isprintable() else " " for character in text)
    return Truncator(" ".join(clean.split())).chars(SUBJECT_LENGTH)


def _reply_words(tenant: Tenant) -> str:
    if not tenant.support_email:
        return ""
    return _("Something wrong? Reply to this email: the team of %(tenant)s reads it.") % {"tenant": tenant.name}


def _names(tenant: Tenant, partner_name: str) -> Mapping[str, str]:
    return {"tenant": tenant.name, "partner": partner_name, "organisation": partner_name or tenant.name}


def _post(message: Message, tenant: Tenant, letter: Letter, context: dict[str, Any], at: datetime) -> Mail:
    address = ascii_address(message.address)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = context["subject"]
    mail["From"] = Address(one_line(tenant.name), addr_spec=_our_address())
    mail["To"] = Address(one_line(message.name), addr_spec=address)
    if tenant.support_email:
        mail["Reply-To"] = ascii_address(tenant.support_email)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message.message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"<{message.purpose}.{tenant.slug}.{settings.MAIL_DOMAIN}>"
    if context["stop_url"]:
        mail["List-Unsubscribe"] = f"<{context['stop_url']}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(_template("txt").render(context))
    mail.add_alternative(_template("html").render(context), subtype="html")
    return Mail(_our_address(), address, context["subject"], mail.as_bytes())


def ascii_address(address: str) -> str:
    """The address with its domain as the DNS knows it."""
    name, _at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    return f"{name}@{idna.encode(domain, uts46=True).decode()}"


@lru_cache(maxsize=1)
def _our_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


@lru_cache(maxsize=2)
def _template(ending: str) -> Template:
    return get_template(f"notifications/mail/letter.{ending}")
