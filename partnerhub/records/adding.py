"""A new record: asked for in a dialog over its list or on a page of its own, and by POST to the list over the API."""

from typing import Any, ClassVar, Unpack

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import Reason
from partnerhub.records.api import KeptAPI, Method
from partnerhub.records.bodies import body_of
from partnerhub.records.forms import NewForm, form_of
from partnerhub.records.kept import Kept
from partnerhub.records.kinds import Records
from partnerhub.records.making import Verb
from partnerhub.records.people import what_is_missing
from partnerhub.states import Api, Asks, Dialog
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists import ListOf
from partnerhub.web.lists.api import JsonShape
from partnerhub.web.requests import SeatRequest
from partnerhub.web.schema import ETAG, LOCATION
from partnerhub.web.seen import Again, attempt


class AddView(AskView):
    """Asks for what a new record of `records` takes (`asked`); `verb` (by=, what was asked) makes it.

    Once it is made `dialog.done` is said, with the new record's placeholders. `record_list` is the list of such
    records, which has the button.
    """

    records: ClassVar[Records[Any]]
    record_list: ClassVar[type[ListOf]]
    dialog: ClassVar[Dialog]
    verb: ClassVar[Verb]
    asked: ClassVar[Asks]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.forms = (form_of(cls.asked, NewForm),)

    def form(self, *args: Any, **kwargs: Any) -> NewForm:
        """The form, with what can be chosen."""
        choices = {name: self.records.choices(name, self.request.membership) for name in self.asked.offered()}
        made: NewForm = form_of(self.asked, NewForm)(*args, **({"choices": choices} if choices else {}), **kwargs)
        return made

    def initial(self) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    def reasons(self) -> list[Reason]:
        """Everything that a new one needs, met or missing."""
        return []

    def get(self, request: SeatRequest) -> HttpResponseBase:
        return self.shown(self.form(initial=self.initial()))

    def post(self, request: SeatRequest) -> HttpResponseBase:
        form, made = self.form(request.POST), list[Any]()
        again = attempt(form, lambda: made.append(type(self).verb(by=request.membership, **form.arguments())))
        if again:
            return self.shown(form, **again)
        messages.success(request, str(self.dialog.done) % self.records.words(made[0]))
        return self.done(made[0].urls.page)

    def shown(self, form: NewForm, **again: Unpack[Again]) -> HttpResponseBase:
        crumbs, dialog = self.record_list.above(), self.dialog
        ask = Ask(
            title=dialog.question,
            record="",
            text=dialog.text,
            confirm=dialog.button,
            keep=dialog.keep,
            back=reverse(self.record_list.page_name),
        )
        missing = what_is_missing(self.reasons(), self.request.membership)
        return self.asks(ask, form, reasons=missing, crumbs=[*crumbs, (dialog.question, None)], **again)


def add_action(
    kept: Kept[Any], verb: Verb, asked: Asks, *, api: Api, tag: str, serializer: JsonShape, answers: str
) -> Method:
    """The action `create` of a viewset. `answers`: the name of the pattern of a new record's address."""
    body = body_of(asked)

    def create(self: KeptAPI, request: Request) -> Response:
        record = verb(by=self.membership, **body.read(request.data))
        response = self.answer(record, 201)
        response["Location"] = reverse(answers, args=[record.pk])
        return response

    return extend_schema(
        operation_id=f"{kept.plural}_create",
        summary=api.summary,
        description=api.about,
        tags=[tag],
        parameters=[ETAG, LOCATION],
        request=body,
        responses={201: serializer},
    )(create)
