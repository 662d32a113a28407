"""The API of a record: found, told of in its own JSON, and one address for each step, made of the machine's table."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from partnerhub.errors import Refused, Stale
from partnerhub.events.selectors import timeline_of
from partnerhub.records.bodies import body_of
from partnerhub.records.kept import Kept
from partnerhub.records.kinds import Records
from partnerhub.records.people import people
from partnerhub.records.serializers import TimelineSerializer, entry_json
from partnerhub.states import Api, Step
from partnerhub.states.steps import address_word
from partnerhub.web.api import PortalViewSet
from partnerhub.web.bodies import Body
from partnerhub.web.lists.api import JsonShape, ListAPI, serves
from partnerhub.web.schema import ETAG, IF_MATCH

Method = Callable[..., Response]


class KeptAPI(PortalViewSet):
    """Addresses of one kind of record, of which `id_name` in the address is the id. A foreign id and none are the same
    404. Each has its timeline (`timeline_action`). `serializer` writes it.
    """

    kept: ClassVar[Kept[Any]]
    id_name: ClassVar[str]
    serializer: ClassVar[JsonShape]

    def json(self, record: Any) -> dict[str, Any]:
        """The record as this member gets it."""
        return dict(self.serializer(record).data)

    def row_json(self, row: Any) -> dict[str, Any]:
        """The record as its list gives it."""
        return self.json(row)

    def get_object(self) -> Any:
        try:
            return self.kept.find(self.membership, self.kwargs[self.id_name])
        except ObjectDoesNotExist:
            raise Http404 from None

    def answer(self, record: Any, status: int = 200) -> Response:
        """The record as it is now, with its version."""
        return self.with_etag(Response(self.json(record), status=status), record.version)

    def answer_timeline(self) -> Response:
        """What happened to the record, newest first, without what this side does not get."""
        record = self.get_object()
        events = timeline_of(record.pk, self.membership, also=self.kept.told_with(record))
        return Response({"results": [entry_json(self.kept, event, self.membership.side) for event in events]})


class RecordAPI(KeptAPI):
    """The same of a kind of record with a machine."""

    records: ClassVar[Records[Any]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "records" in cls.__dict__:
            cls.kept = cls.records
        super().__init_subclass__(**kwargs)

    def record_to_change(self, name: str) -> Any:
        """The record, for somebody on the step's side with the step's permission; as its page has it."""
        step = self.records.machine.steps[name]
        try:
            return self.records.find_for(step, self.membership, self.kwargs[self.id_name])
        except ObjectDoesNotExist:
            raise Http404 from None

    @contextmanager
    def in_own_words(self) -> Iterator[None]:
        """Tell what a verb refused in the API's words, without what this side does not get."""
        try:
            yield
        except self.records.model.DoesNotExist:
            raise Http404 from None
        except Refused as refusal:
            (reasons,) = people().with_names([refusal.reasons], self.membership)
            allowed = [self.records.machine.steps[name].word for name in refusal.allowed]
            raise Refused(reasons, allowed, keeps=refusal.keeps) from None
        except Stale as stale:
            changes = self.records.visible(stale.difference, self.membership.side)
            raise Stale(self.json(stale.current), changes, who=stale.who) from None


class StepsAPI(RecordAPI):
    """One action for each step of the machine and for each way back. A subclass says `records`, `serializer` and what
    `RecordAPI` asks for.

    `bodies` are those of steps that take more than texts and fixed choices, `own` the steps for which the subclass has
    an action under the step's name.
    """

    bodies: ClassVar[Mapping[str, type[Body]]] = {}
    own: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Make the actions. Raises ValueError where a step has no verb, or the name of something else in the class."""
        super().__init_subclass__(**kwargs)
        if not hasattr(cls, "records"):
            return
        made = {name: step for name, (step, _api) in addressed(cls.records).items() if name not in cls.own}
        cls.records.check_verbs(made)
        if taken := sorted(made.keys() & {*dir(cls)}):
            raise ValueError(f"{cls.__name__} has something else under the names of these steps: {', '.join(taken)}.")
        for name, step in made.items():
            setattr(cls, name, cls._action(name, step))

    @classmethod
    def _action(cls, name: str, step: Step) -> Method:
        body = cls.body(name)

        def action(self: StepsAPI, request: Request, **kwargs: Any) -> Response:
            return self.act(step, name, body)

        action.__name__ = name
        return described(cls.records, name, body, cls.serializer)(action)

    @classmethod
    def body(cls, name: str) -> type[Body]:
        """What may be sent with a step; nothing with a way back."""
        step = cls.records.machine.steps.get(name)
        return cls.bodies.get(name) or body_of(step.asks if step else None)

    def act(self, step: Step, name: str, body: type[Body]) -> Response:
        """Who may comes first, then which version was read, then what was sent; the verb decides the rest."""
        self.record_to_change(step.name)
        seen, sent = self.seen_version(), body.read(self.request.data)
        with self.in_own_words():
            verb = self.records.verbs[name]
            record = verb(self.kwargs[self.id_name], by=self.membership, seen=seen, **sent)
        return self.answer(record)

    @classmethod
    def paths(cls, record: str) -> list[URLPattern]:
        """The addresses of all steps below the record's own."""
        return [
            path(f"{record}{word}/", cls.as_view({"post": name}), name=f"api-{cls.records.machine.name}-{word}")
            for word, name in words_of(cls.records).items()
        ]


