"""Django's upload handler with an upper bound, so that nobody fills the disk before a view looks at the file."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps no more of a file than may be attached, and its whole size, by which it is then refused."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.ATTACHMENT_MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
