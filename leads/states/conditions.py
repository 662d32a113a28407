"""What a step of a lead needs besides status and role: met or missing, and who can mend it (E10)."""

from django.utils.translation import gettext_lazy as _

from leads.states.judged import Judged
from leads.states.words import Kind, Origin
from partnerhub.actors import Actor
from partnerhub.errors import Reason
from partnerhub.roles import LEADS_AWARD, LEADS_SECOND, LEADS_TRIAGE
from partnerhub.states import is_person


def representative(lead: Judged, actor: Actor) -> Reason:
    assigns = actor.can(LEADS_TRIAGE)
    return Reason.of(
        "representative",
        lead.representative_id is not None,
        met=_("A representative is assigned."),
        missing=_("Nobody is assigned yet."),
        who=_("Assign a representative first.") if assigns else _("A channel manager assigns one."),
        by="" if assigns else LEADS_TRIAGE,
    )


def partner(lead: Judged, actor: Actor) -> Reason | None:
    """What is asked, worked or awarded is some partner's; a lead that the vendor brought may be nobody's yet."""
    if lead.origin != Origin.VENDOR:
        return None
    return Reason.of(
        "partner",
        lead.partner_id is not None,
        met=_("A partner has the lead."),
        missing=_("No partner has the lead yet."),
        who=_("It waits in a queue, or your own side keeps it."),
    )


def terms(lead: Judged, actor: Actor) -> Reason | None:
    """Awarding a Plus lead needs the terms that apply (they were accepted with the submission)."""
    if lead.program.kind != Kind.PLUS:
        return None
    return Reason.of(
        "terms",
        bool(lead.terms_version),
        met=_("Referral terms apply to the lead."),
        missing=_("No referral terms were accepted with this lead."),
        who=_("The partner accepts them by submitting the lead again."),
    )


def not_objected(lead: Judged, actor: Actor) -> Reason | None:
    """Whoever objected to being referred is worked on no more (E14)."""
    if lead.objected_at is None:
        return None
    return Reason("objected", _("The person objected to being referred."), final=True)


def not_appealed(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "appeal",
        not lead.appeal_text,
        met=_("The lead has not been appealed before."),
        missing=_("The lead was appealed before; that is possible once."),
        who=_("A channel manager can reopen it."),
        final=True,
    )


def not_converted(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "converted",
        lead.deal_id is None,
        met=_("The lead is not a deal yet."),
        missing=_("The lead is a deal already."),
        final=True,
    )


def decided_on_the_lead(lead: Judged, actor: Actor) -> Reason | None:
    """What becomes of a converted lead is what becomes of its deal (rulings 6): of one whose status a former release
    left behind, too. None where it is no deal."""
    if lead.deal_id is None:
        return None
    return Reason("converted", _("The lead is a deal already."), who=_("The deal shows what comes of it."), final=True)


def not_the_submitter(lead: Judged, actor: Actor) -> Reason | None:
    """Nobody awards what they submitted themselves, by whatever seat (rulings 13). None for whoever did not."""
    if lead.origin == Origin.VENDOR or not is_person(actor, lead.submitter_person):
        return None
    return Reason(
        "self-award",
        _("You submitted the lead yourself, from another seat."),
        who=_("Another channel manager decides."),
        by=LEADS_AWARD,
    )


def second_look(lead: Judged, actor: Actor) -> Reason | None:
    """While an appeal is open, whoever refused the lead does not decide on it again (E3). Persons count, not seats."""
    if lead.refused_person is None:
        return None
    return Reason.of(
        "second-look",
        not is_person(actor, lead.refused_person),
        met=_("Somebody else has refused the lead before, so you can decide."),
        missing=_("You refused the lead yourself, so you cannot decide after the appeal."),
        who=_("Another channel manager or a programme admin decides."),
        by=LEADS_SECOND,
    )


def in_review(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "review",
        lead.is_in_review,
        met=_("The partner has sent the lead for review."),
        missing=_("The lead is not in review."),
        final=True,
    )


def review_decided(lead: Judged, actor: Actor) -> Reason | None:
    """Nothing protects a lead in review, and work on it would begin to (rulings 2). None: it was not sent for one."""
    if not (lead.is_in_review or lead.review_text):
        return None
    decides = actor.can(LEADS_AWARD)
    return Reason.of(
        "review",
        not lead.is_in_review,
        met=_("The review is decided."),
        missing=_("The lead is in review."),
        who=_("Let it stand first.") if decides else _("A channel manager decides whether it stands."),
        by="" if decides else LEADS_AWARD,
    )


def no_support_yet(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "support",
        not lead.sales_support,
        met=_("Sales support has not been asked for yet."),
        missing=_("Sales support is asked for already."),
        final=True,
    )


def needs_nobody(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "needs-nobody",
        lead.program.kind == Kind.POS and not lead.sales_support,
        met=_("The lead needs no representative: POS, without sales support."),
        missing=_("The lead needs a representative."),
        who=_("Assign one."),
        final=True,
    )


def not_seen(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "seen",
        not lead.is_seen,
        met=_("Nobody has marked the lead as seen yet."),
        missing=_("The lead is marked as seen already."),
        final=True,
    )


def seen(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "seen",
        lead.is_seen,
        met=_("The lead is marked as seen."),
        missing=_("The lead is not marked as seen."),
        final=True,
    )


def not_questioned(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "question",
        lead.award_questioned_by_id is None,
        met=_("Nobody has asked to take the award back yet."),
        missing=_("Somebody has asked to take the award back already."),
        who=_("A second person decides on that first."),
        by=LEADS_SECOND,
    )


def questioned(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "question",
        lead.award_questioned_by_id is not None,
        met=_("A channel manager has asked to take the award back."),
        missing=_("Nobody has asked to take the award back."),
        who=_("A channel manager asks, and a second person decides."),
        by=LEADS_AWARD,
    )


def second_person(lead: Judged, actor: Actor) -> Reason:
    return Reason.of(
        "second-person",
        actor.id != lead.award_questioned_by_id and not is_person(actor, lead.award_questioner_id),
        met=_("Somebody else has asked, so you can decide."),
        missing=_("You asked yourself, so you cannot decide."),
        who=_("Another channel manager or a programme admin decides."),
        by=LEADS_SECOND,
    )
