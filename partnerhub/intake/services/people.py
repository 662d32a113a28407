"""Who acts behind a public form or a link in a mail."""

from partnerhub.states import OUTSIDE


class ReferredPerson:
    """The person who sent a form, or who objects: no account, no permission."""

    id = person_id = token = None
    side, why_read_only = OUTSIDE, ""

    def __init__(self, name: str) -> None:
        self.name = name

    def can(self, permission: str) -> bool:
        return not permission
