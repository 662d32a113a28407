"""The page of a run, and what one can do with it. It belongs to whoever asked for it; for others there is none."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRefresh

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.bulk.models import Run
from partnerhub.bulk.selectors import list_rows, run_for, run_told, was_done
from partnerhub.bulk.services import stop_run, undo_run, why_no_undo
from partnerhub.bulk.states import RunState
from partnerhub.errors import Refused
from partnerhub.web.formats import number_text
from partnerhub.web.lists.bulk_pages import called_of
from partnerhub.web.views import ANY_MEMBER

FROM, ONLY = "from", "only"


class RunPage(SeatView):
    """What all of them have: the member's own run. Raises Http404 for any other."""

    permission = ANY_MEMBER

    def run(self, run_id: UUID) -> Run:
        try:
            return run_for(self.request.membership, run_id)
        except Run.DoesNotExist:
            raise Http404 from None


class RunView(RunPage):
    """How far it is, and what became of each row; for htmx how far it is alone, and the page anew when it is over."""

    def get(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        run = self.run(id)
        if run.state == RunState.ASKED:
            raise Http404
        if request.htmx and request.htmx.target == "progress":
            if run.is_over:
                return HttpResponseClientRefresh()
            return self.page("bulk/progress.html", progress_of(run))
        return self.page("bulk/run.html", self.shown(run))

    def shown(self, run: Run) -> dict[str, Any]:
        only_failed = self.request.GET.get(ONLY) == "failed"
        since = self.request.GET.get(FROM, "")
        told = run_told(run, since=int(since) if is_number(since) else 0, only_failed=only_failed)
        here = reverse("bulk:run", args=[run.pk])
        beside = {ONLY: "failed"} if only_failed else {}
        can_act, act = self.request.membership.can(run.act.permission), run.act
        back = run.back or reverse(run.list_class.page_name)
        again = f"{reverse(run.list_class.page_name)}bulk/{act.name}/"
        return progress_of(run) | {
            "act": act,
            "said": said_of(run),
            "results": self.results(run, told.rows),
            "only_failed": only_failed,
            "here": here,
            "all_url": here,
            "failed_url": f"{here}?{urlencode({ONLY: 'failed'})}",
            "older_url": f"{here}?{urlencode(beside | {FROM: told.further})}" if told.further else "",
            "undo_url": reverse("bulk:undo", args=[run.pk]) if can_act and not why_no_undo(run) else "",
            "stop_url": reverse("bulk:stop", args=[run.pk]) if run.is_under_way else "",
            "again_url": again if can_act and run.is_over and run.failed and not run.is_undo else "",
            "back": back,
            "crumbs": [(str(run.list_class.title), back), (str(act.label), None)],
        }

    def results(self, run: Run, told: Any) -> list[dict[str, Any]]:
        """Each row in the words of its list, where the member still sees it."""
        keys = [key for key, _result in told]
        listing = run.list_class(self.request.GET.__class__(), self.request.membership)
        rows = list(list_rows(run, self.request.membership).filter(pk__in=keys)) if keys else []
        words, page = dict(called_of(listing, rows)) if rows else {}, run.list_class.page_of_rows()
        return [
            {
                "words": words.get(key, _("A row")),
                "url": page(key) if page and key in words else "",
                "why": result.get("texts", []),
                "done": was_done(result),
            }
            for key, result in told
        ]


class UndoRunView(RunPage):
    """Takes back what was done and has not changed since."""

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        run = self.run(id)
        try:
            undone = undo_run(run.pk, by=request.membership)
        except Refused as refused:
            messages.warning(request, " ".join(str(reason.text) for reason in refused.reasons))
            return redirect("bulk:run", id=run.pk)
        if not undone.is_over or undone.failed:
            return redirect("bulk:run", id=undone.pk)
        messages.success(request, said_of(undone))
        return redirect(run.back or reverse(run.list_class.page_name))


class StopView(RunPage):
    """Leaves the rest as it is."""

    def post(self, request: MemberRequest, id: UUID) -> HttpResponseBase:
        run = self.run(id)
        try:
            stop_run(run.pk, by=request.membership)
        except Refused as refused:
            messages.warning(request, " ".join(str(reason.text) for reason in refused.reasons))
        return redirect("bulk:run", id=run.pk)


def said_of(run: Run) -> str:
    """How many it was done to, and why it is over where that was early."""
    words = run.act.undone if run.is_undo else run.act.done
    done = str(words % {"count": run.done})
    match run.state:
        case RunState.DONE:
            return done
        case RunState.STOPPED:
            return _("Stopped. %(done)s") % {"done": done}
        case RunState.ENDED:
            return _("Ended early. %(why)s %(done)s") % {"why": run.reason, "done": done}
    return _("%(act)s: under way") % {"act": run.act.label}


def progress_of(run: Run) -> dict[str, Any]:
    """In words: how many are done, were not done, and are left."""
    parts = [
        ngettext("%(number)s done", "%(number)s done", run.done) % {"number": number_text(run.done)},
        ngettext("%(number)s not done", "%(number)s not done", run.failed) % {"number": number_text(run.failed)},
        ngettext("%(number)s left", "%(number)s left", run.left) % {"number": number_text(run.left)},
    ]
    return {"run": run, "progress": ", ".join(parts), "reached": run.total - run.left}


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
