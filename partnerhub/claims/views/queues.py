"""*Queues*: what a channel manager sets up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.claims.forms import NewQueueForm, QueueForm
from partnerhub.claims.models import QUEUE_SETTINGS, Queue
from partnerhub.claims.selectors import queues_for
from partnerhub.claims.services import add_queue, change_queue
from partnerhub.claims.tables import QueueList
from partnerhub.roles import QUEUES_MANAGE
from partnerhub.web.lists.pages import ListView
from partnerhub.web.seen import Meanwhile, attempt


class QueuesView(ListView):
    """The queues, and the way to open one more."""

    list_class = QueueList
    template = "claims/queues.html"


class NewQueueView(SeatView):
    permission = QUEUES_MANAGE
    forms = (NewQueueForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(NewQueueForm(initial={name: getattr(Queue(), name) for name in QUEUE_SETTINGS}))

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = NewQueueForm(request.POST)
        again = attempt(form, lambda: add_queue(form.values(), by=request.membership))
        if again:
            return self.shown(form, **again)
        messages.success(request, _("The queue %(name)s is open.") % {"name": form.cleaned_data["name"]})
        return redirect("claims:queues")

    def shown(self, form: QueueForm, *, status: int = 200, now: Meanwhile | None = None) -> HttpResponseBase:
        context = {"form": form, "title": _("New queue"), "crumbs": _crumbs(_("New queue")), "now": now}
        return self.page("claims/queue.html", context, status=status)


class QueueView(SeatView):
    permission = QUEUES_MANAGE
    forms = (QueueForm,)

    def get(self, request: MemberRequest, queue_id: UUID) -> HttpResponseBase:
        queue = get_object_or_404(queues_for(request.membership), pk=queue_id)
        return self.shown(queue, QueueForm.of(queue))

    def post(self, request: MemberRequest, queue_id: UUID) -> HttpResponseBase:
        queue = get_object_or_404(queues_for(request.membership), pk=queue_id)
        form = QueueForm(request.POST)
        again = attempt(
            form,
            lambda: change_queue(queue_id, form.values(), by=request.membership, seen=form.cleaned_data["version"]),
        )
        if again:
            return self.shown(queue, form, **again)
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("claims:queues")

    def shown(
        self, queue: Queue, form: QueueForm, *, status: int = 200, now: Meanwhile | None = None
    ) -> HttpResponseBase:
        context = {"form": form, "title": queue.name, "queue": queue, "crumbs": _crumbs(queue.name), "now": now}
        return self.page("claims/queue.html", context, status=status)


def _crumbs(here: str) -> list[tuple[str, str | None]]:
    return [(_("Programme"), None), (_("Queues"), reverse("claims:queues")), (here, None)]
