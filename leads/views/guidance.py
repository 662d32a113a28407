"""What the form says beside its questions: what sales support changes, what comes after, what makes a good lead."""

from django.utils.translation import gettext_lazy as _

from leads.states import NEXT, Kind, Status
from partnerhub.states.asked import Words

_SELLS: dict[str, Words] = {Kind.POS: _("Our sales team"), Kind.PLUS: _("Our sales team, with you")}
_STAGES: tuple[tuple[str, Words], ...] = (
    (Status.SUBMITTED, _("Once submitted")),
    (Status.IN_PROGRESS, _("Once in progress")),
    (Status.AWARDED, _("If awarded")),
)
_GOOD: dict[str, tuple[Words, ...]] = {
    Kind.POS: (
        _("The contact knows you and expects a call"),
        _("At least one shop, counter or restaurant"),
        _("A reason to change, and a date by which"),
    ),
    Kind.PLUS: (
        _("The contact knows you and expects a call"),
        _("They sell online, or are about to"),
        _("What holds them back today, in a sentence or two"),
    ),
}
_OTHERWISE: dict[str, Words] = {
    Kind.POS: _("No shop, only online?"),
    Kind.PLUS: _("A shop or restaurant that needs a checkout?"),
}


def support_rows(kind: str) -> list[tuple[Words, Words, Words]]:
    """What sales support changes, in the words of the statuses (A8): (what, without, with)."""
    rows: list[tuple[Words, Words, Words]] = [(_("Who sells"), _("You"), _SELLS[kind])]
    for status, heading in _STAGES:
        alone, supported = NEXT[kind, False][status], NEXT[kind, True][status]
        if str(alone) != str(supported):
            rows.append((heading, alone, supported))
    later = _("Ask for sales support at any time while the lead is open")
    return [*rows, (_("Change your mind"), later, _("It stays on once the lead is submitted"))]


def good_lead(kind: str) -> tuple[Words, ...]:
    return _GOOD[kind]


def other_kind_words(kind: str) -> Words:
    """The question that leads to the other program."""
    return _OTHERWISE[kind]
