"""Too many tries in a short time: the form of signing in again with the address that was typed, never the password."""

from http import HTTPStatus

from allauth.account.views import LoginView, PasswordResetView
from allauth.core.internal.ratelimit import handler429
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from partnerhub.web.throttles import ASK_LATER

KEPT_ON = {"account_login": (LoginView, "login"), "account_reset_password": (PasswordResetView, "email")}
"""The form of an address, and the one field of it that is shown again."""
LONGEST_ADDRESS = 254


def too_many_tries(request: HttpRequest) -> HttpResponseBase:
    """What allauth answers where a limit is reached: the form itself where somebody sent it, else a page."""
    page = request.resolver_match.url_name if request.resolver_match else None
    if request.method != "POST" or page not in KEPT_ON:
        answer: HttpResponseBase = handler429(request)
    else:
        kind, name = KEPT_ON[page]
        view = kind()
        view.setup(request)
        why = _("Too many tries in a short time. Wait a minute and try again: your email address is still here.")
        typed = {name: request.POST.get(name, "")[:LONGEST_ADDRESS]}
        form = view.get_form_class()(initial=typed)
        answer = view.render_to_response(view.get_context_data(form=form, why=why), status=HTTPStatus.TOO_MANY_REQUESTS)
    for header, value in ASK_LATER.items():
        answer.headers[header] = value
    return answer
