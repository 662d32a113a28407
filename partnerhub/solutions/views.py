"""The pages of solutions: list, record, a new one. Those of the steps are made of the machine."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.reasons import role_missing
from partnerhub.records.adding import AddView
from partnerhub.records.showing import NEXT, TIMELINE, RecordView, asked_card
from partnerhub.roles import PROFILE_MANAGE, VENDOR
from partnerhub.solutions.services import SOLUTIONS, draft_solution
from partnerhub.solutions.states import EDIT_SOLUTION, NEW_SOLUTION
from partnerhub.solutions.tables import SolutionList
from partnerhub.states import Dialog
from partnerhub.web.lists import cells as cell
from partnerhub.web.lists.drawing import Drawn
from partnerhub.web.lists.facts import Fact
from partnerhub.web.lists.pages import ListView


class SolutionsView(ListView, SeatView):
    list_class = SolutionList

    def more(self, listing: Drawn) -> dict[str, Any]:
        """The vendor adds solutions on the page of their partner."""
        member = self.request.membership
        return {"hides_new": member.side == VENDOR, "why_not_new": role_missing(member, PROFILE_MANAGE)}


class SolutionPage(RecordView):
    kept, record_list, id_name = SOLUTIONS, SolutionList, "solution_id"
    first = ("send_for_review", "publish", "mark_co_sell_ready")
    line = (Fact(_("Solution")), Fact(_("of %(partner)s"), cell.Text("partner.name"), side=VENDOR))
    main = (NEXT, asked_card(_("The solution"), EDIT_SOLUTION))
    aside = (TIMELINE,)


class NewSolutionView(AddView):
    permission = PROFILE_MANAGE
    records, record_list, asked, verb = SOLUTIONS, SolutionList, NEW_SOLUTION, draft_solution
    dialog = Dialog(
        _("New solution"),
        _("It is a draft, until you send it for review."),
        _("Save"),
        _("Cancel"),
        _("%(name)s is saved. Send it for review when it is ready."),
    )
