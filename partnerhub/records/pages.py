"""One address for each step of a record: GET asks, POST does. `/leads/<id>/award/`, never `?action=`."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerhub.errors import Reason, Refused, Stale
from partnerhub.records.differences import rows_of
from partnerhub.records.forms import StepForm, form_of, initial_of
from partnerhub.records.kinds import Records
from partnerhub.records.people import people
from partnerhub.records.rows import Row
from partnerhub.records.undoing import undo_tag, undo_view
from partnerhub.states import Dialog, Step
from partnerhub.states.steps import address_word
from partnerhub.web.dialogs import Ask, AskView
from partnerhub.web.lists import ListOf
from partnerhub.web.paged import PagedForm
from partnerhub.web.preferences import safe_next
from partnerhub.web.requests import SeatRequest
from partnerhub.web.seen import version_in
from partnerhub.web.views import Crumb, PortalView, labels_of


class StepView(AskView):
    """One step of one record. Who may take it is the machine's matter; who sees the record, the selectors'.

    `record_list` is the list above it, `forms_of` the forms of steps that ask for more than texts and fixed choices;
    `changed` and `see` are the title where somebody else was faster (it may name the `record`), and the way to the
    record as it is now.
    """

    records: ClassVar[Records[Any]]
    record_list: ClassVar[type[ListOf]]
    forms_of: ClassVar[Mapping[str, type[StepForm]]] = {}
    changed: ClassVar[str | Promise] = gettext_lazy("%(record)s has changed meanwhile")
    see: ClassVar[str | Promise] = gettext_lazy("See it as it is now")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        steps = cls.records.machine.steps.values()
        cls.records.check_verbs(step.name for step in steps if step.dialog)
        if not hasattr(cls, "permission"):
            cls.permission = cls.records.permission

    @classmethod
    def of(cls, records: Records[Any], record_list: type[ListOf]) -> "type[StepView]":
        """The view of a machine whose steps ask for nothing but texts and fixed choices."""
        return type(f"{type(records).__name__}StepView", (cls,), {"records": records, "record_list": record_list})

    def words(self, record: Any) -> dict[str, Any]:
        """The placeholders of the dialogs' sentences."""
        return self.records.words(record)

    def line(self, record: Any) -> str:
        """What stands under the record's name: its number, its status."""
        return self.records.line(record)

    def now_words(self, record: Any) -> str:
        """A sentence on how the record is now, for whoever was slower."""
        return _("Now it is: %(now)s.") % {"now": self.records.machine.words(record.status)}

    def crumbs(self) -> list[Crumb]:
        """The pages above the record."""
        return self.record_list.above()

    def needs(self) -> list[Reason]:
        """What the step needs besides what its row says: conditions that nobody but the verb asks for."""
        return []

    def initial(self, record: Any) -> dict[str, Any]:
        """What the form of the step begins with: of one that edits, what is in the columns that it asks for."""
        asks = self.step.asks
        if asks is None or not asks.edits:
            return {}
        return initial_of(asks, record)

    def form_arguments(self, step: str) -> dict[str, Any]:
        """What the step's own form takes besides: where something is chosen of what the kind of record offers, that."""
        asks = None if step in self.forms_of else self.step.asks
        if asks is None or not (names := asks.offered()):
            return {}
        return {"choices": {name: self.records.choices(name, self.request.membership, self.subject) for name in names}}

    @classmethod
    def paths(cls, record: str, name: str = "step", /, **own: type[PortalView]) -> list[URLPattern]:
        """The addresses of all steps and ways back below the record's own, which ends in `<uuid:record_id>/`.

        `name` is that of the pattern, as the model's `urls` say it, where an app has more kinds of records. `own` are
        the views of steps that have one of their own: those that ask nothing. Raises KeyError for others.
        """
        machine = cls.records.machine
        single = {machine.steps[step].name: view for step, view in own.items()}
        single |= {undone: undo_view(cls.records, undone) for undone in machine.undos}
        words = {address_word(step): view for step, view in single.items()}
        return [
            *(path(f"{record}{word}/", view.as_view(), name=word) for word, view in words.items()),
            path(f"{record}<slug:step>/", cls.as_view(), name=name),
        ]

    @classmethod
    def form_class(cls, step: str) -> type[StepForm]:
        return cls.forms_of.get(step) or form_of(cls.records.machine.steps[step].asks)

    @classmethod
    def typed_labels(cls, **kwargs: Any) -> dict[str, str]:
        step = cls.asked_step(kwargs["step"])
        return labels_of(cls.form_class(step.name)) if step else {}

    @classmethod
    def asked_step(cls, word: str) -> Step | None:
        """The step with a dialog that is called so in addresses; None where there is none."""
        step = cls.records.machine.steps.get(word.replace("-", "_"))
        return step if step and step.dialog and word == address_word(step.name) else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        step = self.asked_step(kwargs["step"])
        if step is None or step.dialog is None:
            raise Http404
        self.step: Step = step
        self.dialog: Dialog = step.dialog
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: SeatRequest, record_id: UUID, step: str) -> HttpResponseBase:
        """`seen` in the address is the version on the page that the step was chosen on: the person decides on that."""
        record = self._record(record_id)
        seen = min(version_in(request.GET.get("seen")) or record.version, record.version)
        form = self._form(initial={**self.initial(record), "version": seen})
        return self._ask(record, form, is_old=seen < record.version)

    def post(self, request: SeatRequest, record_id: UUID, step: str) -> HttpResponseBase:
        record = self._record(record_id)
        form = self._form(request.POST, files=request.FILES)
        if isinstance(form, PagedForm) and form.turns():
            return self._ask(record, form, status=422 if form.errors else 200)
        if not form.is_valid():
            if isinstance(form, PagedForm):
                form.go_to_errors()
            return self._ask(record, form, status=422)
        verb = self.records.verbs[self.step.name]
        try:
            record = verb(record_id, by=request.membership, **form.arguments())
        except Stale as stale:
            return self._stale(stale, form)
        except Refused as refusal:
            return self._ask(self._record(record_id), form, refusal=refusal, status=409)
        return self._go_on(record, form)

    def _go_on(self, record: Row, form: StepForm) -> HttpResponseBase:
        """Say what was done; where it can be undone and something was done, the message offers that."""
        after, undo = self._back(record), ""
        if self.step.undo and record.version != form.cleaned_data["version"]:
            undo = undo_tag(record, self.step.undo.name, after)
        messages.success(self.request, str(self.dialog.done) % self.words(record), extra_tags=undo)
        return self.done(after)

    def _record(self, record_id: UUID) -> Row:
        try:
            record: Row = self.records.find_for(self.step, self.request.membership, record_id)
        except ObjectDoesNotExist:
            raise Http404 from None
        self.subject: Row = record
        return record

    def _back(self, record: Row) -> str:
        return safe_next(self.request, record.urls.page)

    def _form(self, data: Any = None, **kwargs: Any) -> StepForm:
        return self.form_class(self.step.name)(data, **kwargs, **self.form_arguments(self.step.name))

    def _ask(
        self, record: Row, form: StepForm, *, refusal: Refused | None = None, is_old: bool = False, status: int = 200
    ) -> HttpResponseBase:
        """`is_old`: what was seen is not the record as it is now; the verb will say what has changed."""
        verdict = self.records.machine.verdict(self.step.name, record, self.request.membership)
        needed = [*verdict.reasons, *self.needs()]
        said = people().with_names([needed, refusal.reasons if refusal else []], self.request.membership)
        ask = Ask(
            title=str(self.dialog.question) % self.words(record),
            record=self.line(record),
            text=self.dialog.text,
            confirm=self.dialog.button,
            keep=self.dialog.keep,
            back=self._back(record),
            danger=self.dialog.danger,
            part=self.dialog.quotes,
        )
        more = {
            self.records.machine.name: record,
            "reasons": [] if is_old or (verdict.is_open and all(one.ok for one in needed)) else said[0],
            "refused": said[1],
            "crumbs": self._crumbs_below(record, self.step.label),
        }
        return self.asks(ask, form, status=status, **more)

    def _stale(self, stale: Stale, form: StepForm) -> HttpResponseBase:
        """Somebody else was faster: the record as it is now, what changed, and the step again if it is still open."""
        record, membership = stale.current, self.request.membership
        is_open = self.records.machine.verdict(self.step.name, record, membership).is_open
        page, back = record.urls.page, self._back(record)
        ask = Ask(
            title=str(self.changed) % {"record": record},
            record=f"{record} · {self.line(record)}",
            confirm=_("%(button)s all the same") % {"button": self.dialog.button} if is_open else "",
            keep=_("Leave it and go on") if back != page else "",
            back=back,
            part="records/stale.html",
            see=(self.see, page),
        )
        more = {
            "who": stale.who,
            "now_words": self.now_words(record),
            "difference": rows_of(self.records, self.records.visible(stale.difference, membership.side), record=record),
            "crumbs": self._crumbs_below(record, _("Changed meanwhile")),
        }
        sent = cast("QueryDict", form.data).copy()  # of each field all that was chosen
        sent["version"] = str(record.version)
        fresh = self._form(sent) if is_open else None
        return self.asks(ask, fresh, status=409, **more)

    def _crumbs_below(self, record: Row, page: str | Promise) -> list[Crumb]:
        return [*self.crumbs(), (str(record), record.urls.page), (page, None)]
