"""Mail about a person's sign-in: put in line by the transaction that causes it, sent after it, tried until taken."""

import logging
import re
import smtplib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Letter, User
from partnerhub.tenancy.models import Tenant
from partnerhub.web.colours import brand_colours
from partnerhub.web.valkey import LOST, call_worker

log = logging.getLogger(__name__)

GIVEN_UP_AFTER = timedelta(days=1)
LETTERS_SENT = 100
FOR_GOOD = 500
BLANK = re.compile(r"\n\s*\n")
LINK = re.compile(r"https?://\S+")


def post_letter(*, address: str, sender: str, subject: str, text: str, html: str) -> Letter:
    """Put a letter in line and nudge the worker after the commit. A lost nudge loses nothing: beat asks again."""
    letter = Letter.objects.create(address=address, sender=sender, subject=subject, text=text, html=html)
    transaction.on_commit(_nudge)
    return letter


def letter_html(text: str, *, subject: str, tenant: Tenant | None, user: User | None, action: str) -> str:
    """The HTML part of a letter, in the house's layout and the tenant's brand, from its text (account/email/).

    The last paragraph of the text is who writes, which the layout says by itself; an address on a line of its own
    becomes the button, called `action`.
    """
    house = tenant or Tenant(name="PartnerHub")
    lines = [line.strip() for block in BLANK.split(text.strip())[:-1] for line in block.splitlines()]
    words = [line for line in lines if not LINK.fullmatch(line)]
    name = getattr(user, "name", "")
    context = {
        "subject": subject,
        "heading": subject,
        "preview": words[0] if words else "",
        "greeting": _("Hello %(name)s,") % {"name": name} if name else _("Hello,"),
        "paragraphs": words,
        "action_url": next((line for line in lines if LINK.fullmatch(line)), ""),
        "action_label": action,
        "reply_words": _("Questions: %(email)s") % {"email": house.support_email} if house.support_email else "",
        "reason": _("You get this because it is about your own account.")
        if name
        else _("You get this because somebody entered this address."),
        "sender_line": ", ".join(part for part in (house.name, house.postal_address) if part),
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "tenant_name": house.name,
        "initial": house.name[:1].upper(),
        **brand_colours(house.brand_hue, float(house.brand_chroma)),
    }
    return render_to_string("mail/letter.html", context)


def send_due_letters() -> int:
    """Send what is due, each in a transaction of its own; says how many were sent. Several workers share the line."""
    return sum(_send_next() for _ in _while_due())


def _while_due() -> Iterable[int]:
    for number in range(LETTERS_SENT):
        if not Letter.objects.filter(due_at__lte=now()).exists():
            return
        yield number


@transaction.atomic
def _send_next() -> bool:
    letter = Letter.objects.select_for_update(skip_locked=True).filter(due_at__lte=now()).order_by("due_at").first()
    if letter is None:
        return False
    try:
        _mail(letter).send()
    except (smtplib.SMTPException, OSError) as error:
        _put_back(letter, error)
        return False
    letter.delete()
    return True


def _mail(letter: Letter) -> EmailMultiAlternatives:
    """The same Message-ID at every try, so that a mail taken twice is one."""
    headers = {"Message-ID": f"<{letter.pk}@{settings.MAIL_DOMAIN}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(letter.subject, letter.text, letter.sender, [letter.address], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _put_back(letter: Letter, error: Exception) -> None:
    """Try again later and later, for a day; not at all where the server refuses the address for good."""
    if _is_final(error) or letter.created_at < now() - GIVEN_UP_AFTER:
        log.warning("letter.given_up", extra={"letter": str(letter.pk), "error": type(error).__name__})
        letter.delete()
        return
    letter.tries += 1
    letter.due_at = now() + min(timedelta(seconds=15) * 2**letter.tries, timedelta(hours=1))
    letter.save(update_fields=["tries", "due_at"])


def _is_final(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= FOR_GOOD


def _nudge() -> None:
    try:
        call_worker("accounts.send_letters")
    except LOST:
        log.warning("letter.nudge_lost")
