"""Proof of work, by ALTCHA's scheme: the browser of whoever sends a form has worked for it, without a third party."""

import json
from base64 import b64decode
from binascii import Error
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from altcha.v1 import ChallengeOptions, PayloadType, create_challenge, extract_params, verify_solution
from django.utils.timezone import now

from partnerhub.web.stored_secrets import signing_keys

MOST_TRIES = 50_000
"""About a second of a telephone: dear for whoever sends thousands, cheap for one."""
PROOF_LIVES = timedelta(hours=2)
LONGEST_PROOF = 2_000


def challenge_for(form_key: UUID) -> dict[str, Any]:
    """What the browser is to solve, for this form alone: {algorithm, challenge, maxNumber, salt, signature}."""
    options = ChallengeOptions(
        max_number=MOST_TRIES,
        hmac_key=_key(),
        expires=now() + PROOF_LIVES,
        params={"form": form_key.hex},
    )
    return dict(create_challenge(options).to_dict())


def is_proof(text: str, form_key: UUID) -> bool:
    """Whether the text is a solution, in time, of the challenge that was given to this form."""
    if not text or len(text) > LONGEST_PROOF:
        return False
    try:
        payload = json.loads(b64decode(text, validate=True))
    except (Error, ValueError, RecursionError):
        return False
    fields = ("algorithm", "challenge", "salt", "signature")
    if not isinstance(payload, dict) or any(not isinstance(payload.get(name), str) for name in fields):
        return False
    if payload["algorithm"] != "SHA-256" or extract_params(cast("PayloadType", payload)).get("form") != [form_key.hex]:
        return False
    return any(verify_solution(text, str(key))[0] for key in signing_keys())


def _key() -> str:
    return str(signing_keys()[0])
