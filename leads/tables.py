"""The columns of *Submitted leads*: for the page, the API's `sort` and the export; and how a row is written.

Rows are written here and not in a template: 25 rows of 8 cells cost a template half of the whole page's CPU.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.models import contact_name
from leads.states import TONES, Status
from partnerhub.web.folding import readable_host
from partnerhub.web.lists import Column
from partnerhub.web.moments import Moments
from partnerhub.web.templatetags.portal import icon_markup

COMPANY = Column("company", _("Company"), "company_key", always=True)
PARTNER = Column("partner", _("Partner"), "partner_key", css="mid partner")

COLUMNS = (
    Column("number", _("Number"), "number", css="num", shown=False),
    COMPANY,
    Column("contact", _("Contact"), "contact_key", css="mid contact"),
    Column("program", _("Program"), "program_id", css="program"),
    Column("status", _("Status"), "status_rank", css="state"),
    Column("representative", _("Representative"), "representative_key", css="rep"),
    Column("support", _("Sales support"), "sales_support", css="late support"),
    Column("submitted", _("Submitted"), "submitted_at", css="sent"),
    Column("updated", _("Updated"), "updated_at", css="late updated"),
)
DEFAULT_ORDER = "-submitted"
BY_KEY = {column.key: column for column in (*COLUMNS, PARTNER)}
FIELDS = [
    *("pk", "number", "company", "website_host", "first_name", "last_name", "email", "status", "sales_support"),
    *("partner_id", "program_id", "representative_id", "submitted_at", "updated_at"),
]


def columns_for(side: str) -> tuple[Column, ...]:
    """The vendor side sees whose lead it is."""
    if side == "partner":
        return COLUMNS
    at = COLUMNS.index(COMPANY) + 1
    return (*COLUMNS[:at], PARTNER, *COLUMNS[at:])


@lru_cache(maxsize=64)
def _pills(language: str) -> dict[str, str]:
    return {status.value: _pill(status) for status in Status}


def _pill(status: Status) -> str:
    tone, icon = TONES[status]
    return f'<span class="status" data-tone="{tone}">{icon_markup(icon)}{escape(str(status.label))}</span></td>'


@lru_cache(maxsize=256)
def _opening(key: str, language: str) -> str:
    column = BY_KEY[key]
    if column is COMPANY:
        return '<th scope="row">'
    css = f' class="{column.css}"' if column.css else ""
    return f'<td data-label="{escape(str(column.label))}"{css}>'


class RowWriter:
    """Writes rows of a list for one reader: words, labels and addresses are looked up once per page.

    `names` has programs, partners and representatives by id. Everything that a person typed goes through `escape`.
    """

    def __init__(self, shown: Sequence[Column], names: Mapping[UUID, str], base: str) -> None:
        language = get_language() or "en"
        self.names = {key: escape(name) for key, name in names.items()}
        self.base = base
        self.cells = [(getattr(self, f"_{column.key}"), _opening(column.key, language)) for column in shown]
        self.statuses = _pills(language)
        self.nobody = f'<span class="soft">{escape(_now("Not assigned"))}</span>'
        self.yes, self.no = escape(_now("Yes")), escape(_now("No"))
        self.moments = Moments()

    def rows(self, leads: Sequence[Any]) -> SafeString:
        """The body of the table. `leads`: rows with `FIELDS`."""
        cells = self.cells
        html = [
            "".join(["<tr>", *[f"{opening}{write(lead)}" for write, opening in cells], "</tr>\n"]) for lead in leads
        ]
        return mark_safe("".join(html))  # noqa: S308 - every value is escaped where its cell is written

    def _company(self, lead: Any) -> str:
        host = escape(readable_host(lead.website_host))
        return f'<a href="{self.base}{lead.pk}/">{escape(lead.company)}</a><small>{host}</small></th>'

    def _partner(self, lead: Any) -> str:
        return f"{self.names[lead.partner_id]}</td>"

    def _number(self, lead: Any) -> str:
        return f"L-{lead.number}</td>"

    def _contact(self, lead: Any) -> str:
        return f"{escape(contact_name(lead))}<small>{escape(lead.email)}</small></td>"

    def _program(self, lead: Any) -> str:
        return f'<span class="tag">{self.names[lead.program_id]}</span></td>'

    def _status(self, lead: Any) -> str:
        return self.statuses[lead.status]

    def _representative(self, lead: Any) -> str:
        return f"{self.names[lead.representative_id] if lead.representative_id else self.nobody}</td>"

    def _support(self, lead: Any) -> str:
        return f"{self.yes if lead.sales_support else self.no}</td>"

    def _submitted(self, lead: Any) -> str:
        return f"{self.moments.day(lead.submitted_at)}</td>"

    def _updated(self, lead: Any) -> str:
        return f"{self.moments.ago(lead.updated_at)}</td>"
