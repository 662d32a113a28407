"""Signatures of what comes in, as Standard Webhooks has them (standardwebhooks.com).

`webhook-signature` holds one or more `v1,<base64>`: HMAC-SHA256 of `<webhook-id>.<webhook-timestamp>.<body>`. A secret
that begins with `whsec_` is base64, any other is taken as it is.
"""

import base64
import binascii
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=5)
PREFIX = "whsec_"


def is_signed(headers: Mapping[str, str], body: bytes, secrets: Iterable[str], *, at: datetime) -> bool:
    """Whether the body comes from somebody who knows one of the secrets, and was signed within the last minutes."""
    sent_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent_id or not _is_fresh(stamp, at):
        return False
    given = [word.removeprefix("v1,") for word in headers.get("webhook-signature", "").split() if word[:3] == "v1,"]
    wanted = [signature(secret, sent_id, stamp, body) for secret in secrets]
    return any(hmac.compare_digest(one.encode(), other.encode()) for one in given for other in wanted)


def signature(secret: str, sent_id: str, stamp: str, body: bytes) -> str:
    """The base64 of the signature."""
    signed = f"{sent_id}.{stamp}.".encode() + body
    return base64.b64encode(hmac.digest(_key(secret), signed, "sha256")).decode()


def _key(secret: str) -> bytes:
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def _is_fresh(stamp: str, at: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        return False
    return abs(at.timestamp() - int(stamp)) <= TOLERANCE.total_seconds()