def timeline_action(plural: str, one: str, tag: str) -> Method:
    """The action at a record's address for its timeline, as the schema tells of it. `one`: `a company`."""

    def timeline(self: KeptAPI, request: Request, **_keys: UUID) -> Response:
        """What happened to it, newest first."""
        return self.answer_timeline()

    return extend_schema(
        operation_id=f"{plural}_timeline",
        summary=f"Read the timeline of {one}",
        tags=[tag],
        responses=TimelineSerializer,
    )(timeline)


class KeptResource(KeptAPI, ListAPI):
    """All addresses of a kind of record: list, export, one with its timeline. `paths.api_paths` makes them.

    Besides `kept`, `id_name` and `serializer` a subclass says `list_class`, `tag` (its heading in the description) and
    `one` (what one of them is called there: `a company`). Where one record is read alone `read_as` describes it, if it
    has more than in the list; `reads` says how, if otherwise than others. Actions of its own that need another
    permission than to see such records stand in `acts`.
    """

    tag: ClassVar[str]
    one: ClassVar[str]
    acts: ClassVar[Mapping[str, str]] = {}
    read_as: ClassVar[JsonShape | None] = None
    reads: ClassVar[Api] = Api()
    retrieve: ClassVar[Method]
    timeline: ClassVar[Method]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Describe what is the same for every kind."""
        super().__init_subclass__(**kwargs)
        if "list_class" not in cls.__dict__:
            return
        if not hasattr(cls, "permission"):
            cls.permission = cls.kept.permission
        serves(cls.list_class, cls.serializer, tag=cls.tag)(cls)
        cls.retrieve = _retrieve_action(cls)
        cls.timeline = timeline_action(cls.kept.plural, cls.one, cls.tag)

    @classmethod
    def permission_for(cls, method: str, action: str | None) -> str:
        return cls.acts.get(action or "") or super().permission_for(method, action)

    @cached_property
    def subject(self) -> Any:
        """The record of the address, looked up once in a request that only reads."""
        return self.get_object()


class Resource(StepsAPI, KeptResource):
    """The same of a kind of record with a machine (`records`), with an address for each step."""


def _retrieve_action(view: type[KeptResource]) -> Method:
    """The action at a record's address that reads it, as the schema tells of it."""

    def retrieve(self: KeptResource, request: Request, **_keys: UUID) -> Response:
        """As it is now, with its version. A foreign id and none are the same 404."""
        return self.answer(self.subject)

    return extend_schema(
        operation_id=view.reads.word or f"{view.kept.plural}_read",
        summary=view.reads.summary or f"Read {view.one}",
        tags=[view.tag],
        parameters=[ETAG],
        responses={200: view.read_as or view.serializer},
    )(retrieve)


def addressed(records: Records[Any]) -> dict[str, tuple[Step, Api]]:
    """The steps and ways back that have an address: name → step, and how the API tells of it."""
    machine = records.machine
    steps = {name: (step, step.api) for name, step in machine.steps.items() if step.api}
    return steps | {name: (step, undo.api) for name, (step, undo) in machine.undos.items()}


def words_of(records: Records[Any]) -> dict[str, str]:
    """The last part of each step's address → the step."""
    return {api.word or address_word(name): name for name, (_step, api) in addressed(records).items()}


def described(records: Records[Any], name: str, body: type[Body], serializer: JsonShape) -> Callable[[Method], Method]:
    """How the schema tells of a step, or of a way back."""
    _step, api = addressed(records)[name]
    word = api.word or address_word(name)
    return extend_schema(
        operation_id=f"{records.plural}_{word.replace('-', '_')}",
        summary=api.summary,
        description=api.about,
        tags=["Steps"],
        parameters=[IF_MATCH, ETAG],
        request=body,
        responses={200: serializer},
    )
