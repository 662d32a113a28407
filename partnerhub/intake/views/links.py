"""Intake links: the list, a new one, the page of one with its code and its frame."""

from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.intake.forms import ChangeLinkForm, IntakeLinkForm
from partnerhub.intake.models import IntakeLink
from partnerhub.intake.selectors import public_address
from partnerhub.intake.services import INTAKE_LINKS, add_link
from partnerhub.intake.states import Status
from partnerhub.intake.tables import IntakeLinkList
from partnerhub.records.pages import StepView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, PARTNER, VENDOR
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView
from partnerhub.web.lists.showing import Part, facts_card
from partnerhub.web.seen import Meanwhile, attempt

CODE_KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def sharing(page: RecordView, link: IntakeLink) -> dict[str, Any] | None:
    """The address, its code and its frame; nothing once the link is closed."""
    return None if link.status == Status.CLOSED else {"link": link, "address": public_address(link)}


def link_is_open(link: IntakeLink) -> str:
    return str(link.get_comes_in_display())


class LinksView(ListView):
    """The links, and the way to make one more."""

    list_class = IntakeLinkList
    template = "intake/links.html"

    def more(self, listing: Drawn) -> dict[str, Any]:
        member = self.request.membership
        return {"may_add": member.side == PARTNER and member.can(LEADS_SUBMIT)}


class LinksPlaceView(SeatView):
    """Where the programme's pages stand (pages.md): the list has one address for both sides."""

    permission = LEADS_VIEW

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return redirect("intake:links")


class LinkView(RecordView):
    kept, record_list, id_name = INTAKE_LINKS, IntakeLinkList, "link_id"
    likely = ("close", "pause", "resume", "change")
    line = (
        Fact(gettext_lazy("Intake link")),
        Fact("", cell.Text("partner.name"), side=VENDOR),
        Fact(gettext_lazy("made by %(name)s"), cell.Both(cell.Text("made_by.name"), cell.Date("created_at"))),
    )
    main = (
        NEXT,
        Part("intake/sharing.html", sharing),
        facts_card(
            gettext_lazy("The form"),
            Fact(gettext_lazy("Program"), cell.Text("program.name")),
            Fact(gettext_lazy("What comes in"), cell.Text(link_is_open)),
            Fact(gettext_lazy("Came in"), cell.Number("received")),
            Fact(gettext_lazy("At most in a day"), cell.Number("daily_limit")),
            Fact(gettext_lazy("Works until"), cell.Moment("expires_at")),
            Fact(gettext_lazy("Sites that may show it"), cell.Tags("frame_origins")),
        ),
    )
    aside = (TIMELINE,)


class LinkStepView(StepView):
    """The steps of a link; what it can be changed to is more than texts and fixed choices."""

    records, record_list = INTAKE_LINKS, IntakeLinkList
    forms_of = {"change": ChangeLinkForm}

    def initial(self, record: IntakeLink) -> dict[str, Any]:
        return ChangeLinkForm.shown_of(record) if self.step.name == "change" else super().initial(record)


class NewLinkView(SeatView):
    """Makes a link for one's own partner."""

    permission = LEADS_SUBMIT
    forms = (IntakeLinkForm,)

    def get(self, request: MemberRequest) -> HttpResponseBase:
        return self.shown(IntakeLinkForm())

    def post(self, request: MemberRequest) -> HttpResponseBase:
        form = IntakeLinkForm(request.POST)
        made: list[IntakeLink] = []
        again = attempt(form, lambda: made.append(add_link(**form.values(), by=request.membership)))
        if again:
            return self.shown(form, **again)
        messages.success(request, _("The link %(name)s is open.") % {"name": made[0].name})
        return redirect(made[0].urls.page)

    def shown(self, form: IntakeLinkForm, *, status: int = 200, now: Meanwhile | None = None) -> HttpResponseBase:
        crumbs = [*IntakeLinkList.above(), (_("New intake link"), None)]
        return self.page("intake/new.html", {"form": form, "crumbs": crumbs}, status=status)


class CodeView(SeatView):
    """The QR code of a link, for print: `code.svg`, `code.png`."""

    permission = LEADS_VIEW

    def get(self, request: MemberRequest, link_id: UUID, kind: str) -> HttpResponseBase:
        link = INTAKE_LINKS.rows(request.membership).filter(pk=link_id).first()
        if link is None or kind not in CODE_KINDS:
            raise Http404
        drawn = BytesIO()
        segno.make_qr(public_address(link), error="m").save(drawn, kind=kind, scale=10, border=4, light="#fff")
        response = HttpResponse(drawn.getvalue(), content_type=CODE_KINDS[kind])
        response["Content-Disposition"] = f'inline; filename="intake-{link.pk.hex[:8]}.{kind}"'
        return response
