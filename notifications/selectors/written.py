"""What somebody wrote with an event, as letters about it quote it."""

from django.utils.translation import gettext as _

from notifications.selectors.story import Story
from partnerhub.notes.selectors import is_note_there, words_told
from partnerhub.tenancy.scope import tenant_scope


def written_words(story: Story, kept_as: str) -> str | None:
    """What somebody wrote with the event, in a message or as `kept_as` of its data; None once that is deleted."""
    with tenant_scope(story.tenant):
        return words_told(story.event, kept_as)


def is_note_told(story: Story) -> bool:
    """Whether the note that the event tells of is still there."""
    with tenant_scope(story.tenant):
        return is_note_there(story.event)


def files_told(story: Story) -> list[tuple[str, str]]:
    """The names of the files that came with the event, as a fact; empty where none did."""
    names = story.raw("files") or []
    return [(_("Files"), ", ".join(str(name) for name in names))] if names else []
