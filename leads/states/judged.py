"""The protocol of a lead that the machine's conditions read: this module stands below the models."""

from typing import Protocol
from uuid import UUID


class JudgedProgram(Protocol):
    """The program into which the lead came."""

    @property
    def kind(self) -> str: ...


class Judged(Protocol):
    """A lead, as far as its steps depend on it. `award_questioner_id` is the person who asked, by whatever seat."""

    @property
    def program(self) -> JudgedProgram: ...
    @property
    def representative_id(self) -> UUID | None: ...
    @property
    def terms_version(self) -> str: ...
    @property
    def appeal_text(self) -> str: ...
    @property
    def refused_person(self) -> UUID | None: ...
    @property
    def sales_support(self) -> bool: ...
    @property
    def is_seen(self) -> bool: ...
    @property
    def award_questioned_by_id(self) -> UUID | None: ...
    @property
    def award_questioner_id(self) -> UUID | None: ...
