"""What a submission asks (spec: pages.md, Lead forms): form, API, the lead's page and the mail read this table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import Country

from leads.states.words import ConsentBasis, Kind
from partnerhub.web.formats import day_text
from partnerhub.web.phones import phone_text

BOTH_KINDS = (Kind.POS, Kind.PLUS)


class Relationship(TextChoices):
    CUSTOMER = "customer", _("They are our customer")
    PROSPECT = "prospect", _("We are in talks")
    ACQUAINTANCE = "acquaintance", _("We know each other")
    NONE = "none", _("None so far")


class CardVolume(TextChoices):
    UNDER_10K = "under_10k", _("Under 10,000")
    UNDER_50K = "under_50k", _("10,000 to 50,000")
    UNDER_250K = "under_250k", _("50,000 to 250,000")
    OVER_250K = "over_250k", _("Over 250,000")


class OnlineRevenue(TextChoices):
    UNDER_500K = "under_500k", _("Under 500,000 a year")
    UNDER_1M = "under_1m", _("500,000 to 1 million a year")
    UNDER_5M = "under_5m", _("1 to 5 million a year")
    OVER_5M = "over_5m", _("Over 5 million a year")


class Industry(TextChoices):
    FASHION = "fashion", _("Fashion")
    FOOD = "food", _("Food and drink")
    RESTAURANT = "restaurant", _("Restaurants and cafés")
    HOME = "home", _("Home and garden")
    SPORT = "sport", _("Sport and outdoors")
    BEAUTY = "beauty", _("Health and beauty")
    SERVICES = "services", _("Services")
    OTHER = "other", _("Another industry")


_LANGUAGES = {code: get_language_info(code)["name_local"].capitalize() for code, _name in settings.LANGUAGES}
OwnerLanguage = cast(
    "type[TextChoices]",
    TextChoices("OwnerLanguage", [(code, (code, name)) for code, name in _LANGUAGES.items()]),  # type: ignore[call-overload]  # as enums are made of lists
)


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


def answer_text(question: Question, value: Any) -> str:
    """An answer as a person writes it, in English for the memory: what stays in the event never changes its words."""
    if value in (None, ""):
        return ""
    if question.choices is not None:
        return str(question.choices(value).label)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if question.kind == "country":
        return str(Country(str(value)).name)
    return phone_text(str(value)) if question.kind == "phone" else str(value)


def answer_words(question: Question, value: Any) -> str:
    """An answer as its reader reads it. Words are looked up for choices alone: the rest is as typed.

    A choice that is none any more stays as it was kept.
    """
    if question.choices is not None:
        return str(question.choices(value).label) if value in question.choices.values else str(value)
    match question.kind:
        case "check":
            return gettext("Yes") if value else gettext("No")
        case "country":
            return str(Country(str(value)).name)
        case "date":
            return day_text(date.fromisoformat(value) if isinstance(value, str) else value)
        case "phone":
            return phone_text(value)
    return str(value)
