"""Pictures from outside, made harmless: checked by what they are, drawn anew, without anything a camera wrote into them.

Answers for JPEG, PNG and WebP. Nothing of the original survives but its pixels, and the time it was taken where the
camera says so with its zone; position, device and previews are dropped.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from threading import BoundedSemaphore

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from dashboard.domain.errors import UserError

BYTES, PIXELS = 12 * 1024 * 1024, 50_000_000
SIDE, THUMB_SIDE = 2048, 320  # longest, in pixels
MEDIA_TYPE = "image/jpeg"
_FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (82, 83, 84, 81, 80)  # the first is used, see services.evidence
_THUMB_QUALITY = 76
_AT_ONCE = BoundedSemaphore(2)
"""A picture of the most pixels takes some 200 MB while it is drawn."""
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError)
"""What Pillow's readers raise for files that are cut off or made up."""


class NotAPicture(UserError):
    """What was sent is no picture that can be kept."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`full` and `thumb` are JPEG. `taken_at`: aware, None where the camera did not say or said no zone."""

    full: bytes
    thumb: bytes
    width: int
    height: int
    taken_at: datetime | None


def draw(data: bytes, quality: int = QUALITIES[0]) -> Picture:
    """The picture, redrawn. Raises NotAPicture."""
    with _AT_ONCE:
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                return _drawn(image, quality)
        except _BOMBS:
            raise _too_large() from None
        except UnidentifiedImageError:
            raise NotAPicture("picture", "not a picture that can be read", allowed=_FORMATS) from None
        except _BROKEN as error:
            if isinstance(error, UserError):
                raise
            hint = "send it again, or take another"
            raise NotAPicture("picture", "the picture is broken or cut off", allowed=_FORMATS, hint=hint) from None


def _drawn(image: Image.Image, quality: int) -> Picture:
    if image.width * image.height > PIXELS:
        raise _too_large()
    taken_at = _taken_at(image)
    image.draft("RGB", (SIDE, SIDE))  # a large JPEG is read at a half, a quarter or an eighth
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    plain = _on_white(upright)
    small = plain.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Picture(_jpeg(plain, quality), _jpeg(small, _THUMB_QUALITY), plain.width, plain.height, taken_at)


def _on_white(image: Image.Image) -> Image.Image:
    """A new image of the pixels alone, what was transparent white."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    ground = Image.new("RGB", image.size)
    ground.paste(image.convert("RGB"))
    return ground


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _taken_at(image: Image.Image) -> datetime | None:
    told = image.getexif().get_ifd(ExifTags.IFD.Exif)
    text = f"{told.get(ExifTags.Base.DateTimeOriginal, '')} {told.get(ExifTags.Base.OffsetTimeOriginal, '')}"
    try:
        at = datetime.strptime(text, "%Y:%m:%d %H:%M:%S %z")
    except ValueError:
        return None
    return at if at.year >= 1990 and abs(at.utcoffset()) <= timedelta(hours=14) else None


def _too_large() -> NotAPicture:
    return NotAPicture("picture", "the picture has too many pixels", allowed=f"at most {PIXELS // 1_000_000} million")
