"""Which encoding a text file is in. A guess is only taken when the whole file can be read with it.

Order: byte order mark, UTF-8, UTF-16 without a mark, then what charset-normalizer thinks of the first bytes.
"""

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from dashboard.domain.errors import UserError

SAMPLE = 256 * 1024
BLOCK = 1024 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What else is looked for. gb18030 contains GBK and GB2312; big5hkscs contains Big5; cp1252 nearly contains Latin-1.
LEGACY = ("gb18030", "big5hkscs", "big5", "cp1252", "latin_1")
_HINT = "name it with --encoding, e.g. gb18030, big5, utf-16, cp1252"


def find_encoding(path: Path, wanted: str = "") -> str:
    """The name of a Python codec that reads all of `path`: `wanted`, or the one found. Raises UserError."""
    with path.open("rb") as stream:
        head = stream.read(SAMPLE)
    if wanted:
        return _checked(path, _known(wanted, head))
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked:
        return _checked(path, marked)
    for name in ("utf-8", *_guesses(head)):
        if first_fault(path, name) is None:
            return name
    raise UserError("encoding", f"{path.name}: cannot tell its encoding", hint=_HINT)


def first_fault(path: Path, encoding: str) -> int | None:
    """Offset in bytes of about the first place that is not `encoding`; None: all of it is."""
    decoder, done = codecs.getincrementaldecoder(encoding)(), 0
    with path.open("rb") as stream:
        while True:
            block = stream.read(BLOCK)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return done + error.start
            if not block:
                return None
            done += len(block)


def _known(name: str, head: bytes) -> str:
    try:
        codecs.lookup(name)
        b"    ".decode(name, "replace")  # refuses codecs that are no text encodings
    except LookupError:
        raise UserError("encoding", "unknown encoding", got=name, hint=_HINT) from None
    is_utf8 = codecs.lookup(name).name == "utf-8"
    return "utf-8-sig" if is_utf8 and head.startswith(codecs.BOM_UTF8) else name


def _checked(path: Path, name: str) -> str:
    fault = first_fault(path, name)
    if fault is not None:
        raise UserError("encoding", f"{path.name}: not {name} at byte {fault:,}", hint=_HINT)
    return name


def _guesses(head: bytes) -> list[str]:
    """Likely encodings of bytes that are not UTF-8, the likeliest first."""
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if sum(zeros) > len(head) / 50:  # legacy encodings have no zero bytes
        return ["utf-16-be", "utf-16-le"] if zeros[0] > zeros[1] else ["utf-16-le", "utf-16-be"]
    sample = head[: head.rfind(b"\n") + 1] or head  # no half character at the end
    found = [match.encoding for match in from_bytes(sample, cp_isolation=list(LEGACY), threshold=0.5)]
    ranked = ["gb18030" if _is_common_chinese(sample) else "", *found, *LEGACY]
    return [name for name in dict.fromkeys(ranked) if name]


def _is_common_chinese(sample: bytes) -> bool:
    """Nearly all high pairs lie in GB 2312's everyday rows (16-55), where Big5's second bytes go below A1."""
    high = total = at = 0
    while at < len(sample) - 1:
        if sample[at] < 0x80:
            at += 1
            continue
        total += 1
        high += 0xA1 <= sample[at] <= 0xF7 and 0xA1 <= sample[at + 1] <= 0xFE
        at += 2
    return total > 1 and high / total > 0.97
