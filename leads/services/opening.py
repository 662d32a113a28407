"""The programs that a new tenant begins with."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leads.models import Program
from leads.states import Kind

FIRST_TERMS = "1"
TERMS_TEXT = _(
    "You may refer a business whose contact agreed to be referred. The vendor decides whether the referral qualifies,"
    " and gives its reason where it does not."
)


@transaction.atomic
def add_first_programs() -> None:
    """A program of each kind, in the words of the language that is active. Inside the tenant, as the system."""
    for position, kind in enumerate(Kind):
        Program.objects.create(
            slug=kind.value,
            kind=kind,
            name=str(kind.label),
            terms_version=FIRST_TERMS,
            terms_text=str(TERMS_TEXT),
            position=position,
        )
