"""Fields and forms for messages, files and notes; the lead form takes files with the same field."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerhub.errors import AlreadySent, Refused
from partnerhub.notes.rendering import rendered
from partnerhub.notes.services import LONGEST_MESSAGE
from partnerhub.notes.uploads import ACCEPTED_EXTENSIONS, AcceptedFile, accept
from partnerhub.tenancy.models import new_id
from partnerhub.web.fields import VisibleField
from partnerhub.web.seen import SeenForm

SHOWN_OF_BODY = 120


class MultipleFileInput(forms.FileInput):
    """A picker for several files. Its limits travel as data attributes, for the script that checks them at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        limits = {
            "accept": ",".join(f".{extension}" for extension in ACCEPTED_EXTENSIONS),
            "data-max-bytes": settings.ATTACHMENT_MAX_BYTES,
            "data-max-files": settings.ATTACHMENT_MAX_COUNT,
        }
        super().__init__(limits | (attrs or {}))


class MultipleFileField(forms.FileField):
    """Several files, each looked at; cleans to a list of AcceptedFile.

    A bad file gives one error by its name; all bad ones are named at once. `names` says which files were fine: a
    browser does not send them again after an error elsewhere, so the page asks to choose them anew. `refused` has, by
    its place among those that were sent, what is wrong with each bad one: a script tells it there.
    """

    widget = MultipleFileInput

    def __init__(self, **options: Any) -> None:
        self.names: list[str] = []
        self.refused: dict[int, str] = {}
        usual: dict[str, Any] = {"required": False, "label": gettext_lazy("Attachments")}
        super().__init__(**usual | options)

    def clean(self, data: Any, initial: Any = None) -> list[AcceptedFile]:
        self.refused = {}  # a new one: the copies of a field have what it had
        uploads = [upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload]
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > settings.ATTACHMENT_MAX_COUNT:
            limit = settings.ATTACHMENT_MAX_COUNT
            text = ngettext("Choose at most %(limit)s file.", "Choose at most %(limit)s files.", limit)
            raise forms.ValidationError(text % {"limit": limit}, code="count")
        accepted, errors = [], []
        for at, upload in enumerate(uploads):
            try:
                accepted.append(accept(upload))
            except Refused as refusal:
                self.refused[at] = " ".join(str(reason.text) for reason in refusal.reasons)
                errors += [forms.ValidationError(str(reason.text), code=reason.code) for reason in refusal.reasons]
        self.names = [file.name for file in accepted]
        if errors:
            raise forms.ValidationError(errors)
        return accepted


class MentionsField(forms.Field):
    """Whom the mentions in the words mean, as a script says it (static/js/mentions.js): ids of seats."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Iterable[str] | None) -> list[UUID]:
        try:
            return [UUID(key) for key in value or ()]
        except ValueError:
            raise forms.ValidationError(_("Choose from the list."), code="invalid") from None


PREVIEW = "preview"
"""The name of the button that shows what was typed as it will be read, and sends nothing."""


class WrittenForm(forms.Form):
    """Words in Markdown, in `body`, and whom they mention."""

    mentions = MentionsField()

    def offer_people(self, url: str) -> None:
        """Let a script ask this address whom one can mention, while the words are typed."""
        self.fields["body"].widget.attrs["data-mentions"] = url

    @property
    def is_preview(self) -> bool:
        """Whether the words were sent only to be looked at."""
        return PREVIEW in self.data

    @property
    def preview(self) -> str:
        """The words as they will be read, where that was asked for and they are not too many."""
        return rendered(self.cleaned_data.get("body") or "") if self.is_preview and self.is_bound else ""


class PreviewForm(WrittenForm):
    """What is sent from the editor alone, without the rest of its form."""

    body = VisibleField(label=gettext_lazy("Message"), max_length=LONGEST_MESSAGE, required=False)


class MessageForm(WrittenForm):
    """A shared message with files. `once` makes a double click one message."""

    body = VisibleField(
        label=gettext_lazy("Message"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_MESSAGE,
        required=False,
    )
    files = MultipleFileField()  # type: ignore[assignment]  # Django takes declared fields off the class
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=new_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("body") and not cleaned.get("files") and not self.errors:
            self.add_error("body", _("Write a message or attach a file."))
        return cleaned

    def go_on_as_new(self, sent: AlreadySent) -> None:
        """The form's number was used for another message: say so, and carry a number of its own from now on."""
        text = _("This form has sent a message already: “%(body)s”. Yours is not sent yet; send it if you want to.")
        self.add_error(None, text % {"body": Truncator(sent.current.body).chars(SHOWN_OF_BODY)})
        self.data = {**{name: self.data[name] for name in self.data}, "once": str(new_id())}

    def problems(self) -> dict[str, Any]:
        """What was not taken and why, for the script that sent it (static/js/sending.js)."""
        field = self.fields["files"]
        refused = field.refused if isinstance(field, MultipleFileField) else {}
        texts = [text for errors in self.errors.values() for text in errors if text not in refused.values()]
        return {"problems": texts, "files": refused, "once": str(self.data.get("once") or "")}

    def add_refusal(self, refusal: Refused) -> None:
        """Put a verb's reasons beside the fields they belong to."""
        for reason in refusal.reasons:
            self.add_error(reason.field if reason.field in self.fields else None, str(reason.text))


class NoteForm(WrittenForm):
    """A note for the own side. `once` makes a double click one note."""

    body = VisibleField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": gettext_lazy("Write a note.")},
    )
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=new_id)

    def go_on_as_new(self, sent: AlreadySent) -> None:
        """The form's number was used for another note: say so, and carry a number of its own from now on."""
        text = _("This form has made a note already: “%(body)s”. Yours is not kept yet; create it if you want to.")
        self.add_error(None, text % {"body": Truncator(sent.current.body).chars(SHOWN_OF_BODY)})
        self.data = {**{name: self.data[name] for name in self.data}, "once": str(new_id())}


class EditNoteForm(WrittenForm, SeenForm):
    """A note in other words."""

    body = VisibleField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": gettext_lazy("Write a note.")},
    )


class EditMessageForm(WrittenForm, SeenForm):
    """A message in other words."""

    body = VisibleField(
        label=gettext_lazy("Message"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_MESSAGE,
        error_messages={"required": gettext_lazy("Write a message.")},
    )
