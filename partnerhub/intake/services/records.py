"""Intake links as records with a machine: what all their verbs share."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import SYSTEM, record
from partnerhub.intake.models import IntakeLink
from partnerhub.intake.selectors import link_seen_by
from partnerhub.intake.states import INTAKE_LINK, ComesIn, Status
from partnerhub.records.editing import differing
from partnerhub.records.kinds import Records
from partnerhub.roles import LEADS_SUBMIT, LEADS_VIEW, PARTNER
from partnerhub.tenancy.locks import count_alone
from partnerhub.web.folding import fold
from partnerhub.web.outbound import Forbidden, check_url
from partnerhub.web.visibility import Rule

LINK_SETTINGS = ("name", "comes_in", "frame_origins", "daily_limit", "expires_at")
MOST_LINKS = 200
MOST_ORIGINS = 10
MOST_A_DAY = 1000


class IntakeLinks(Records[IntakeLink]):
    """What the record machinery knows of intake links."""

    permission = LEADS_VIEW
    model = IntakeLink
    machine = INTAKE_LINK
    plural, called, many = "intake_links", _("Intake link"), _("Intake links")
    icon = "link"
    joins = ("partner", "program", "made_by__user")
    internal = frozenset({"day", "taken_that_day"})
    untold = frozenset({"name_key"})
    labels = {
        "status": _("Status"),
        "name": _("Name"),
        "comes_in": _("What comes in"),
        "daily_limit": _("At most in a day"),
        "expires_at": _("Works until"),
        "frame_origins": _("Sites that may show it"),
    }
    tells = {"name": "name", "partner_name": "partner.name", "program": "program.name"}

    def seen_by(self, by: Seat) -> Rule:
        return link_seen_by(by)


INTAKE_LINKS = IntakeLinks()


@transaction.atomic
def add_link(
    *,
    program: Program,
    name: str,
    comes_in: str,
    by: Membership,
    frame_origins: tuple[str, ...] = (),
    daily_limit: int = 50,
    expires_at: datetime | None = None,
) -> IntakeLink:
    """Open a form of one's own partner for a program; `by` accepts the program's terms for what comes in.

    Raises NotPermitted, and Refused for origins that are none, an end that is past, and more links than anybody needs.
    """
    if by.side != PARTNER or by.partner is None or not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    origins = list(dict.fromkeys(origin_of(one) for one in frame_origins))
    _check(name, comes_in, origins, daily_limit, expires_at)
    count_alone(f"intake links of {by.partner_id}")
    if IntakeLink.objects.filter(partner=by.partner_id).exclude(status=Status.CLOSED).count() >= MOST_LINKS:
        raise Refused(Reason("too-many", _("There are too many open links. Close one first.")))
    link = IntakeLink.objects.create(
        partner=by.partner,
        program=program,
        made_by=by,
        name=name,
        name_key=fold(name)[:80],
        comes_in=comes_in,
        terms_version=program.terms_version,
        frame_origins=origins,
        daily_limit=daily_limit,
        expires_at=expires_at,
    )
    after = {"status": Status.OPEN.value, "name": name, "comes_in": comes_in}
    record("intakelink.opened", link, actor=by, after=after, data=INTAKE_LINKS.event_data(link))
    return link


@INTAKE_LINKS.verb("change")
@transaction.atomic
def change_link(link_id: UUID, *, by: Membership, seen: int | None = None, **kwargs: Any) -> IntakeLink:
    """Write those of name, comes_in, daily_limit, expires_at and frame_origins that are named; the address stays.

    Where nothing differs, nothing is told. Raises Refused by field, Stale, NotPermitted.
    """
    link = INTAKE_LINKS.locked(link_id, by=by, seen=seen)
    INTAKE_LINK.check("change", link, by)
    if "frame_origins" in kwargs:
        kwargs["frame_origins"] = list(dict.fromkeys(origin_of(one) for one in kwargs["frame_origins"]))
    changed = differing(link, kwargs)
    if not changed:
        return link
    whole = {name: changed.get(name, getattr(link, name)) for name in LINK_SETTINGS}
    _check(
        whole["name"],
        whole["comes_in"],
        whole["frame_origins"],
        whole["daily_limit"],
        changed.get("expires_at"),
    )
    if "name" in changed:
        changed["name_key"] = fold(changed["name"])[:80]
    return INTAKE_LINKS.take("change", link, by=by, changes=changed)


@INTAKE_LINKS.verb("pause")
@transaction.atomic
def pause_link(link_id: UUID, *, by: Membership, seen: int | None = None) -> IntakeLink:
    """Take nothing by this link for a while."""
    return INTAKE_LINKS.take("pause", INTAKE_LINKS.locked(link_id, by=by, seen=seen), by=by)


@INTAKE_LINKS.verb("resume")
@transaction.atomic
def resume_link(link_id: UUID, *, by: Membership, seen: int | None = None) -> IntakeLink:
    """Take what comes by this link again."""
    return INTAKE_LINKS.take("resume", INTAKE_LINKS.locked(link_id, by=by, seen=seen), by=by)


@INTAKE_LINKS.verb("close")
@transaction.atomic
def close_link(link_id: UUID, *, by: Membership, seen: int | None = None) -> IntakeLink:
    """End a link for good."""
    return INTAKE_LINKS.take("close", INTAKE_LINKS.locked(link_id, by=by, seen=seen), by=by)


def expire_links() -> None:
    """Of the named tenant: close the links whose time is over; each in a transaction of its own."""
    due = IntakeLink.objects.filter(expires_at__lte=now()).exclude(status=Status.CLOSED).order_by("expires_at")
    for key in list(due.values_list("pk", flat=True)[:MOST_LINKS]):
        expire_link(key)


@transaction.atomic
def expire_link(link_id: UUID) -> None:
    """Close a link whose time is over, unless somebody was faster."""
    held = INTAKE_LINKS.held(link_id)
    if held.status != Status.CLOSED and held.expires_at and held.expires_at <= now():
        INTAKE_LINKS.take("expire", held, by=SYSTEM)


def origin_of(text: str) -> str:
    """`https://host[:port]` of what was typed; what is none stays as it is, and is refused by its verb."""
    try:
        parts = check_url(text.strip())
    except Forbidden:
        return text.strip()
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _check(name: str, comes_in: str, origins: list[str], daily_limit: int, expires_at: datetime | None) -> None:
    wrong = []
    if not name.strip():
        wrong.append(Reason("name", _("Say where the link is used."), field="name"))
    if comes_in not in ComesIn.values:
        wrong.append(Reason("comes_in", _("Choose what is made of what comes in."), field="comes_in"))
    if len(origins) > MOST_ORIGINS or any(not _is_origin(one) for one in origins):
        text = _("Enter at most ten sites, each as https:// and its host.")
        wrong.append(Reason("origins", text, field="frame_origins"))
    if not 1 <= daily_limit <= MOST_A_DAY:
        wrong.append(Reason("limit", _("Enter a number from 1 to 1,000."), field="daily_limit"))
    if expires_at is not None and expires_at <= now():
        wrong.append(Reason("past", _("Enter a day that is still to come."), field="expires_at"))
    if wrong:
        raise Refused(wrong)


def _is_origin(text: str) -> bool:
    """Whether it can stand in `frame-ancestors`: one ASCII host by https, no separator and no wildcard."""
    scheme, _slashes, host = text.partition("://")
    plain = host.replace(".", "").replace("-", "").replace(":", "")
    return scheme == "https" and len(text) <= 200 and plain.isascii() and plain.isalnum()  # noqa: RUF100
