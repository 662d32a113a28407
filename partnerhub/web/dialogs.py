"""A verb on a record asks in a dialog on the record's page; where no script runs, on a page of the same address.

Both are drawn by templates/components/ask.html. static/js/dialog.js opens `<a href="…" data-dialog>`, shows what was
refused inside the dialog, and draws the record's page anew once the verb is done.
"""

import json
from dataclasses import dataclass, replace
from http import HTTPStatus

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise

from partnerhub.web.paged import PagedForm
from partnerhub.web.requests import PortalRequest
from partnerhub.web.trails import with_trail
from partnerhub.web.views import PortalView

DIALOG_ID = "dialog"  # of the element that the script fills
DONE = "dialog-done"  # what the script hears, with the address to go on at


@dataclass(frozen=True)
class Ask:
    """What is asked: the record by name in the title, its number and state under it, both answers in words.

    `keep` leads `back`, which is also where a verb that is done goes on. `part` is a template with what is shown before
    the fields, `below` one with what stands under them. `see` (label, address) is the way to the record as it is now,
    where that is what to do next.
    """

    title: str | Promise
    record: str | Promise
    confirm: str | Promise
    keep: str | Promise
    back: str
    text: str | Promise = ""
    danger: bool = False
    part: str = ""
    below: str = ""
    see: tuple[str | Promise, str] | None = None


def is_in_dialog(request: PortalRequest) -> bool:
    return bool(request.htmx) and request.htmx.target == DIALOG_ID


class AskView(PortalView):
    """Asks on GET, does on POST: draws what is asked, and answers once it is done."""

    def asks(
        self, ask: Ask, form: Form | None = None, *, status: int = HTTPStatus.OK, **more: object
    ) -> HttpResponseBase:
        """The dialog or the page. `more` may hold `reasons` (why it is not possible now), `refused` (what the verb
        refused), `now` (what somebody else saved meanwhile), `crumbs`, and what `ask.part` takes.
        """
        if form is not None:
            form.auto_id = "ask_%s"  # the record's page behind the dialog has forms of its own
        if isinstance(form, PagedForm):
            form.hide_others()
        ask = replace(ask, back=with_trail(self.request, ask.back))
        in_dialog = is_in_dialog(self.request)
        template = "components/ask.html" if in_dialog else "components/ask_page.html"
        return self.page(template, {"ask": ask, "form": form, "in_dialog": in_dialog, **more}, status=status)

    def done(self, url: str) -> HttpResponseBase:
        """The verb is done: the browser goes on at this address."""
        url = with_trail(self.request, url)
        if not is_in_dialog(self.request):
            return redirect(url)
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Trigger": json.dumps({DONE: url})})
