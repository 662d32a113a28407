"""What the pages of any record do with a message or a note that was posted to them."""

from http import HTTPStatus
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.requests import MemberRequest
from partnerhub.errors import AlreadySent, Refused
from partnerhub.notes.forms import MessageForm, NoteForm, WrittenForm
from partnerhub.notes.services import post_message, write_note
from partnerhub.web.preferences import safe_next
from partnerhub.web.seen import say_refusal
from partnerhub.web.views import sent_by_script

SubjectT = TypeVar("SubjectT", bound=Model)
WordsT = TypeVar("WordsT", bound=WrittenForm)


class WordsPost(SeatView, Generic[SubjectT, WordsT]):
    """Takes words for a record; a subclass finds the record and draws its page."""

    def subject(self, **ids: UUID) -> SubjectT:
        """The record of the address, for who may see and write on it. Raises Http404."""
        raise NotImplementedError

    def again(self, subject: SubjectT, form: WordsT, status: int) -> HttpResponseBase:
        """The record's page with the form that was previewed, or not taken."""
        raise NotImplementedError

    def back(self, subject: SubjectT) -> str:
        """Where the words stand now."""
        raise NotImplementedError


class MessagePost(WordsPost[SubjectT, MessageForm]):
    """Posts a shared message: the other side is told and can answer."""

    forms = (MessageForm,)
    form_class: ClassVar[type[MessageForm]] = MessageForm

    def post(self, request: MemberRequest, **ids: UUID) -> HttpResponseBase:
        subject, form = self.subject(**ids), self.form_class(request.POST, request.FILES)
        is_taken, by_script = form.is_valid(), sent_by_script(request)
        if form.is_preview:
            return self.again(subject, form, HTTPStatus.OK)
        if is_taken:
            try:
                text = self.send(subject, form)
            except Refused as refusal:
                form.add_refusal(refusal)
            except AlreadySent as sent:
                form.go_on_as_new(sent)
            if not form.errors:
                messages.success(request, text)
                back = safe_next(request, self.back(subject))
                return JsonResponse({"url": back}) if by_script else redirect(back)
        if by_script:
            return JsonResponse(form.problems(), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.again(subject, form, HTTPStatus.UNPROCESSABLE_ENTITY)

    def send(self, subject: SubjectT, form: MessageForm) -> str:
        """Send the message; or put an error on the form. Returns what to say of it. Raises Refused, AlreadySent."""
        said = form.cleaned_data
        words = {"body": said["body"], "mentions": said["mentions"]}
        post_message(subject, by=self.request.membership, uploads=said["files"], once=said["once"], **words)
        return _("Your message is sent.")


class NotePost(WordsPost[SubjectT, NoteForm]):
    """Writes a note: the own side alone reads it."""

    forms = (NoteForm,)

    def post(self, request: MemberRequest, **ids: UUID) -> HttpResponseBase:
        subject, form = self.subject(**ids), NoteForm(request.POST)
        is_taken = form.is_valid()
        if form.is_preview:
            return self.again(subject, form, HTTPStatus.OK)
        if is_taken:
            try:
                write_note(subject, by=request.membership, **form.cleaned_data)
            except Refused as refusal:
                say_refusal(form, refusal)
            except AlreadySent as sent:
                form.go_on_as_new(sent)
            else:
                messages.success(request, _("The note is kept. Only your side reads it."))
                return redirect(safe_next(request, self.back(subject)))
        return self.again(subject, form, HTTPStatus.UNPROCESSABLE_ENTITY)
