"""Partners ranked for the vendor, and a partner's own score (B9)."""

from collections.abc import Sequence

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.partners.models import Partner
from partnerhub.ranking.beside import scorecard_of
from partnerhub.ranking.forms import RankingForm, compared_ids
from partnerhub.ranking.selectors import (
    MOST_RANKED,
    RankedPartner,
    compared,
    part_lines,
    ranked_partners,
    score_words,
    tips_for,
)
from partnerhub.roles import PARTNER, PARTNERS_VIEW, SCORE_VIEW


class RankingView(SeatView):
    """Whom the vendor might ask: the first fifty, and up to three of them side by side."""

    permission = PARTNERS_VIEW

    def get(self, request: MemberRequest) -> HttpResponseBase:
        form = RankingForm(request.GET)
        asked = form.asked()
        found = ranked_partners(asked, request.membership)
        try:
            chosen = compared_ids(request.GET)
            beside = compared(chosen, asked, request.membership) if chosen else []
        except (ValueError, Partner.DoesNotExist):
            raise Http404 from None
        context = {
            "form": form,
            "is_asked": asked.is_asked,
            "rows": [(number, one, score_words(one.score)) for number, one in enumerate(found[:MOST_RANKED], 1)],
            "more": max(0, len(found) - MOST_RANKED),
            "chosen": {one.partner.pk for one in beside},
            "names": [one.partner for one in beside],
            "lines": _side_by_side(beside),
            "crumbs": [(_("Partners"), reverse("accounts:partners")), (_("Ranking"), None)],
        }
        return self.page("ranking/ranking.html", context)


def _side_by_side(partners: Sequence[RankedPartner]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The lines of the comparison: what each is about, and of each partner its name, a figure and a sentence."""
    each = [(one, one.partner.name, part_lines(one.score)) for one in partners]
    if not each:
        return []
    fits = [
        (name, "–" if one.fit is None else str(one.fit), " · ".join(reason.text for reason in one.reasons))
        for one, name, _lines in each
    ]
    lines = [(_("Fit"), fits), (_("Score"), [(name, score_words(one.score), "") for one, name, _lines in each])]
    for number, part in enumerate(each[0][2]):
        lines.append((part.title, [(name, own[number].points, own[number].text) for _one, name, own in each]))
    return lines


class OwnScoreView(SeatView):
    """The own partner's score, what moves it, and tips."""

    permission = SCORE_VIEW

    def get(self, request: MemberRequest) -> HttpResponseBase:
        partner = request.membership.partner
        if request.membership.side != PARTNER or partner is None:
            raise Http404
        card = scorecard_of(partner)
        crumbs = [(_("Profile"), None), (_("Score"), None)]
        tips = tips_for(card["score"], request.membership)
        return self.page("ranking/own_score.html", {"card": card, "tips": tips, "crumbs": crumbs})
