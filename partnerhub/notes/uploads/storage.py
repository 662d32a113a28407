"""Files and transactions: what is rolled back leaves no file, what is deleted goes when the deletion is certain."""

import logging
from functools import partial
from weakref import finalize

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from partnerhub.errors import Reason, Refused
from partnerhub.notes.uploads.refusals import FILES_FIELD
from partnerhub.tenancy.models import new_id
from partnerhub.tenancy.scope import current_tenant

log = logging.getLogger(__name__)


class _Kept:
    """Waits for the commit, and takes the file away where there is none.

    Django tells of a commit, but not of a rollback: then it drops whoever waits. That is the sign: a `_Kept` that
    goes without having been called takes its file along.
    """

    def __init__(self, key: str) -> None:
        self._taking_away = finalize(self, remove, key)

    def __call__(self) -> None:
        self._taking_away.detach()


def store(content: "File[bytes]", subject_type: str) -> str:
    """Stream a file into the storage, under a name of ours below its tenant. Returns that name.

    Raises Refused when the storage does not take it (disk full, storage away): nothing partial is kept.
    """
    key = f"{current_tenant().pk}/{subject_type}/{new_id()}"
    content.seek(0)
    try:
        stored = default_storage.save(key, content)
    except Exception as error:
        log.exception("attachment.not_stored", extra={"key": key})
        remove(key)
        text = _("The files could not be stored just now. Nothing was sent; try again in a moment.")
        raise Refused(Reason("storage", text, field=FILES_FIELD)) from error
    transaction.on_commit(_Kept(stored))
    return str(stored)


def remove_after_commit(key: str) -> None:
    """Take a file out of the storage as soon as the transaction is certain."""
    transaction.on_commit(partial(remove, key))


def remove(key: str) -> None:
    """Take a file out of the storage. One that can't be removed now is logged: nothing refers to it any more."""
    try:
        default_storage.delete(key)
    except Exception:
        log.exception("attachment.not_removed", extra={"key": key})
