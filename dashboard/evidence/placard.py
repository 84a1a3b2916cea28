"""The picture that stands for evidence in the demo: it says what it is, so that nobody takes it for a record."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_SIZE, _TEXT = (960, 540), "DEMO - SYNTHETIC EVIDENCE"


def placard() -> bytes:
    """A grey PNG with the words on it; the same bytes every time."""
    image = Image.new("RGB", _SIZE, "gainsboro")
    draw = ImageDraw.Draw(image)
    draw.rectangle((24, 24, _SIZE[0] - 25, _SIZE[1] - 25), outline="dimgray", width=6)
    draw.text((_SIZE[0] / 2, _SIZE[1] / 2), _TEXT, fill="dimgray", anchor="mm", font=ImageFont.load_default(44))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
