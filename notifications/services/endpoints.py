"""The endpoints of webhooks: entering one, changing it, its secrets, trying it, and switching it off."""

import base64
import secrets as randomness
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from notifications.models import Endpoint
from notifications.selectors.webhooks import event_types, may_send, signing
from notifications.services.answers import MailVerdict
from notifications.services.signatures import PREFIX
from notifications.states import Off
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.models import Audience
from partnerhub.events.services import SYSTEM, record
from partnerhub.records.editing import Columns, differing, take_over
from partnerhub.roles import PARTNER, TOKENS_MANAGE, VENDOR
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.outbound import Forbidden, check_url
from partnerhub.web.seen import check_seen
from partnerhub.web.stored_secrets import encrypt

MOST_ENDPOINTS = 20
MOST_SECRETS = 4
FORMER_FOR = timedelta(hours=24)
SECRET_BYTES = 32


@transaction.atomic
def add_endpoint(
    *, url: str, by: Membership, description: str = "", event_types: Iterable[str] = ()
) -> tuple[Endpoint, str]:
    """Enter an endpoint of one's own organisation; gives it with its secret, which is never shown again.

    Raises NotPermitted, and Refused for an address that the portal must not ask, for a type of event that there is not,
    and for more endpoints than an organisation needs.
    """
    _require(by)
    types = _types(event_types)
    _check(url)
    count_alone(f"webhooks of {by.partner_id}")
    if Endpoint.objects.filter(partner=by.partner_id, removed_at=None).count() >= MOST_ENDPOINTS:
        raise Refused(
            Reason("too-many", _("There are %(most)s endpoints already. Remove one first.") % {"most": MOST_ENDPOINTS})
        )
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        partner_id=by.partner_id,
        owner=by,
        url=url,
        description=description,
        event_types=types,
        secrets=[{"sealed": encrypt(secret), "until": None}],
    )
    _tell("webhook.added", endpoint, by=by, after={"url": url, "event_types": types})
    return endpoint, secret


@transaction.atomic
def change_endpoint(endpoint: Endpoint, changes: dict[str, Any], *, by: Membership, seen: int | None) -> Endpoint:
    """Change address, description, types of events, or whether it is on (`is_active`).

    The vendor may switch off a partner's, and no more: what it is sent is for the partner alone. Raises NotPermitted,
    Stale where it has changed since `seen`, Refused as `add_endpoint` does.
    """
    _require(by)
    held = _held(endpoint.pk)
    check_seen(held, seen, {name: value for name, value in changes.items() if name != "is_active"})
    if changes.keys() - {"is_active"} or changes.get("is_active"):
        _own(held, by)
    wanted = dict(changes)
    if "event_types" in wanted:
        wanted["event_types"] = _types(wanted["event_types"])
    if "url" in wanted:
        _check(wanted["url"])
    if "is_active" in wanted:
        wanted["off_because"] = "" if wanted.pop("is_active") else (held.off_because or Off.ASKED.value)
    if wanted.get("url", held.url) != held.url or (held.off_because and not wanted.get("off_because", "on")):
        held.failing_since = None
    if fields := differing(held, wanted):
        before, after = _write(held, **fields)
        _tell("webhook.changed", held, by=by, before=before, after=after)
    return held


@transaction.atomic
def renew_secret(endpoint: Endpoint, *, by: Membership) -> tuple[Endpoint, str]:
    """Give it a new secret, shown once. Former ones sign beside it for a day, so that nothing is missed."""
    _require(by)
    held = _held(endpoint.pk)
    _own(held, by)
    until = (now() + FORMER_FOR).isoformat()
    secret = new_secret()
    former = [one | {"until": one["until"] or until} for one in signing(held, at=now())][: MOST_SECRETS - 1]
    _write(held, secrets=[{"sealed": encrypt(secret), "until": None}, *former])
    _tell("webhook.secret_renewed", held, by=by)
    return held, secret


