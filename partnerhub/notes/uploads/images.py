"""Images are decoded and encoded again: hidden data (place, camera, comments) is dropped.

A picture says how large it is before it is decoded; what its decoding would take is reckoned from that (all numbers
measured with Pillow 12) and refused above MOST_BYTES. Pictures are painted one at a time (`accepting`).
"""

import io
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageFile, ImageOps, UnidentifiedImageError

from partnerhub.notes.uploads.names import extension_of
from partnerhub.notes.uploads.refusals import refuse

IMAGE_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
MOST_PIXELS = 50_000_000
MOST_IMAGE_BYTES = 160 * 1024 * 1024
# The modes that each format keeps; any other becomes the last one.
MODES = {"PNG": ("1", "L", "LA", "P", "RGB", "RGBA"), "JPEG": ("L", "RGB"), "WEBP": ("RGB", "RGBA")}
QUALITY: dict[str, dict[str, Any]] = {"PNG": {}, "JPEG": {"quality": 90}, "WEBP": {"quality": 90}}
# Bytes that Pillow takes for a pixel, by mode (other modes: four).
PIXEL_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
PROGRESSIVE_BYTES = 6  # a pixel of a progressive JPEG is kept by its decoder until the last pass
WEBP_BYTES = 20  # two frames of the decoder, what it hands over, the picture and its copy


class _Painted(io.BytesIO):
    """No more of a new picture than may be attached: a small file can hold one that becomes huge when painted anew."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > settings.ATTACHMENT_MAX_BYTES:
            raise Image.DecompressionBombError
        return super().write(data)


def clean_image(content: "File[bytes]", name: str) -> "File[bytes]":
    """The same picture, upright, without EXIF, profile, comments and other passengers. Raises Refused.

    A JPEG that would take more than MOST_BYTES is read at half its width and height, which its format allows.
    """
    form = IMAGE_FORMATS[extension_of(name)]
    if form == "WEBP":
        _check_room(*_webp_size(content), WEBP_BYTES, name)
    content.seek(0)
    try:
        return _painted_anew(_upright(content, form, name), form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse_pixels(MOST_IMAGE_BYTES // 4, name)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        refuse("image", _("%(name)s is not a readable image. Save it again and attach that.") % {"name": name})


def _upright(content: "File[bytes]", form: str, name: str) -> Image.Image:
    """The picture, decoded. Nothing is decoded before its room was reckoned."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, has Pillow fill what is cut off with grey
    with Image.open(content, formats=[form]) as image:
        if form != "JPEG" and getattr(image, "is_animated", False):
            refuse("animated", _("%(name)s moves. Attach a still image.") % {"name": name})
        if form == "JPEG":
            _check_jpeg(image, name)
        elif form == "PNG":
            _check_room(*image.size, _bytes_of(image, form), name)
        image.load()
        if form == "PNG" and _is_turned(image):
            _check_room(*image.size, 2 * _bytes_of(image, form), name)
        ImageOps.exif_transpose(image, in_place=True)
        return image.copy() if form == "WEBP" else image  # a copy: its decoder's frames go with the original


def _check_jpeg(image: Image.Image, name: str) -> None:
    """Refuse a picture that has no room even at half its size; read one at half its size that has none at its own."""
    width, height = image.size
    pixel = _bytes_of(image, "JPEG") * (2 if _is_turned(image) else 1)
    kept = PROGRESSIVE_BYTES if image.info.get("progressive") else 0
    if width * height * (pixel + kept) > MOST_IMAGE_BYTES:
        image.draft(None, (width // 2, height // 2))  # None: the mode stays
        _check_room(width, height, kept + -(-pixel // 4), name)
    _check_room(width, height, 1, name)


def _bytes_of(image: Image.Image, form: str) -> int:
    """What a pixel takes, decoded and, where the format does not keep its mode, once more as it is kept."""
    return PIXEL_BYTES.get(image.mode, 4) + (0 if image.mode in MODES[form] else 4)


def _is_turned(image: Image.Image) -> bool:
    return int(image.getexif().get(ExifTags.Base.Orientation) or 1) != 1


def _painted_anew(picture: Image.Image, form: str) -> "File[bytes]":
    if picture.mode not in MODES[form]:
        picture = picture.convert(MODES[form][-1])
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    painted = _Painted()
    picture.save(painted, form, **QUALITY[form])
    return File(painted)


def _webp_size(content: "File[bytes]") -> tuple[int, int]:
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


def _check_room(width: int, height: int, pixel_bytes: int, name: str) -> None:
    """Refuse a picture of this size whose pixels take so many bytes each."""
    most = min(MOST_PIXELS, MOST_IMAGE_BYTES // pixel_bytes)
    if width * height > most:
        _refuse_pixels(most, name)


def _refuse_pixels(most: int, name: str) -> NoReturn:
    text = _("%(name)s has too many pixels. Make it smaller: %(most)s million are enough.")
    refuse("pixels", text % {"name": name, "most": most // 1_000_000})
