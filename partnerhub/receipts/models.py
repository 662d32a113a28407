"""The receipt of a submitted lead (E4): what was sent, in a form that can be hashed and checked years later."""

import json
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.db import models
from django.utils.timezone import now

from leads.models import Lead
from leads.states.questions import ABOUT_A_PERSON
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel

RECEIPT_PREFIX = "R-"
PERSONAL_ANSWERS = ABOUT_A_PERSON | {"own_fields", "files"}
"""The answers that are, or may be, about a person: they enter the hash as salted digests (rulings 16)."""


class Receipt(TenantModel):
    """What a lead held when it was sent. A trigger refuses every change but one: its personal values are forgotten.

    `content` is what is hashed; `digest` is the SHA-256 of its canonical form. A personal answer stands in `content` as
    `{"sha256": …}`, and beside it in `personal` as `{"salt", "value"}`, until the person is erased: the digest alone
    says nothing about the value, and the receipt still passes the check. `is_late`: the lead came in before there were
    receipts, and this one was made later, from the portal's memory.
    """

    partner = TenantForeignKey(Partner)
    lead = TenantForeignKey(Lead)
    number = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    terms_version = models.CharField(max_length=20, blank=True)
    content = models.JSONField()
    personal = models.JSONField()
    digest = models.CharField(max_length=64)
    is_late = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="receipt_number"),
            models.UniqueConstraint(fields=["tenant", "lead"], name="receipt_of_lead"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people read it."""
        return f"{RECEIPT_PREFIX}{self.number}"

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as they were sent; a personal one that is erased is None."""
        return {
            name: self.personal.get(name, {}).get("value") if name in PERSONAL_ANSWERS else value
            for name, value in self.content["answers"].items()
        }

    @property
    def holds(self) -> bool:
        """Whether content, digest and what is still there of the personal values fit each other."""
        answers = self.content["answers"]
        return receipt_digest(self.content) == self.digest and all(
            answers[name] == _hidden(kept["salt"], kept["value"]) for name, kept in self.personal.items()
        )


def canonical(value: object) -> bytes:
    """JSON as it is hashed: keys sorted, no blanks, UTF-8, nothing escaped but what JSON asks for."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def receipt_digest(content: object) -> str:
    return sha256(canonical(content)).hexdigest()


def split(answers: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers as `content` holds them, and the personal ones as `personal` does, each with a salt of its own."""
    personal = {
        name: {"salt": token_hex(16), "value": value} for name, value in answers.items() if name in PERSONAL_ANSWERS
    }
    hidden = {name: _hidden(kept["salt"], kept["value"]) for name, kept in personal.items()}
    return answers | hidden, personal


def _hidden(salt: str, value: object) -> dict[str, str]:
    return {"sha256": sha256(salt.encode() + canonical(value)).hexdigest()}
