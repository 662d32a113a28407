"""Webhooks as the outbox carries them (quality 52): signed, one after the other to each endpoint, many at once."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from itertools import islice
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import now

from notifications.models import Delivery, Endpoint, Hook
from notifications.selectors.webhooks import due_hooks, may_send, signing
from notifications.services.answers import MailAnswer, MailVerdict, NotNow
from notifications.services.endpoints import note_answers, switch_off
from notifications.services.marking import Outcome, outcome_of
from notifications.services.nudging import nudge_hooks
from notifications.services.outbox import RUN_SECONDS, Carrier, carry_due
from notifications.services.replies import tell_replies
from notifications.services.signatures import signature
from notifications.states import Hold, Off, Status
from partnerhub.events.serializers import event_json
from partnerhub.tenancy.models import Tenant
from partnerhub.web.formats import HOUR, MINUTE
from partnerhub.web.outbound import Forbidden, OutboundReply, post
from partnerhub.web.stored_secrets import SecretUnreadable, decrypt

HOOK_DELAYS = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
HOOK_SECONDS = 15.0
CALLS_AT_ONCE = 16
LONGEST_HOOK_BODY = 200_000
LONGEST_WAIT = 24 * HOUR
HTTP_GONE = 410
FAILING_FOR = timedelta(days=2)
"""An endpoint that has taken nothing for so long is switched off. Less than all tries of one delivery take."""
HOOK_UNREADABLE = "The key that this webhook's secret was stored with is gone. Bring it back, or renew the secret."


@dataclass(frozen=True)
class Parcel:
    """A request as it is sent."""

    url: str
    headers: dict[str, str]
    body: bytes


def send_due_hooks(*, seconds: float = RUN_SECONDS) -> int:
    """Hand over what is due to all endpoints of all tenants; how many were taken."""
    return carry_due(HookCarrier(), nudge_hooks, seconds=seconds)


class HookCarrier(Carrier):
    """Carries webhooks of the outbox to the endpoints of tenants."""

    model = Hook
    related = ("event", "endpoint__owner__user", "endpoint__owner__partner")

    def due(self, at: datetime, most: int) -> dict[UUID, list[UUID]]:
        return due_hooks(at, most)

    def delays(self) -> Sequence[float]:
        return HOOK_DELAYS

    def slowest(self) -> float:
        return 2 * HOOK_SECONDS

    def held_back(self, rows: Sequence[Hook]) -> dict[UUID, Hold]:
        return {row.pk: Hold.ENDPOINT_OFF for row in rows if not may_send(row.endpoint)}

    def get_ready(self, rows: Sequence[Hook]) -> None:
        """All of it came with the rows."""

    def compose(self, row: Hook, tenant: Tenant) -> Parcel:
        """What the endpoint's owner may read of the event, signed with each secret that holds now.

        Raises NotNow where the key of its secret is gone.
        """
        body, stamp = payload_of(row), str(int(now().timestamp()))
        signed = [f"v1,{signature(secret, str(row.pk), stamp, body)}" for secret in secrets_of(row.endpoint, at=now())]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "PartnerHub-Webhooks/1",
            "webhook-id": str(row.pk),
            "webhook-timestamp": stamp,
            "webhook-signature": " ".join(signed),
        }
        return Parcel(row.endpoint.url, headers, body)

    def carry(self, ready: Iterator[tuple[Hook, Parcel]], meanwhile: Callable[[], None]) -> Iterator[Outcome]:
        """Many at once, each to an endpoint of its own. What is known is written down while others still work.

        One is asked for only when a thread is free for it: what waits longer than its lease is given back.
        """
        with ThreadPoolExecutor(CALLS_AT_ONCE) as threads:
            waiting: dict[Future[MailAnswer], Hook] = {}
            while True:
                free = islice(ready, CALLS_AT_ONCE - len(waiting))
                waiting |= {threads.submit(_sent, parcel): row for row, parcel in free}
                if not waiting:
                    return
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield self._outcome(waiting.pop(done), done.result())
                    meanwhile()

    def _outcome(self, row: Hook, answer: MailAnswer) -> Outcome:
        if answer.verdict is MailVerdict.REFUSED:
            return Outcome(row, Status.FAILED, {"last_answer": answer.text, **answer.facts}, answer)
        return outcome_of(row, answer, delays=HOOK_DELAYS)

    def heard(self, outcomes: Sequence[Outcome]) -> None:
        """Which endpoints take what they are sent, and which are switched off.

        One that fails is switched off when a delivery is given up and nothing has been taken for days (Standard
        Webhooks): a single event that it does not like costs it nothing.
        """
        asked = [(_endpoint_of(one.delivery), one.answer, one) for one in outcomes if one.answer]
        note_answers([(endpoint, answer.verdict) for endpoint, answer, _outcome in asked], at=now())
        for endpoint, answer, outcome in asked:
            if answer.verdict is MailVerdict.NOT_ASKED:
                put_off(endpoint, until=outcome.facts["due_at"])
            elif outcome.facts.get("response_status") == HTTP_GONE:
                switch_off(endpoint, Off.GONE, answer.text)
            elif outcome.status == Status.FAILED and is_failing(endpoint, at=now()):
                switch_off(endpoint, Off.FAILING, answer.text)
        tell_replies(outcomes)


def is_failing(endpoint: Endpoint, *, at: datetime) -> bool:
    """Whether it has taken nothing for days."""
    return endpoint.failing_since is not None and at - endpoint.failing_since >= FAILING_FOR


def put_off(endpoint: Endpoint, *, until: datetime) -> None:
    """Let all that waits for the endpoint wait until then: none of it can be written."""
    waiting = Hook.objects.filter(endpoint=endpoint, status=Status.QUEUED, due_at__lt=until)
    waiting.update(due_at=until)


def payload_of(row: Hook) -> bytes:
    """Type, time and data, as Standard Webhooks has it. Without before and after where they are beyond all measure."""
    told = event_json(row.event, row.endpoint.owner)
    data = {name: value for name, value in told.items() if name not in {"ip", "request_id"}}
    body = _json(row, data)
    return body if len(body) <= LONGEST_HOOK_BODY else _json(row, data | {"before": None, "after": None})


def secrets_of(endpoint: Endpoint, *, at: datetime) -> list[str]:
    """The secrets that sign now, the newest first; of former ones those that can still be read.

    Raises NotNow where the newest can't be: nobody would take what is signed without it.
    """
    newest, *former = signing(endpoint, at=at)
    try:
        found = [decrypt(newest["sealed"])]
    except SecretUnreadable:
        raise NotNow(HOOK_UNREADABLE) from None
    for one in former:
        with suppress(SecretUnreadable):
            found.append(decrypt(one["sealed"]))
    return found


def _json(row: Hook, data: object) -> bytes:
    whole = {"type": row.kind, "timestamp": row.event.occurred_at.astimezone(UTC).isoformat(), "data": data}
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


def _sent(parcel: Parcel) -> MailAnswer:
    """In a thread of its own: nothing here asks the database."""
    try:
        reply = post(parcel.url, parcel.body, parcel.headers, seconds=HOOK_SECONDS)
    except Forbidden as error:
        return _none(str(error))
    except (OSError, ValueError, HTTPException) as error:
        return _none(f"No answer: {error or type(error).__name__}")
    return answer_of(reply, at=now())


def _none(words: str) -> MailAnswer:
    """Nothing came back. The words may be the other side's own bytes: without what a row cannot hold."""
    return MailAnswer(
        MailVerdict.LATER, words.replace("\x00", "")[:500], facts={"response_status": None, "response_body": ""}
    )


