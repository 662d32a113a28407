"""What a step or a new record asks for: of it are made form, body of the API, and the card that shows it."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise

LONGEST_TEXT = 4000
MOST_CHOSEN = 50
OF_WEBSITE = "website"
OF_MAIL = "mail"


@dataclass(frozen=True)
class Text:
    """A text; of one row, it is one line. `help` stands under the field, `missing` where it was left empty.

    `reads` is what it has to be: OF_WEBSITE, OF_MAIL, or any words.
    """

    name: str
    label: Words
    help: Words = ""
    required: bool = True
    most: int = LONGEST_TEXT
    rows: int = 4
    missing: Words = ""
    reads: str = ""


@dataclass(frozen=True)
class Choice:
    """One of a few words; `first` says what to do before one is chosen."""

    name: str
    label: Words
    choices: tuple[tuple[str, Words], ...]
    first: Words = ""
    missing: Words = ""
    help: Words = ""


@dataclass(frozen=True)
class AskedDay:
    """A day."""

    name: str
    label: Words
    missing: Words = ""


@dataclass(frozen=True)
class AskedMember:
    """A member who is chosen, of those that the kind of record offers (`Records.choices`).

    One that is not `required` is asked for only where there is more than one to choose from.
    """

    name: str
    label: Words
    help: Words = ""
    first: Words = ""
    missing: Words = ""
    required: bool = True


@dataclass(frozen=True)
class AskedSeveral:
    """Some of a few words (`choices`), or of the records that the kind of record offers (`Records.choices`).

    `about` says over the API what the ids are of.
    """

    name: str
    label: Words
    choices: tuple[tuple[str, Words], ...] = ()
    help: Words = ""
    missing: Words = ""
    required: bool = True
    about: str = ""


@dataclass(frozen=True)
class AskedMoney:
    """An amount with its currency: two fields, `name` and `currency`. The verb takes `‹name›_minor` and the currency.

    A record that is edited has it as a `MoneyPair` under `name`.
    """

    name: str
    label: Words
    currency: str = "currency"

    @property
    def minor(self) -> str:
        """The column and the argument with the amount, in minor units of the currency."""
        return f"{self.name}_minor"


@dataclass(frozen=True)
class AskedTick:
    """Something that has to be agreed to, or may be said (not `required`)."""

    name: str
    label: Words
    missing: Words = ""
    required: bool = True


AskedField = Text | Choice | AskedDay | AskedMember | AskedSeveral | AskedMoney | AskedTick


@dataclass(frozen=True)
class AskedPage:
    """Some of the fields, by name, asked on a page of their own; on one of `review` stands what was entered before."""

    title: Words
    names: tuple[str, ...]
    review: bool = False


@dataclass(frozen=True)
class Asks:
    """What is asked for, on a page and over the API. `body` and `about` name the body in the API's description.

    `edits`: they are columns of the record, so that the form begins with what is in them. `pages`: people are asked on
    several pages, one after the other, which have each of the fields once; over the API all of them at once.
    """

    body: str
    about: str
    fields: tuple[AskedField, ...]
    edits: bool = False
    pages: tuple[AskedPage, ...] = ()

    def offered(self) -> list[str]:
        """The fields that are chosen of what the kind of record offers."""
        return [
            field.name
            for field in self.fields
            if isinstance(field, AskedMember) or (isinstance(field, AskedSeveral) and not field.choices)
        ]