@transaction.atomic
def remove_endpoint(endpoint: Endpoint, *, by: Membership, seen: int | None = None) -> None:
    """Nothing is sent to it any more; what was sent stays in the log. Raises NotPermitted, Stale."""
    _require(by)
    held = _held(endpoint.pk)
    check_seen(held, seen, {})
    _write(held, removed_at=now(), secrets=[])
    _tell("webhook.removed", held, by=by, before={"url": held.url})


@transaction.atomic
def try_endpoint(endpoint: Endpoint, *, by: Membership) -> UUID:
    """Send it a test event, by the same way as any other; the id of the event. Raises Refused where it is off."""
    _require(by)
    _own(endpoint, by)
    if not endpoint.off_because and not may_send(endpoint):
        raise Refused(Reason("owner", _("Who entered the endpoint may have it no more. Hand it over first.")))
    if endpoint.off_because:
        raise Refused(Reason("off", _("The endpoint is switched off. Switch it on first.")))
    return record("webhook.tested", endpoint, actor=by, audience=_side(endpoint)).pk


def switch_off(endpoint: Endpoint, why: Off, answer: str) -> None:
    """The endpoint has said that it is gone, or has taken nothing for days."""
    if Endpoint.objects.filter(pk=endpoint.pk, off_because="").update(off_because=why, version=F("version") + 1):
        after = {"off_because": why.value, "answer": answer}
        record("webhook.switched_off", endpoint, actor=SYSTEM, after=after, audience=_side(endpoint))


def note_answers(answers: Sequence[tuple[Endpoint, MailVerdict]], *, at: datetime) -> None:
    """Keep since when each of these endpoints has taken nothing. Where that stays as it is, nothing is written."""
    for endpoint, verdict in answers:
        if verdict is MailVerdict.TAKEN and endpoint.failing_since is not None:
            endpoint.failing_since = None
        elif verdict in {MailVerdict.LATER, MailVerdict.REFUSED} and endpoint.failing_since is None:
            endpoint.failing_since = at
        else:
            continue
        Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=endpoint.failing_since)


def new_secret() -> str:
    """A new secret for signing: prefix, then base64 of random bytes (Standard Webhooks)."""
    return f"{PREFIX}{base64.b64encode(randomness.token_bytes(SECRET_BYTES)).decode()}"


def _require(by: Membership) -> None:
    if not by.can(TOKENS_MANAGE):
        raise NotPermitted(TOKENS_MANAGE)


def _own(endpoint: Endpoint, by: Membership) -> None:
    """Raise Refused for the other side's: whoever changes the address, or has the secret, reads what is sent."""
    if endpoint.partner_id != by.partner_id:
        raise Refused(Reason("theirs", _("Only the organisation that entered this endpoint changes it.")))


def _check(url: str) -> None:
    try:
        check_url(url)
    except Forbidden as error:
        text = _("The portal does not send to this address. It has to be https:// and lie in the internet.")
        raise Refused(Reason("address", text, field="url")) from error


def _types(wanted: Iterable[str]) -> list[str]:
    types = sorted(set(wanted))
    unknown = [kind for kind in types if kind not in event_types()]
    if unknown:
        text = _("There are no such types of events: %(types)s.") % {"types": ", ".join(unknown[:5])}
        raise Refused(Reason("event-type", text, field="event_types"))
    return types


def _held(endpoint_id: UUID) -> Endpoint:
    rows = Endpoint.objects.select_related("owner__user").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=endpoint_id, removed_at=None)


def _write(held: Endpoint, **values: Any) -> tuple[Columns, Columns]:
    """The columns before and after; since when it fails is written with them."""
    return take_over(held, values, write=lambda columns: held.save(update_fields=[*columns, "failing_since"]))


def _tell(kind: str, endpoint: Endpoint, *, by: Membership, before: Any = None, after: Any = None) -> None:
    record(kind, endpoint, actor=by, before=before, after=after, audience=_side(endpoint))


def _side(endpoint: Endpoint) -> str:
    side = VENDOR if endpoint.partner_id is None else PARTNER
    return Audience(side).value
