"""Mail, as the outbox carries it: over one connection to the mail server, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.timezone import now

from notifications.models import Message
from notifications.selectors import due_messages, may_get, partner_names, unwanted_among
from notifications.services.answers import MailVerdict
from notifications.services.marking import Outcome, outcome_of, suppress
from notifications.services.nudging import nudge
from notifications.services.outbox import RUN_SECONDS, Carrier, carry_due
from notifications.services.rendering import Drawings, RenderedMail, write_mail
from notifications.services.smtp import Outlet
from notifications.states import HELD_BY, Cause, Hold
from partnerhub.tenancy.models import Tenant
from partnerhub.web.formats import HOUR, MINUTE

MAIL_DELAYS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR)


def send_due_messages(*, seconds: float = RUN_SECONDS) -> int:
    """Tell of what has happened, and send the mail that is due, in all tenants; how many the server took."""
    with Outlet() as outlet:
        return carry_due(MailCarrier(outlet), nudge, seconds=seconds)


class MailCarrier(Carrier):
    """Carries messages of the outbox to the mail server."""

    model = Message
    related = ("event", "recipient__user", "recipient__partner")

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._partners: dict[UUID, str] = {}
        self._drawings: Drawings = {}

    def due(self, at: datetime, most: int) -> dict[UUID, list[UUID]]:
        return due_messages(at, most)

    def delays(self) -> Sequence[float]:
        return getattr(settings, "MAIL_RETRY_DELAYS", MAIL_DELAYS)

    def slowest(self) -> float:
        """Connecting, and four commands of SMTP."""
        return 5 * float(settings.EMAIL_TIMEOUT)

    def held_back(self, rows: Sequence[Message]) -> dict[UUID, Hold]:
        off, refused = unwanted_among(rows)
        held: dict[UUID, Hold] = {}
        for row in rows:
            member = row.recipient
            if member and not may_get(member, row.event, purpose=row.purpose, circle=row.circle):
                held[row.pk] = Hold.NO_SEAT
            elif member and (member.pk, row.purpose) in off:
                held[row.pk] = Hold.UNWANTED
            elif (why := refused.get((row.partner_id, row.address))) and why.holds(row.purpose):
                held[row.pk] = HELD_BY[why.cause]
        return held

    def get_ready(self, rows: Sequence[Message]) -> None:
        self._partners = partner_names(row.event.partner_id for row in rows)
        self._drawings = {}

    def compose(self, row: Message, tenant: Tenant) -> RenderedMail:
        partner_id = row.event.partner_id
        name = self._partners.get(partner_id, "") if partner_id else ""
        return write_mail(row, tenant, partner_name=name, at=now(), drawings=self._drawings)

    def carry(self, ready: Iterator[tuple[Message, RenderedMail]], meanwhile: Callable[[], None]) -> Iterator[Outcome]:
        for message, mail in ready:
            answer = self._outlet.send(mail.sender, mail.address, mail.content, meanwhile)
            yield outcome_of(message, answer, delays=self.delays(), subject=mail.subject)

    def heard(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            message, answer = outcome.delivery, outcome.answer
            if answer and answer.verdict is MailVerdict.NO_SUCH_ADDRESS and isinstance(message, Message):
                suppress(message, Cause.REFUSED, answer.text)
