"""The page of a tenant's rules, and their address of the API: read by who may change them."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import Stale
from partnerhub.records.forms import RulesForm
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.states import Api
from partnerhub.states.asked import Words
from partnerhub.web.api import PortalViewSet
from partnerhub.web.bodies import Body
from partnerhub.web.lists.api import JsonShape
from partnerhub.web.requests import SeatRequest
from partnerhub.web.schema import ETAG, IF_MATCH
from partnerhub.web.seen import Counted, Meanwhile, attempt
from partnerhub.web.views import PortalView

CurrentRules = Callable[[], Any]
ChangeRules = Callable[..., Any]
"""(by=, seen=, the settings) → the rules as they are then."""


class RulesView(PortalView):
    """Shows the `current` rules in a form, and changes them by `verb`. `below`: a template under the fields."""

    permission = PROGRAMS_MANAGE
    rules_form: ClassVar[type[RulesForm]]
    current: ClassVar[CurrentRules]
    verb: ClassVar[ChangeRules]
    title: ClassVar[Words]
    about: ClassVar[Words]
    saved: ClassVar[Words]
    below: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        cls.forms = (cls.rules_form,)

    def get(self, request: SeatRequest) -> HttpResponseBase:
        return self.shown(self.rules_form.of(type(self).current()))

    def post(self, request: SeatRequest) -> HttpResponseBase:
        form = self.rules_form(request.POST)
        if again := attempt(form, lambda: type(self).verb(by=request.membership, **form.arguments())):
            return self.shown(form, **again)
        messages.success(request, str(self.saved))
        return redirect(request.path)

    def shown(self, form: RulesForm, *, status: int = 200, now: Meanwhile | None = None) -> HttpResponseBase:
        words = {"title": self.title, "about": self.about, "below": self.below}
        crumbs = [(_("Programme"), None), (self.title, None)]
        return self.page("records/rules.html", {"form": form, "now": now, "crumbs": crumbs, **words}, status=status)


class RulesAPI(PortalViewSet):
    """The same over the API; made by `rules_api`."""

    permission: ClassVar[str | dict[str, str]] = PROGRAMS_MANAGE
    serializer: ClassVar[JsonShape]

    def answer(self, rules: Counted) -> Response:
        return self.with_etag(Response(dict(self.serializer(rules).data)), rules.version)


def rules_api(
    plural: str,
    *,
    current: CurrentRules,
    verb: ChangeRules,
    serializer: JsonShape,
    body: type[Body],
    tag: str,
    read: Api,
    change: Api,
) -> type[RulesAPI]:
    """The viewset of some rules: `retrieve` and `partial_update`. `plural` begins the names of its operations."""

    def retrieve(self: RulesAPI, request: Request) -> Response:
        return self.answer(current())

    def partial_update(self: RulesAPI, request: Request) -> Response:
        seen, sent = self.seen_version(), body.read(request.data)
        try:
            return self.answer(verb(by=self.membership, seen=seen, **sent))
        except Stale as stale:
            raise Stale(dict(serializer(stale.current).data), stale.difference, who=stale.who) from None

    reads = extend_schema(
        operation_id=f"{plural}_retrieve",
        summary=read.summary,
        description=read.about,
        tags=[tag],
        parameters=[ETAG],
        responses={200: serializer},
    )
    changes = extend_schema(
        operation_id=f"{plural}_change",
        summary=change.summary,
        description=change.about,
        tags=[tag],
        parameters=[IF_MATCH, ETAG],
        request=body,
        responses={200: serializer},
    )
    actions = {"retrieve": reads(retrieve), "partial_update": changes(partial_update)}
    return type("TenantRulesAPI", (RulesAPI,), {"serializer": serializer, **actions})
