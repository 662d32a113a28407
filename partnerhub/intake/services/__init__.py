"""Verbs of intake (E13, E14): a partner opens links, people send forms, confirm by mail, and object."""

from partnerhub.intake.services.objecting import object_to
from partnerhub.intake.services.proofs import challenge_for, is_proof
from partnerhub.intake.services.receiving import confirm, forget_unconfirmed, receive
from partnerhub.intake.services.records import (
    INTAKE_LINKS,
    add_link,
    change_link,
    close_link,
    expire_links,
    pause_link,
    resume_link,
)

__all__ = [
    "INTAKE_LINKS",
    "add_link",
    "challenge_for",
    "change_link",
    "close_link",
    "confirm",
    "expire_links",
    "forget_unconfirmed",
    "is_proof",
    "object_to",
    "pause_link",
    "receive",
    "resume_link",
]
