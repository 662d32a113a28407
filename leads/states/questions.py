"""What a submission asks (spec: pages.md, Lead forms): form, API, the lead's page and the mail read this table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.states.choices import CardVolume, Industry, OnlineRevenue, OwnerLanguage, Relationship
from leads.states.words import ConsentBasis, Kind

BOTH_KINDS = (Kind.POS, Kind.PLUS)


class Group(TextChoices):
    BUSINESS = "business", _("Business")
    CONTACT = "contact", _("Contact")
    OPPORTUNITY = "opportunity", _("Opportunity")
    SUPPORT = "support", _("Sales support")
    PERMISSION = "permission", _("Permission")


@dataclass(frozen=True)
class Question:
    """One field of a submission.

    `kind`: text, long, email, phone, url, country, choice, number, date, check. `required_with` names the check that
    makes it required. `width` is in sixths of the form. Answers to questions that are no column of the lead are kept
    in `Lead.details`.
    """

    name: str
    label: str | Promise
    group: Group
    kind: str = "text"
    required: bool = False
    required_with: str = ""
    help: str | Promise = ""
    choices: type[TextChoices] | None = None
    max_length: int = 200
    programs: Sequence[Kind] = BOTH_KINDS
    is_column: bool = True
    width: int = 3
    autocomplete: str = "off"


QUESTIONS: tuple[Question, ...] = (
    Question("company", _("Company"), Group.BUSINESS, required=True),
    Question("website", _("Website"), Group.BUSINESS, "url", required=True, max_length=300),
    Question("country", _("Country"), Group.BUSINESS, "country", required=True),
    Question("postcode", _("Postcode"), Group.BUSINESS, max_length=20),
    Question(
        "industry",
        _("Industry"),
        Group.BUSINESS,
        "choice",
        choices=Industry,
        programs=(Kind.POS,),
        is_column=False,
    ),
    Question(
        "locations",
        _("Number of locations"),
        Group.BUSINESS,
        "number",
        required=True,
        programs=(Kind.POS,),
        is_column=False,
    ),
    Question("first_name", _("First name"), Group.CONTACT, required=True, max_length=80),
    Question("last_name", _("Last name"), Group.CONTACT, required=True, max_length=80),
    Question("email", _("Email"), Group.CONTACT, "email", required=True, max_length=254),
    Question(
        "phone", _("Phone"), Group.CONTACT, "phone", help=_("A number abroad needs its country code."), max_length=40
    ),
    Question("job_title", _("Job title"), Group.CONTACT, max_length=100),
    Question("relationship", _("Existing relationship"), Group.CONTACT, "choice", choices=Relationship, max_length=40),
    Question("how_met", _("How you met"), Group.CONTACT, max_length=500, width=6),
    Question("current_pos", _("Current POS"), Group.OPPORTUNITY, programs=(Kind.POS,), is_column=False),
    Question(
        "card_volume",
        _("Monthly card volume"),
        Group.OPPORTUNITY,
        "choice",
        choices=CardVolume,
        programs=(Kind.POS,),
        is_column=False,
    ),
    Question("terminals", _("Terminals needed"), Group.OPPORTUNITY, "number", programs=(Kind.POS,), is_column=False),
    Question("go_live_date", _("Go-live date"), Group.OPPORTUNITY, "date", programs=(Kind.POS,), is_column=False),
    Question(
        "problem",
        _("Problem to solve"),
        Group.OPPORTUNITY,
        "long",
        programs=(Kind.POS,),
        is_column=False,
        max_length=4000,
        width=6,
    ),
    Question(
        "is_merchant",
        _("Already a merchant"),
        Group.OPPORTUNITY,
        "check",
        programs=(Kind.PLUS,),
        is_column=False,
        help=_("They have a store with us already."),
        width=6,
    ),
    Question(
        "store_url",
        _("Store URL"),
        Group.OPPORTUNITY,
        "url",
        required_with="is_merchant",
        programs=(Kind.PLUS,),
        is_column=False,
        max_length=300,
        help=_("Required if they are a merchant already."),
    ),
    Question(
        "store_owner_email",
        _("Store owner email"),
        Group.OPPORTUNITY,
        "email",
        programs=(Kind.PLUS,),
        is_column=False,
        max_length=254,
        help=_("Needed to invite the owner to upgrade."),
    ),
    Question(
        "store_owner_language",
        _("Store owner’s language"),
        Group.OPPORTUNITY,
        "choice",
        choices=OwnerLanguage,
        programs=(Kind.PLUS,),
        is_column=False,
        max_length=10,
        help=_("The owner is invited to upgrade in it."),
    ),
    Question(
        "ready_to_upgrade",
        _("Ready to upgrade now"),
        Group.OPPORTUNITY,
        "check",
        programs=(Kind.PLUS,),
        is_column=False,
        width=6,
    ),
    Question(
        "online_revenue",
        _("Online revenue"),
        Group.OPPORTUNITY,
        "choice",
        choices=OnlineRevenue,
        programs=(Kind.PLUS,),
        is_column=False,
    ),
    Question("platform", _("Current platform"), Group.OPPORTUNITY, programs=(Kind.PLUS,), is_column=False),
    Question("markets", _("Stores or markets"), Group.OPPORTUNITY, "number", programs=(Kind.PLUS,), is_column=False),
    Question("close_date", _("Expected close date"), Group.OPPORTUNITY, "date", programs=(Kind.PLUS,), is_column=False),
    Question("is_b2b", _("B2B"), Group.OPPORTUNITY, "check", programs=(Kind.PLUS,), is_column=False, width=6),
    Question(
        "product_interest", _("Product interest"), Group.OPPORTUNITY, programs=(Kind.PLUS,), is_column=False, width=6
    ),
    Question(
        "intro_note",
        _("Intro note"),
        Group.OPPORTUNITY,
        "long",
        programs=(Kind.PLUS,),
        is_column=False,
        max_length=4000,
        width=6,
    ),
    Question(
        "pain",
        _("Specific pain"),
        Group.OPPORTUNITY,
        "long",
        programs=(Kind.PLUS,),
        is_column=False,
        max_length=4000,
        width=6,
    ),
    Question(
        "next_steps",
        _("Next steps"),
        Group.OPPORTUNITY,
        "long",
        programs=(Kind.PLUS,),
        is_column=False,
        max_length=4000,
        width=6,
    ),
    Question(
        "notes",
        _("Notes"),
        Group.OPPORTUNITY,
        "long",
        max_length=4000,
        width=6,
        help=_("What do they struggle with, and why now? Do not add private or health details."),
    ),
    Question("sales_support", _("Sales support"), Group.SUPPORT, "check", width=6),
    Question(
        "consent",
        _("The contact agreed to be referred"),
        Group.PERMISSION,
        "check",
        required=True,
        is_column=False,
        width=6,
    ),
    Question("consent_basis", _("How they agreed"), Group.PERMISSION, "choice", required=True, choices=ConsentBasis),
    Question("consent_date", _("When they agreed"), Group.PERMISSION, "date", required=True),
    Question(
        "terms", _("I accept the program terms"), Group.PERMISSION, "check", required=True, is_column=False, width=6
    ),
)


ABOUT_A_PERSON = frozenset(
    {
        *("first_name", "last_name", "email", "phone", "job_title", "how_met", "store_owner_email"),
        *("notes", "problem", "intro_note", "pain", "next_steps"),
    }
)
"""The questions whose answers are, or may be, about a person."""


def questions_for(kind: str) -> list[Question]:
    """The questions of one kind of program, in the order of its form."""
    return [question for question in QUESTIONS if kind in question.programs]