def answer_of(reply: OutboundReply, *, at: datetime) -> MailAnswer:
    """2xx is taken, 410 is for good; all else is tried again, no sooner than the endpoint asks."""
    facts = {"response_status": reply.status, "response_body": reply.body[:1000]}
    if 200 <= reply.status < 300:
        return MailAnswer(MailVerdict.TAKEN, f"{reply.status}", facts=facts)
    verdict = MailVerdict.REFUSED if reply.status == HTTP_GONE else MailVerdict.LATER
    return MailAnswer(verdict, f"{reply.status}", wait=_wait(reply.headers.get("retry-after", ""), at), facts=facts)


def _wait(words: str, at: datetime) -> float:
    """Seconds or a date (RFC 9110, 10.2.3), a day at most."""
    if words.isascii() and words.isdigit():
        return float(min(int(words[:9]), LONGEST_WAIT))
    try:
        until = parsedate_to_datetime(words)
    except (ValueError, OverflowError):
        return 0
    asked = (until if until.tzinfo else until.replace(tzinfo=UTC)) - at
    return max(timedelta(0), min(asked, timedelta(seconds=LONGEST_WAIT))).total_seconds()


def _endpoint_of(delivery: Delivery) -> Endpoint:
    assert isinstance(delivery, Hook)  # noqa: S101 - for the checker: this carrier has no other
    return delivery.endpoint
