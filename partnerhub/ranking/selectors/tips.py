"""What would lift a partner's own score, with the list of what is meant (B9)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deals.models import Deal
from deals.selectors.deals import deals_seen_by
from deals.states.deals import IS_ACTIVE, SHARED_TYPES, DealStage
from leads.models import Lead
from leads.selectors import leads_for
from leads.states import Status
from partnerhub.actors import Seat
from partnerhub.ranking.states import PartnerScore
from partnerhub.roles import DEALS_VIEW, LEADS_VIEW

MOST_IN_TIP = 100
SHARED_QUERY = "&".join(f"type={name}" for name, _label in SHARED_TYPES)
ACTIVE_QUERY = "&".join(f"status={status.value}" for status in IS_ACTIVE)


@dataclass(frozen=True)
class ScoreTip:
    """One thing to do; `url` is the list that the number counts, as far as the reader sees it."""

    text: str
    url: str = ""
    link: str = ""


def tips_for(score: PartnerScore, by: Seat) -> list[ScoreTip]:
    """At most five; three statements. What nobody has to do is not named."""
    one, tips = score.totals, list[ScoreTip]()
    if by.can(DEALS_VIEW):
        tips += _of_deals(by)
    elif one.dated < one.deals:
        tips.append(ScoreTip(_("Some open deals have a close date that is past. Who sees deals can set a new one.")))
    if by.can(LEADS_VIEW) and (many := _many(leads_for(by).filter(status=Status.MORE_INFO))):
        text = ngettext(
            "%(many)s lead waits for your answer: answer within one business day.",
            "%(many)s leads wait for your answer: answer within one business day.",
            many,
        )
        url = f"{reverse('leads:list')}?status={Status.MORE_INFO.value}"
        tips.append(ScoreTip(text % {"many": _shown(many)}, url, _("See leads")))
    elif one.quick < one.asked:
        tips.append(
            ScoreTip(_("Answer offers and questions within one business day: later ones count half or nothing."))
        )
    if one.dropped:
        tips.append(ScoreTip(_("Decline what does not fit you: that counts more than to accept it and let it lie.")))
    return tips


def _of_deals(by: Seat) -> list[ScoreTip]:
    today = localdate()
    open_deals = Deal.objects.filter(deals_seen_by(by).lookup(), status__in=IS_ACTIVE, type__in=dict(SHARED_TYPES))
    page, tips = f"{reverse('deals:deals')}?{ACTIVE_QUERY}&{SHARED_QUERY}", []
    if many := _many(open_deals.filter(close_date__lt=today)):
        text = ngettext(
            "%(many)s open deal has a close date that is past: set a new one, or say how it ended.",
            "%(many)s open deals have a close date that is past: set a new one, or say how they ended.",
            many,
        )
        url = f"{page}&close_to={today - timedelta(days=1)}"
        tips.append(ScoreTip(text % {"many": _shown(many)}, url, _("See deals")))
    if many := _many(open_deals.filter(stage=DealStage.QUALIFY)):
        text = ngettext(
            "%(many)s open deal is at its first stage: once it moves on, it counts in full.",
            "%(many)s open deals are at their first stage: once they move on, they count in full.",
            many,
        )
        tips.append(ScoreTip(text % {"many": _shown(many)}, f"{page}&stage={DealStage.QUALIFY}", _("See deals")))
    return tips


def _many(rows: QuerySet[Deal] | QuerySet[Lead]) -> int:
    """How many, counted up to a hundred and one."""
    return len(rows.order_by().values_list("pk")[: MOST_IN_TIP + 1])


def _shown(many: int) -> str:
    return f"{MOST_IN_TIP}+" if many > MOST_IN_TIP else str(many)
