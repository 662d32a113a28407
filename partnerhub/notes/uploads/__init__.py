"""Uploads: nothing is stored before it has been checked (quality 43-46)."""

from partnerhub.notes.uploads.accepting import AcceptedFile, accept
from partnerhub.notes.uploads.kinds import ACCEPTED_EXTENSIONS

__all__ = ["ACCEPTED_EXTENSIONS", "AcceptedFile", "accept"]
