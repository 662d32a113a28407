"""What the steps of a registration need beside its status."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import REGISTRATIONS_AMOUNT, REGISTRATIONS_REVIEW
from partnerhub.states import is_person
from partnerhub.states.lasting import Extendable

SIGNED_WITHIN = timedelta(days=60)
"""So long ago the contract was signed at most, when the claim is sent for review."""


class Claimed(Extendable, Protocol):
    """What the conditions ask of a registration."""

    @property
    def is_described(self) -> bool: ...
    @property
    def is_signed_lately(self) -> bool: ...
    @property
    def needs_two(self) -> bool: ...
    @property
    def amount_approved_by_id(self) -> UUID | None: ...
    @property
    def amount_person(self) -> UUID | None: ...
    @property
    def sent_person(self) -> UUID | None: ...


def contract_is_described(claim: Claimed, actor: Actor) -> Reason:
    return Reason.of(
        "contract",
        claim.is_described,
        met=_("The contract is described."),
        missing=_("The contract is not described yet: when it was signed, from when to when it runs, its value."),
        who=_("Enter it by Describe contract."),
    )


def signed_lately(claim: Claimed, actor: Actor) -> Reason | None:
    if not claim.is_described:
        return None
    return Reason.of(
        "signed",
        claim.is_signed_lately,
        met=_("The contract was signed within the last 60 days."),
        missing=_("The contract was signed more than 60 days ago."),
    )


def not_sent_by_oneself(claim: Claimed, actor: Actor) -> Reason:
    """Nobody reviews what they have sent, by whatever seat or token."""
    return Reason.of(
        "own-claim",
        not is_person(actor, claim.sent_person),
        met=_("Somebody else has sent it for review."),
        missing=_("You have sent it for review yourself, so you cannot decide on it."),
        who=_("Another channel manager or a programme admin decides."),
        by=REGISTRATIONS_REVIEW,
    )


def amount_is_large(claim: Claimed, actor: Actor) -> Reason:
    return Reason.of(
        "amount",
        claim.needs_two,
        met=_("The contract is worth so much that two people approve it."),
        missing=_("The contract is not worth so much that its amount is approved apart."),
        final=True,
    )


def amount_is_not_approved(claim: Claimed, actor: Actor) -> Reason:
    return Reason.of(
        "amount-open",
        claim.amount_approved_by_id is None,
        met=_("Nobody has approved the amount yet."),
        missing=_("The amount is approved already."),
        final=True,
    )


def amount_is_approved(claim: Claimed, actor: Actor) -> Reason | None:
    """Above the tenant's amount somebody approves that first."""
    if not claim.needs_two:
        return None
    return Reason.of(
        "amount-approved",
        claim.amount_approved_by_id is not None,
        met=_("The amount is approved."),
        missing=_("The contract is worth so much that two people approve it: one approves the amount first."),
        who=_("Finance, a channel manager or a programme admin approves the amount."),
        by=REGISTRATIONS_AMOUNT,
    )


def by_a_second_person(claim: Claimed, actor: Actor) -> Reason | None:
    """Of the two who approve neither counts twice, by whatever seat or token."""
    if not claim.needs_two or claim.amount_approved_by_id is None:
        return None
    return Reason.of(
        "second-person",
        actor.id != claim.amount_approved_by_id and not is_person(actor, claim.amount_person),
        met=_("Somebody else has approved the amount."),
        missing=_("You have approved the amount yourself: a second person approves the claim."),
        who=_("Another channel manager or a programme admin decides."),
        by=REGISTRATIONS_REVIEW,
    )
