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

from partnerhub.errors import Refused, Stale
from partnerhub.records.kinds import Records
from partnerhub.records.rows import Row
from partnerhub.web.preferences import safe_next
from partnerhub.web.requests import SeatRequest
from partnerhub.web.seen import version_in
from partnerhub.web.templatetags.portal import UNDO_TAG
from partnerhub.web.views import PortalView


def undo_tag(record: Row, name: str, after: str) -> str:
    """For the message about one record's step: where its Undo posts to, and where that goes on."""
    query = urlencode({"seen": record.version, "next": after})
    return f"{UNDO_TAG}{getattr(record.urls, name)}?{query}"


class UndoView(PortalView):
    """Takes one record back to where it was before a step, and says so in the words of the machine's table.

    `undone` is the name of the way back.
    """

    records: ClassVar[Records[Any]]
    undone: ClassVar[str]

    def post(self, request: SeatRequest, record_id: UUID) -> HttpResponseBase:
        step, undo = self.records.machine.undos[self.undone]
        verb, page = self.records.verbs[self.undone], self.records.page(record_id)
        try:
            self.records.find_for(step, request.membership, record_id)
            record = verb(record_id, by=request.membership, seen=version_in(request.GET.get("seen")))
        except ObjectDoesNotExist:
            raise Http404 from None
        except Stale as stale:
            messages.warning(request, str(undo.kept) % self.records.words(stale.current))
        except Refused as refusal:
            messages.warning(request, " ".join(str(reason.text) for reason in refusal.reasons if not reason.ok))
        else:
            done = undo.done(record) if callable(undo.done) else undo.done
            messages.success(request, str(done) % self.records.words(record))
        return see_other(safe_next(request, page))


def undo_view(records: Records[Any], name: str) -> type[UndoView]:
    """The view of one way back, for whoever may take the step."""
    step, _undo = records.machine.undos[name]
    return type("UndoView", (UndoView,), {"records": records, "undone": name, "permission": step.permission})


def see_other(address: str) -> HttpResponseRedirect:
    """After a POST: go there with GET (RFC 9110, 15.4.4)."""
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
