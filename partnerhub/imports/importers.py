"""What can be imported: an app registers how rows of its kind are checked, written and taken back. Nothing below it
knows the app."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from django.forms import Form
from django.utils.functional import Promise

from partnerhub.accounts.models import Membership
from partnerhub.actors import Seat
from partnerhub.errors import Refused

FormAnswers = Mapping[str, Any]
"""What a form of an importer has been told, as its fields cleaned it."""
FormTyped = Mapping[str, Any] | None
"""What was sent to a form, or it begins with."""


@dataclass(frozen=True)
class ImportField:
    """A field that a column can go to. `called` are the headings by which it is known besides name and label.

    `needed`: a row without it is refused, where nothing is said for all rows. `is_key`: it tells rows from each other.
    """

    name: str
    label: str | Promise
    called: tuple[str, ...] = ()
    needed: bool = False
    is_key: bool = False


@dataclass(frozen=True)
class RowToWrite:
    """A row by field, as it was typed, and the id of the record that it makes."""

    record_id: UUID
    values: Mapping[str, str]


@dataclass(frozen=True)
class Made:
    """What a row has made, and what people call it."""

    record_id: UUID
    called: str


@dataclass(frozen=True)
class SaidOfAll:
    """What is said of all rows: `chosen` before the file was read, `same` with the mapping."""

    chosen: FormAnswers = field(default_factory=dict)
    same: FormAnswers = field(default_factory=dict)


class Importer(ABC):
    """One kind of rows, for one side. `name` is the same for both sides, and unique for one.

    `permission` is what whoever imports needs. `list_page` names the pattern of the list that shows what it makes,
    `upload_page` that of the page where a file comes in.
    """

    name: ClassVar[str]
    side: ClassVar[str]
    permission: ClassVar[str]
    title: ClassVar[str | Promise]
    list_page: ClassVar[str]
    upload_page: ClassVar[str]

    @abstractmethod
    def choose_form(self, data: FormTyped = None) -> Form:
        """What has to be known before the columns can be mapped."""

    @abstractmethod
    def same_form(self, told: SaidOfAll, data: FormTyped = None, initial: FormTyped = None) -> Form:
        """What holds for every row that does not say it itself."""

    @abstractmethod
    def labels(self) -> Mapping[str, str]:
        """The labels of all fields of such forms in which a person types text, by name; without a database."""

    @abstractmethod
    def fields(self, told: SaidOfAll) -> Sequence[ImportField]:
        """The fields that columns can go to."""

    @abstractmethod
    def check(self, rows: Sequence[RowToWrite], told: SaidOfAll, *, by: Membership) -> list[Refused | None]:
        """Whether each row would be taken now, in their order; nothing is written."""

    @abstractmethod
    def write(
        self, rows: Sequence[RowToWrite], told: SaidOfAll, *, by: Membership, together: UUID
    ) -> list[Made | Refused]:
        """Write the rows, in their order. A refused one leaves nothing behind. `together` is the id of the import."""

    @abstractmethod
    def take_back(self, record_ids: Sequence[UUID], *, by: Membership, together: UUID) -> list[Refused | None]:
        """Take back what rows have made, as far as the machine of each record still allows it, in their order.

        None: it is taken back, now or before.
        """

    @abstractmethod
    def page(self, record_id: UUID) -> str:
        """The address of a record that was made."""


IMPORTERS: dict[tuple[str, str], Importer] = {}
"""By side and name."""


def register_importer(importer: Importer) -> None:
    """Called once when the app is ready."""
    IMPORTERS[(importer.side, importer.name)] = importer


def importer_for(name: str, membership: Seat) -> Importer:
    """The importer of this name for the member's side. Raises KeyError where there is none."""
    return IMPORTERS[(membership.side, name)]
