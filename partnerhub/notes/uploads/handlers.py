"""Django's upload handler with upper bounds, so that nobody fills the disk before a view looks at the files."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps no more of a file than may be attached, and its whole size, by which it is then refused.

    Of more files than may be attached at once, the further ones are counted and not kept. Nothing is kept for who has
    no seat in the tenant that is asked: a body is taken apart before any view asks who it comes from. Of a body that
    was cut off nothing is taken: what came of it would be a message without its files.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._begun = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if getattr(self.request, "membership", None) is None:
            raise SkipFile
        self._begun += 1
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.ATTACHMENT_MAX_BYTES and self._begun <= settings.ATTACHMENT_MAX_COUNT:
            super().receive_data_chunk(raw_data, start)

    def upload_complete(self) -> None:
        """The body was read to its end. Raises MultiPartParserError where that came too soon."""
        stream = getattr(self.request, "_stream", None)
        if isinstance(stream, LimitedStream) and getattr(stream, "_pos", stream.limit) < stream.limit:
            raise MultiPartParserError(_("The upload was cut off."))
