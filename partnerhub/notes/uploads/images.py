"""Images are painted anew: what was hidden beside the picture (place, camera, comments) does not come along."""

import io
from typing import Any, NoReturn

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from partnerhub.notes.uploads.names import extension_of
from partnerhub.notes.uploads.refusals import refuse

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
MOST_PIXELS = 50_000_000
# The modes that each format keeps; any other becomes the last one.
MODES = {"PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "JPEG": ("L", "RGB"), "WEBP": ("RGB", "RGBA")}
QUALITY: dict[str, dict[str, Any]] = {"PNG": {}, "JPEG": {"quality": 90}, "WEBP": {"quality": 90}}


def clean_image(content: File, name: str) -> File:
    """The same picture, upright, without EXIF, profile, comments and other passengers. Raises Refused."""
    form = FORMATS[extension_of(name)]
    if form == "WEBP":
        _check_pixels(*_webp_size(content), name)
    content.seek(0)
    try:
        with Image.open(content, formats=[form]) as image:
            _check_pixels(*image.size, name)
            if form != "JPEG" and getattr(image, "is_animated", False):
                refuse("animated", _("%(name)s moves. Attach a still image.") % {"name": name})
            return _painted_anew(image, form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse_pixels(name)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        refuse("image", _("%(name)s is not a readable image. Save it again and attach that.") % {"name": name})


def _painted_anew(image: Image.Image, form: str) -> File:
    picture = ImageOps.exif_transpose(image)
    if picture.mode not in MODES[form]:
        picture = picture.convert(MODES[form][-1])
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    painted = io.BytesIO()
    picture.save(painted, form, **QUALITY[form])
    return ContentFile(painted.getvalue())


def _webp_size(content: File) -> tuple[int, int]:
    """The size that a WebP declares. Read here, because its decoder takes the memory as soon as it is opened."""
    content.seek(12)
    head = content.read(18)
    match head[:4]:
        case b"VP8X":
            return _little(head[12:15]) + 1, _little(head[15:18]) + 1
        case b"VP8L":
            bits = _little(head[9:13])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            return _little(head[14:16]) & 0x3FFF, _little(head[16:18]) & 0x3FFF


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _check_pixels(width: int, height: int, name: str) -> None:
    if width * height > MOST_PIXELS:
        _refuse_pixels(name)


def _refuse_pixels(name: str) -> NoReturn:
    refuse("pixels", _("%(name)s has too many pixels. Make it smaller: 50 million are enough.") % {"name": name})
