"""Whom one can mention: for the script that offers them while one types (static/js/mentions.js)."""

from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpResponseBase, JsonResponse
from django.urls import reverse

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.notes.mentions import people_to_mention
from partnerhub.notes.subjects import find_anywhere, reasons_to_comment, reasons_to_note
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.views import ANY_MEMBER

FOR_NOTE = "private"
"""In the query of the address: it is for a note, which the own side alone reads."""
LONGEST_SOUGHT = 60


class MentionView(SeatView):
    """The people whom one can mention on a record, by the beginning of a name; nobody where one may not write."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest, record_id: UUID) -> HttpResponseBase:
        member, is_private = request.membership, FOR_NOTE in request.GET
        record = find_anywhere(record_id, member)
        if record is None:
            raise Http404
        conditions = reasons_to_note(record, member) if is_private else reasons_to_comment(record, member)
        words = request.GET.get("q", "")[:LONGEST_SOUGHT]
        may_write = all(reason.ok for reason in conditions)
        found = people_to_mention(record, member, is_private=is_private, words=words) if may_write else []
        return JsonResponse({"people": [_offered(one) for one in found]})


def mention_url(record: Model, *, is_private: bool) -> str:
    """Where a script asks whom one can mention on the record."""
    url = reverse("notes:mentions", args=[record.pk])
    return f"{url}?{FOR_NOTE}=1" if is_private else url


def _offered(member: Membership) -> dict[str, str]:
    at = str(member.partner) if member.partner else current_tenant().name
    return {"id": str(member.pk), "name": member.name, "at": at}
