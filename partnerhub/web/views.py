"""The base of every page: it declares its permission, or says that it is public."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form, Textarea
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted
from partnerhub.roles import OWN_MANAGE, OWN_VIEW
from partnerhub.web.kept import keep_typed, page_of_form
from partnerhub.web.requests import PortalRequest, SeatRequest, asked_of
from partnerhub.web.trails import back_on_trail

ANY_MEMBER = "any member"
DESCRIPTION = "the API's description"  # for every member, and for every token: nothing in it is anybody's
READ_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TYPED_INTO = frozenset({"text", "email", "url", "tel", "number", "date"})
Crumb = tuple[str | Promise, str | None]


def check_permission(membership: Seat, permission: str, method: str) -> None:
    """Raise NotPermitted unless the member may, and so may the token, where one acts.

    What any member may do, a token does by a scope of its own: to see oneself, or to change one's settings.
    """
    if permission == ANY_MEMBER and membership.token is not None:
        permission = OWN_VIEW if method in READ_METHODS else OWN_MANAGE
    if permission not in {ANY_MEMBER, DESCRIPTION} and not membership.can(permission):
        raise NotPermitted(permission)


class PublicView(View):
    """A page for whoever asks. What it shows is decided by what the address carries (a token), not by a seat."""

    public: ClassVar[bool] = True
    request: PortalRequest


class PortalView(View):
    """A page of the portal, for members who hold `permission` (a word, or one word per HTTP method).

    Without a tenant in the address or without a seat in it: 404. Not signed in: the sign-in page, and back.
    Without the permission: the No access page, on every method alike (B2).
    """

    permission: ClassVar[str | dict[str, str]]
    forms: ClassVar[tuple[type[Form], ...]] = ()  # whose text is sent here: what was typed is shown by their labels
    for_oneself: ClassVar[bool] = False  # about one's own sign-in: also while the partner is suspended
    request: SeatRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked, method = asked_of(request), request.method or "GET"
        if asked.tenant is None:
            raise Http404
        if not asked.user.is_authenticated:
            return self.sign_in(asked)
        if asked.membership is None:
            raise Http404
        check_permission(asked.membership, self.permission_for(method), method)
        return back_on_trail(request, super().dispatch(request, *args, **kwargs))

    @classmethod
    def permission_for(cls, method: str) -> str:
        """The word that guards this method; HEAD and OPTIONS are read like GET."""
        if isinstance(cls.permission, str):
            return cls.permission
        return cls.permission.get(method, cls.permission["GET"])

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        """What the text fields of the form that is sent here are called, by name or by its part before the first `-`.

        `kwargs` are the address'. Asked where no database may be at hand.
        """
        return labels_of(*cls.forms)

    def sign_in(self, request: PortalRequest) -> HttpResponse:
        """To the sign-in page, and then to the page with the form, which shows what was typed.

        A fragment gets 401, so that the page around it can say so and lose nothing.
        """
        if request.headers.get("HX-Request") or sent_by_script(request):
            return HttpResponse(status=401)
        if request.method == "POST" and keep_typed(request):
            messages.warning(request, _("You were signed out. Sign in again: what you typed is kept for an hour."))
        return redirect_to_login(page_of_form(request))

    def page(self, template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> TemplateResponse:
        return TemplateResponse(self.request, template, context or {}, status=status)


def sent_by_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks for JSON (static/js/send.js and sending.js)."""
    return request.headers.get("X-Requested-With") == "fetch"


def labels_of(*forms: type[Form]) -> dict[str, str]:
    """The labels of the fields of these forms in which a person types text, by name; no passwords."""
    return {
        name: str(field.label or name)
        for form in forms
        for name, field in form.base_fields.items()
        if isinstance(field.widget, Textarea) or getattr(field.widget, "input_type", "") in TYPED_INTO
    }
