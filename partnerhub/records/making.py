"""A record that is made of another one: asked in a dialog on the page of that one, and by one address of the API."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, Unpack
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import Reason, Stale
from partnerhub.records.api import KeptAPI, Method
from partnerhub.records.forms import StepForm
from partnerhub.records.kept import Kept, RecordT
from partnerhub.records.people import what_is_missing
from partnerhub.states import Api, Dialog
from partnerhub.web.bodies import Body
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists import ListOf
from partnerhub.web.lists.api import JsonShape
from partnerhub.web.paged import PagedForm
from partnerhub.web.requests import SeatRequest
from partnerhub.web.schema import ETAG, IF_MATCH, LOCATION
from partnerhub.web.seen import Again, attempt

Verb = Callable[..., Any]
"""(the other record's id, by=, seen=, what was asked) → the new record."""


class MakeView(AskView, Generic[RecordT]):
    """Asks for what a new record takes, on the page of the one (`source`) that it is made of; or says what it lacks.

    `dialog` may name the placeholders of `words`; `record_list` is the list of the other records, `verb` makes the new
    one. Its forms are `forms`: one `StepForm`. Once it is made it goes back to the other one, or on to the new one.
    """

    source: ClassVar[Kept[Any]]
    record_list: ClassVar[type[ListOf]]
    dialog: ClassVar[Dialog]
    verb: ClassVar[Verb]
    forms: ClassVar[tuple[type[StepForm]]] = (StepForm,)
    goes_to_new: ClassVar[bool] = False

    def may_have(self, record: RecordT) -> bool:
        """Whether such a record has a new one at all; 404 where it never has, or not for this member."""
        return True

    def words(self, record: RecordT) -> dict[str, Any]:
        """The placeholders of the dialog's sentences."""
        return self.source.event_data(record)

    def line(self, record: RecordT) -> str:
        """What stands under the title of the dialog."""
        return str(record)

    def reasons(self, record: RecordT) -> list[Reason]:
        """Everything that it needs, met or missing."""
        return []

    def initial(self, record: RecordT) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    def choices(self, record: RecordT) -> Mapping[str, Sequence[tuple[str, str]]]:
        """What can be chosen, by field."""
        return {}

    def form(self, record: RecordT, *args: Any, **kwargs: Any) -> StepForm:
        """The form, with what can be chosen."""
        if choices := self.choices(record):
            kwargs["choices"] = choices
        return self.forms[0](*args, **kwargs)

    def get(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        record = self.record()
        return self.shown(record, self.form(record, initial={"version": record.version, **self.initial(record)}))

    def post(self, request: SeatRequest, **ids: UUID) -> HttpResponseBase:
        record, made = self.record(), list[Any]()
        form = self.form(record, request.POST)
        if isinstance(form, PagedForm) and form.turns():
            return self.shown(record, form, status=422 if form.errors else 200)
        verb = type(self).verb
        again = attempt(form, lambda: made.append(verb(record.pk, by=request.membership, **form.arguments())))
        if again:
            if isinstance(form, PagedForm):
                form.go_to_errors()
            return self.shown(self.record(), form, **again)
        messages.success(request, str(self.dialog.done) % self.words(record))
        return self.done((made[0] if self.goes_to_new else record).urls.page)

    def record(self) -> RecordT:
        """The other record, as this member sees it. Raises Http404."""
        (key,) = self.kwargs.values()
        try:
            record: RecordT = self.source.find(self.request.membership, key)
        except ObjectDoesNotExist:
            raise Http404 from None
        if not self.may_have(record):
            raise Http404
        return record

    def shown(self, record: RecordT, form: StepForm, **again: Unpack[Again]) -> HttpResponseBase:
        missing = what_is_missing(self.reasons(record), self.request.membership)
        dialog = self.dialog
        ask = Ask(
            title=str(dialog.question) % self.words(record),
            record=self.line(record),
            text=dialog.text,
            confirm=dialog.button,
            keep=dialog.keep,
            back=record.urls.page,
            danger=dialog.danger,
            part=dialog.quotes,
        )
        crumbs = [self.record_list.above()[-1], (str(record), record.urls.page), (dialog.button, None)]
        return self.asks(ask, form, reasons=missing, crumbs=crumbs, **again)


def make_action(
    source: Kept[Any],
    id_name: str,
    verb: Verb,
    *,
    body: type[Body],
    api: Api,
    tag: str,
    serializer: JsonShape,
    answers: str,
) -> Method:
    """The action of a viewset that makes a record of another one, whose id is `id_name` in the address.

    The version in If-Match is that of the other one. `api.word` is the operation's id; `answers`, the name of the
    pattern of a new record's address.
    """

    def make(self: KeptAPI, request: Request, **_keys: UUID) -> Response:
        key = self.kwargs[id_name]
        try:
            source.find(self.membership, key)
            seen, sent = self.seen_version(), body.read(request.data)
            record = verb(key, by=self.membership, seen=seen, **sent)
        except ObjectDoesNotExist:
            raise Http404 from None
        except Stale as stale:
            changes = source.visible(stale.difference, self.membership.side)
            raise Stale({"id": str(key), "version": stale.current.version}, changes, who=stale.who) from None
        response = self.answer(record, 201)
        response["Location"] = reverse(answers, args=[record.pk])
        return response

    return extend_schema(
        operation_id=api.word,
        summary=api.summary,
        description=api.about,
        tags=[tag],
        parameters=[IF_MATCH, ETAG, LOCATION],
        request=body,
        responses={201: serializer},
    )(make)
