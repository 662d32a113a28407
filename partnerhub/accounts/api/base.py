"""What the addresses of people share: finding a record, and what only a person does."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatViewSet
from partnerhub.errors import Reason, Refused


class PeopleAPI(SeatViewSet):
    """Addresses of people. A foreign id and none are the same 404."""

    def find(self, rows: Any) -> Any:
        """The record that the address names, if it is among the rows that this member may see."""
        found = rows.filter(pk=self.kwargs["id"]).first()
        if found is None:
            raise Http404
        return found

    def require_person(self) -> None:
        """Raise Refused for a token: some things a person does themselves."""
        if self.membership.token is not None:
            raise Refused(Reason("not_by_token", _("A token can't do this. Sign in to do it.")))
