"""Cards of leads on a person's home: what waits for them, figures, the last changes."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from leads.filters import LEFT
from leads.selectors import capped_count, drafts_of, listed_leads, programs, submitted_leads, waiting_leads
from leads.states import OPEN, TONES, Status
from partnerhub.accounts.models import Membership
from partnerhub.roles import LEADS_SUBMIT, LEADS_TRIAGE, LEADS_VIEW, LEADS_WORK, MEMBERS_MANAGE, PARTNER
from partnerhub.web.formats import duration_text
from partnerhub.web.homes import MOST_COUNTED, Act, Card, Figure, Part

ROWS_SHOWN = 6
_OPENED = "&".join(f"status={status.value}" for status in OPEN)


def home_of(membership: Membership) -> Part:
    """What leads put on this person's home; to whom they are closed it says who can open them."""
    if not membership.can(LEADS_VIEW):
        manages = membership.can(MEMBERS_MANAGE)
        return Part(cards=[Card("leads/home_closed.html", 20, {"manages": manages})])
    is_partner = membership.side == PARTNER
    waiting = _waiting(membership)
    about = {"is_partner": is_partner, "can_submit": membership.can(LEADS_SUBMIT)}
    cards = [Card("leads/home_waiting.html", 20, about | {"triage": _triage(membership), "waiting": waiting})]
    if recent := _recent(membership):
        cards.append(Card("leads/home_recent.html", 60, about | {"recent": recent}))
    sentence = _("Questions wait for your answer.") if waiting["rows"] else _("Nothing waits for you.")
    return Part(sentence if is_partner else "", _acts(membership), _figures(membership), cards)


def _acts(membership: Membership) -> list[Act]:
    """Submitting a lead, by program; the first program is the main act, which stands last."""
    if not membership.can(LEADS_SUBMIT):
        return []
    return [Act(program.submit_words, reverse("leads:new", args=[program.slug])) for program in reversed(programs())]


def _figures(membership: Membership) -> list[Figure]:
    rows = listed_leads(membership)
    leads = reverse("leads:list")
    figures = [
        Figure(_("Open leads"), capped_count(rows.filter(status__in=OPEN)), _("not decided yet"), f"{leads}?{_OPENED}"),
        Figure(
            _("Awarded"),
            capped_count(rows.filter(status=Status.AWARDED)),
            _("since the beginning"),
            f"{leads}?status=awarded",
        ),
    ]
    if membership.can(LEADS_TRIAGE) or membership.can(LEADS_SUBMIT):
        figures[-1:] = _unkept(membership) or figures[-1:]  # four in a row: what is to be mended comes first
    questions = capped_count(rows.filter(status=Status.MORE_INFO))
    figures.append(
        Figure(_("More information needed"), questions, _whose_questions(membership), f"{leads}?status=more_info")
    )
    if membership.can(LEADS_SUBMIT):
        drafts = capped_count(drafts_of(membership))
        figures.append(Figure(_("Drafts"), drafts, _("seen by your organisation only"), reverse("leads:drafts")))
    return figures


def _whose_questions(membership: Membership) -> str:
    """Whom the open questions wait for, as this person sees it."""
    if membership.side != PARTNER:
        return _("questions the partners have not answered")
    return _("questions for you") if membership.can(LEADS_SUBMIT) else _("questions your colleagues have not answered")


def _unkept(membership: Membership) -> list[Figure]:
    """How many leads nobody looks after, for who can mend it; nothing where there is none."""
    many = capped_count(waiting_leads(membership, queue="unkept"))
    here = f"{reverse('leads:list')}?representative={LEFT}"
    url = here if membership.side == PARTNER else f"{reverse('leads:triage')}?queue=unkept"
    return [] if many == "0" else [Figure(_("Nobody looks after it"), many, _("whoever had them has left"), url)]


def _triage(membership: Membership) -> dict[str, Any] | None:
    """What waits in triage, for who may work it: how many up to a cap, and how long the oldest has. One statement."""
    if not membership.can(LEADS_TRIAGE):
        return None
    rows = waiting_leads(membership, queue="unassigned").order_by("submitted_at")
    since = [at for at in rows.values_list("submitted_at", flat=True)[: MOST_COUNTED + 1] if at]
    if not since:
        return None
    many = min(len(since), MOST_COUNTED)
    return {"many": many, "is_more": len(since) > MOST_COUNTED, "oldest": duration_text(now() - since[0])}


def _waiting(membership: Membership) -> dict[str, Any]:
    """For a partner the questions, for who may answer them; for the vendor side the own open leads. Oldest first.

    {rows, all (how many, where there are more than are shown), all_url}. One statement, two where there are more.
    """
    leads = reverse("leads:list")
    if membership.side == PARTNER and not membership.can(LEADS_SUBMIT):
        return {"rows": [], "all": "", "all_url": leads}
    if membership.side == PARTNER:
        rows, url = submitted_leads(membership).filter(status=Status.MORE_INFO), f"{leads}?status=more_info"
    else:
        people = membership.stands_for(LEADS_WORK)
        rows = submitted_leads(membership).filter(status__in=OPEN, representative__in=people)
        url = _worked_url(membership, is_alone=people == (membership.pk,))
    found = list(rows.order_by("status_changed_at")[: ROWS_SHOWN + 1])
    return {"rows": found[:ROWS_SHOWN], "all": capped_count(rows) if len(found) > ROWS_SHOWN else "", "all_url": url}


def _worked_url(membership: Membership, *, is_alone: bool) -> str:
    """The list of the leads that they represent; of who covers for somebody, with that one's (E28)."""
    leads = reverse("leads:list")
    if is_alone:
        return f"{leads}?representative={membership.pk}&{_OPENED}"
    return f"{reverse('leads:triage')}?queue=mine" if membership.can(LEADS_TRIAGE) else f"{leads}?{_OPENED}"


def _recent(membership: Membership) -> list[dict[str, Any]]:
    rows = submitted_leads(membership).order_by("-updated_at", "-id")[:ROWS_SHOWN]
    tones = {lead.pk: TONES[Status(lead.status)] for lead in rows}
    return [{"lead": lead, "tone": tones[lead.pk][0], "icon": tones[lead.pk][1]} for lead in rows]
