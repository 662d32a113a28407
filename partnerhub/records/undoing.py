"""Undo of a step: offered by the message that tells of it, as a form without scripts.

The record's version goes with the address: what has happened to the record since is never overwritten.
"""

from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.functional import Promise

from partnerhub.errors import Refused, Stale
from partnerhub.records.kinds import Records
from partnerhub.web.preferences import safe_next
from partnerhub.web.templatetags.portal import UNDO
from partnerhub.web.views import PortalView


def undo_tag(record: Any, name: str, after: str) -> str:
    """For the message about one record's step: where its Undo posts to, and where that goes on."""
    query = urlencode({"version": record.version, "next": after})
    return f"{UNDO}{getattr(record.urls, name)}?{query}"


class UndoView(PortalView):
    """Takes one record back to where it was before a step.

    `undone` is the name of the way back, `kept` what is said where the record has changed since, with the placeholders
    of its kind.
    """

    records: ClassVar[Records[Any]]
    undone: ClassVar[str]
    kept: ClassVar[str | Promise]

    def words(self, record: Any) -> dict[str, Any]:
        """The placeholders of `kept`."""
        raise NotImplementedError

    def said(self, record: Any) -> str:
        """What is said when it is done."""
        raise NotImplementedError

    def post(self, request: Any, record_id: UUID) -> HttpResponseBase:
        seen, verb = request.GET.get("version", ""), self.records.verbs[self.undone]
        page = self.records.page(record_id)
        try:
            record = verb(record_id, by=request.membership, seen=int(seen) if seen.isdecimal() else 0)
        except ObjectDoesNotExist:
            raise Http404 from None
        except Stale as stale:
            messages.warning(request, str(self.kept) % self.words(stale.current))
        except Refused as refusal:
            messages.warning(request, " ".join(str(reason.text) for reason in refusal.reasons if not reason.ok))
        else:
            messages.success(request, self.said(record))
        return see_other(safe_next(request, page))


def see_other(address: str) -> HttpResponseRedirect:
    """After a POST: go there with GET (RFC 9110, 15.4.4)."""
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
