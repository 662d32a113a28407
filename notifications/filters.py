"""Which messages the delivery log shows; the same for the page, its files and the API."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from notifications.models import Endpoint, Message
from notifications.selectors import sent_to
from notifications.states import Status
from partnerhub.web.lists.filters import ListFilter, SearchFilter, SwitchFilter, WordFilter

ADDRESS_LENGTH = 254


class MessageFilter(ListFilter):
    address = SearchFilter(
        label=_("Search by address"),
        placeholder=_("Beginning of the address"),
        longest=ADDRESS_LENGTH,
        method="to_address",
        help_text="The beginning of the address.",
    )
    status = WordFilter(label=_("State"), choices=Status.choices)

    def to_address(self, rows: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        return sent_to(rows, value)


class EndpointFilter(ListFilter):
    active = SwitchFilter(label=_("On"), method="that_are_on", help_text="Those that are on, or those that are off.")

    def that_are_on(self, rows: QuerySet[Endpoint], name: str, value: bool) -> QuerySet[Endpoint]:
        return rows.filter(off_because="") if value else rows.exclude(off_because="")
