"""Photos: what goes in, what comes out, who sees it; files built here, each a way to send the wrong thing."""

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from PIL import ExifTags, Image
from sqlalchemy import func, select

from data.models import Attachment
from tests.dashboard.api.client import FIRE, Api, digest, picture


def _png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def _with_exif(**how) -> bytes:
    """A photo as a phone writes it: taken on its side, with position, device and time."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Maker", "Model-SERIAL-123"
    told = exif.get_ifd(ExifTags.IFD.Exif)
    told[ExifTags.Base.DateTimeOriginal], told[ExifTags.Base.OffsetTimeOriginal] = "2026:06:22 09:31:05", "+08:00"
    told[ExifTags.Base.BodySerialNumber] = "SERIAL-123"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (28.0, 7.0, 33.3)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", (120.0, 57.0, 12.1)
    return picture(size=(1200, 800), exif=exif, comment=b"secret comment", **how)


WHOLE = picture(7, size=(900, 700))
REFUSED = {  # name: bytes, status, code
    "html disguised as a picture": (b"<!doctype html><script>alert(1)</script>", 400, "picture"),
    "html behind a picture's first bytes": (b"\xff\xd8\xff\xe0<html>", 400, "picture"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 400, "picture"),
    "nothing": (b"", 400, "picture"),
    "cut off": (WHOLE[: len(WHOLE) // 2], 400, "picture"),
    "cut off png": (picture(form="PNG")[:-200], 400, "picture"),
    "gif": (picture(form="GIF"), 400, "picture"),
    "a bomb of 100 million pixels": (_png(10_000, 10_000), 400, "picture"),
    "a bomb of 60 million pixels": (_png(10_000, 6_000), 400, "picture"),
    "a bomb of a billion pixels": (_png(40_000, 40_000), 400, "picture"),
    "too large": (WHOLE + b"\0" * (12 * 1024 * 1024), 413, "too_large"),
}


def test_what_is_no_picture_is_refused_and_leaves_nothing(api: Api):
    wrong = []
    for name, (data, status, code) in REFUSED.items():
        answer = api.by("grid").put(data)
        if (answer.status, answer.body["error"]) != (status, code):
            wrong.append((name, answer.status, answer.body))
    assert wrong == []
    assert api.files() == []
    assert _count(api) == 0


def test_bytes_that_changed_on_the_way_are_refused(api: Api):
    answer = api.by("grid").put(WHOLE, sha256=digest(b"other"))
    assert (answer.status, answer.body["error"]) == (400, "sha256")
    assert api.by("grid").put(WHOLE, sha256="zz").status == 400
    assert api.by("grid").put(WHOLE, media="text/html").status == 415
    assert api.by(None).put(WHOLE).status == 401
    assert api.by("administrator").put(WHOLE).status == 404
    assert api.files() == []


def test_a_photo_is_kept_upright_without_anything_the_camera_wrote(api: Api):
    sent = _with_exif()
    assert b"SERIAL-123" in sent
    kept = api.by("grid").put(sent)
    assert kept.status == 201
    assert (kept.body["original"], kept.body["width"], kept.body["height"]) == (digest(sent), 800, 1200)
    for size, longest in (("full", 1200), ("thumb", 320)):
        got = api.by("grid").get(f"/evidence/{kept.body['sha256']}?size={size}")
        image = Image.open(BytesIO(got.data))
        assert (got.status, image.format, max(image.size)) == (200, "JPEG", longest)
        assert image.size[0] < image.size[1]
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & image.info.keys()
        assert not any(word in got.data for word in (b"SERIAL", b"Maker", b"secret", b"Exif", b"GPS"))
        assert "private" in got.headers["Cache-Control"]
        assert "immutable" in got.headers["Cache-Control"]
        assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert digest(api.by("grid").get(f"/evidence/{kept.body['sha256']}").data) == kept.body["sha256"]
    with api.deps.database.read() as session:
        assert session.scalar(select(Attachment.taken_at)).isoformat() == "2026-06-22T01:31:05+00:00"


def test_forms_of_pictures_and_large_ones_are_redrawn(api: Api):
    for data in (picture(1, form="PNG"), picture(2, form="WEBP"), picture(3, size=(6000, 4000))):
        kept = api.by("grid").put(data).body
        assert max(kept["width"], kept["height"]) <= 2048
        assert Image.open(BytesIO(api.by("grid").get(f"/evidence/{kept['sha256']}").data)).mode == "RGB"
    clear = BytesIO()
    Image.new("RGBA", (50, 40), (255, 0, 0, 0)).save(clear, "PNG")
    kept = api.by("grid").put(clear.getvalue()).body
    assert Image.open(BytesIO(api.by("grid").get(f"/evidence/{kept['sha256']}").data)).getpixel((5, 5)) == (
        255,
        255,
        255,
    )


def test_a_photo_sent_again_is_answered_without_being_drawn_again(api: Api):
    first, second = api.by("grid").put(WHOLE), api.by("grid").put(WHOLE)
    assert (first.status, second.status) == (201, 200)
    assert second.body == {**first.body, "repeated": True}
    assert api.by("grid")("HEAD", f"/evidence/{digest(WHOLE)}").status == 200
    assert api.by("grid")("HEAD", f"/evidence/{digest(b'other')}").status == 404
    assert _count(api) == 1
    assert len(api.files()) == 2


def test_a_photo_sent_by_many_threads_is_one_file(api: Api):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _n: api.by("grid").put(WHOLE), range(6)))
    assert {answer.body["sha256"] for answer in answers} == {answers[0].body["sha256"]}
    assert {answer.status for answer in answers} <= {200, 201}
    assert _count(api) == 1


def test_two_files_that_look_the_same_are_each_found_by_their_own_hash(api: Api):
    one, other = picture(9, form="PNG"), picture(9, form="PNG", compress_level=1)
    assert one != other
    kept = [api.by("grid").put(data).body for data in (one, other)]
    assert kept[0]["sha256"] != kept[1]["sha256"]
    case = api.by("grid").report(evidence=[digest(one), digest(other)]).body
    assert api.by("grid").dossier(case)["steps"][0]["evidence"] == [one["sha256"] for one in kept]


def test_a_report_names_photos_by_either_hash_and_shows_them_in_order(api: Api):
    shots = [picture(shade) for shade in (200, 10, 90)]
    stored = [api.by("grid").put(shot).body["sha256"] for shot in shots]
    case = api.by("grid").report(evidence=[digest(shots[0]), stored[1], digest(shots[2]).upper(), stored[0]]).body
    assert api.by("dispatcher").dossier(case)["steps"][0]["evidence"] == stored


def test_a_photo_is_seen_by_its_sender_until_a_case_shows_it_then_by_who_may_see_the_case(api: Api):
    stored = api.by("grid").put(WHOLE).body["sha256"]
    before = {"grid": 200, "dispatcher": 404, "leader": 404, "administrator": 404, None: 401}
    assert {login: api.by(login).get(f"/evidence/{stored}").status for login in before} == before
    case = api.by("grid").report(evidence=[stored]).body
    after = {"grid": 200, "dispatcher": 200, "leader": 200, "auditor": 200, "handler": 404, "grid3": 404, "grid4": 404,
             "dispatcher2": 404, "administrator": 404, None: 401}  # fmt: skip
    assert {login: api.by(login).get(f"/evidence/{stored}").status for login in after} == after
    for action, inputs in (("accept", {}), ("dispatch", {"unit": FIRE})):
        api.by("dispatcher").act(case, action, inputs=inputs)
    assert api.by("handler").get(f"/evidence/{stored}").status == 200
    assert api.by("handler2").get(f"/evidence/{stored}").status == 404


def test_another_persons_photo_cannot_be_shown_by_its_stored_hash(api: Api):
    stored = api.by("grid").put(WHOLE).body["sha256"]
    answer = api.by("dispatcher2").report(place="K2", evidence=[stored])
    assert (answer.status, answer.body["error"]) == (400, "evidence")


def test_photos_of_a_sensitive_case_are_for_those_who_work_on_it(api: Api):
    kind = next(one.key for one in api.deps.catalog.kinds.values() if one.sensitive)
    stored = api.by("grid").put(WHOLE).body["sha256"]
    case = api.by("grid").report(kind=kind, evidence=[stored]).body
    seen = {"dispatcher": 200, "verifier": 200, "leader": 404, "auditor": 404, "evaluator": 404}
    assert {login: api.by(login).get(f"/evidence/{stored}").status for login in seen} == seen
    assert api.by("leader").dossier(case)["steps"][0]["evidence"] == []


def _count(api: Api) -> int:
    with api.deps.database.read() as session:
        return session.scalar(select(func.count()).select_from(Attachment))
