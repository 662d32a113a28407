"""How leads were shared among representatives and partners: a page, and a file of all of it (E9)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.calendars.panels import working_text
from partnerhub.roles import QUEUES_MANAGE
from partnerhub.routing.forms import PeriodForm
from partnerhub.routing.selectors import Share
from partnerhub.routing.tables import RuleSetList
from partnerhub.web.exports import CSV, csv_lines
from partnerhub.web.formats import duration_text

MOST_SHOWN = 100


class FairnessView(SeatView):
    """Two tables: representatives, and partners."""

    permission = QUEUES_MANAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        form = PeriodForm.asked(request.GET)
        found = form.report()
        tables = [
            {
                "key": "representatives",
                "title": _("Representatives"),
                "about": _("The time is working time, from when a lead came in until somebody decided."),
                "rows": [(one, one.median and working_text(one.median)) for one in found.representatives[:MOST_SHOWN]],
                "more": max(0, len(found.representatives) - MOST_SHOWN),
            },
            {
                "key": "partners",
                "title": _("Partners"),
                "about": _("Leads of your own. The time is from the offer until it was accepted or declined."),
                "rows": [(one, one.median and duration_text(one.median)) for one in found.partners[:MOST_SHOWN]],
                "more": max(0, len(found.partners) - MOST_SHOWN),
            },
        ]
        crumbs = [*RuleSetList.above(), (_("Fairness"), None)]
        context = {"form": form, "tables": tables, "query": request.GET.urlencode(), "crumbs": crumbs}
        return self.page("routing/fairness.html", context)


class FairnessFileView(SeatView):
    permission = QUEUES_MANAGE

    def get(self, request: MemberRequest) -> HttpResponseBase:
        found = PeriodForm.asked(request.GET).report()
        header = [_("Kind"), _("Name"), _("Offered"), _("Got"), _("Answered"), _("Median time, minutes")]
        rows = [*_lines(_("Representative"), found.representatives), *_lines(_("Partner"), found.partners)]
        answer = HttpResponse(b"".join(csv_lines(header, rows)), content_type=f"{CSV}; charset=utf-8")
        answer["Content-Disposition"] = content_disposition_header(True, f"fairness-{localdate().isoformat()}.csv")
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def _lines(kind: str, shares: list[Share]) -> Iterator[list[Any]]:
    for one in shares:
        minutes = None if one.median is None else round(one.median.total_seconds() / 60)
        yield [kind, one.name, one.offered, one.got, one.answered, minutes]
