"""The columns of *Submitted leads*: for the page, the API's `sort` and the export; and how a row is written.

Rows are written here and not in a template: 25 rows of 8 cells cost a template half of the whole page's CPU.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leads.models import Lead
from leads.states import TONES, Status
from partnerhub.web.lists import Column
from partnerhub.web.templatetags.portal import ago, day, icon_markup

COMPANY = Column("company", _("Company"), "company_key", always=True)
PARTNER = Column("partner", _("Partner"), css="mid")

COLUMNS = (
    Column("number", _("Number"), "number", css="num", shown=False),
    COMPANY,
    Column("contact", _("Contact"), "contact_key", css="mid"),
    Column("program", _("Program"), "program_id", css="program"),
    Column("status", _("Status"), "status_rank", css="state"),
    Column("representative", _("Representative"), "representative_key", css="keep rep"),
    Column("support", _("Sales support"), "sales_support", css="late"),
    Column("submitted", _("Submitted"), "submitted_at", css="sent"),
    Column("updated", _("Updated"), "updated_at", css="late"),
)
DEFAULT_ORDER = "-submitted"


def columns_for(side: str) -> tuple[Column, ...]:
    """The vendor side sees whose lead it is."""
    if side == "partner":
        return COLUMNS
    at = COLUMNS.index(COMPANY) + 1
    return (*COLUMNS[:at], PARTNER, *COLUMNS[at:])


class RowWriter:
    """Writes rows of a list for one reader: words, labels and addresses are looked up once per page.

    Everything that a person typed goes through `escape`.
    """

    def __init__(self, shown: Sequence[Column], programs: Mapping[UUID, str], base: str) -> None:
        self.programs = {key: str(escape(name)) for key, name in programs.items()}
        self.base = base
        self.cells = [(getattr(self, f"_{column.key}"), self._opening(column)) for column in shown]
        self.statuses = {status.value: self._pill(status) for status in Status}
        self.nobody = f'<span class="soft">{escape(_now("Not assigned"))}</span>'
        self.yes, self.no = escape(_now("Yes")), escape(_now("No"))

    def rows(self, leads: Sequence[Lead]) -> SafeString:
        """The body of the table."""
        cells = self.cells
        html = [
            "".join(["<tr>", *[f"{opening}{write(lead)}" for write, opening in cells], "</tr>\n"]) for lead in leads
        ]
        return mark_safe("".join(html))  # noqa: S308 - every value is escaped where its cell is written

    def _opening(self, column: Column) -> str:
        if column.key == COMPANY.key:
            return '<th scope="row">'
        css = f' class="{column.css}"' if column.css else ""
        return f'<td data-label="{escape(column.label)}"{css}>'

    def _pill(self, status: Status) -> str:
        tone, icon = TONES[status]
        return f'<span class="status" data-tone="{tone}">{icon_markup(icon)}{escape(status.label)}</span></td>'

    def _company(self, lead: Lead) -> str:
        return (
            f'<a href="{self.base}{lead.pk}/">{escape(lead.company)}</a><small>{escape(lead.website_host)}</small></th>'
        )

    def _partner(self, lead: Lead) -> str:
        return f"{escape(lead.partner.name)}</td>"

    def _number(self, lead: Lead) -> str:
        return f"{lead.reference}</td>"

    def _contact(self, lead: Lead) -> str:
        return f"{escape(lead.contact_name)}<small>{escape(lead.email)}</small></td>"

    def _program(self, lead: Lead) -> str:
        return f'<span class="tag">{self.programs[lead.program_id]}</span></td>'

    def _status(self, lead: Lead) -> str:
        return self.statuses[lead.status]

    def _representative(self, lead: Lead) -> str:
        return f"{escape(lead.representative.name) if lead.representative else self.nobody}</td>"

    def _support(self, lead: Lead) -> str:
        return f"{self.yes if lead.sales_support else self.no}</td>"

    def _submitted(self, lead: Lead) -> str:
        return f"{day(lead.submitted_at, short=True)}</td>"

    def _updated(self, lead: Lead) -> str:
        return f"{ago(lead.updated_at)}</td>"


def program_names(leads: Sequence[Lead], known: Mapping[UUID, str], read: Any) -> Mapping[UUID, str]:
    """Names of the programs on a page: the known ones, and by `read()` those that take no more leads."""
    return known if all(lead.program_id in known for lead in leads) else {**known, **read()}
