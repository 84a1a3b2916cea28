"""Files come in any usual encoding; what is not told is found out, and checked on the whole file."""

import codecs

import pytest

from dashboard.domain.errors import UserError
from dashboard.imports.encoding import BLOCK, find_encoding

SIMPLE = "编号,时间,内容\n1,2026-05-04,小区门口夜间施工噪声扰民，请尽快处理\n2,2026-05-05,消防通道被电动自行车占用\n"
TRADITIONAL = "編號,時間,內容\n1,2026-05-04,社區門口夜間施工噪音擾民，請儘快處理\n2,2026-05-05,消防通道被機車佔用\n"
LATIN = "id,date,texte\n1,2026-05-04,Éclairage défectueux près de la mairie, à vérifier\n2,2026-05-05,Bruit la nuit\n"
ENCODINGS = [
    (SIMPLE, "utf-8", b""),
    (SIMPLE, "utf-8", codecs.BOM_UTF8),
    (SIMPLE, "gb18030", b""),
    (SIMPLE, "gbk", b""),
    (SIMPLE, "gb2312", b""),
    (SIMPLE, "utf-16-le", codecs.BOM_UTF16_LE),
    (SIMPLE, "utf-16-be", codecs.BOM_UTF16_BE),
    (SIMPLE, "utf-16-le", b""),
    (SIMPLE, "utf-16-be", b""),
    (TRADITIONAL, "big5", b""),
    (TRADITIONAL * 50, "big5", b""),
    (LATIN, "latin-1", b""),
    (LATIN, "cp1252", b""),
    ("id,text\n1,plain\n", "ascii", b""),
]


@pytest.mark.parametrize("text, encoding, mark", ENCODINGS)
def test_the_encoding_found_reads_the_file_as_it_was_written(tmp_path, text, encoding, mark):
    file = tmp_path / "rows.csv"
    file.write_bytes(mark + text.encode(encoding))
    assert file.read_bytes().decode(find_encoding(file)) == text


def test_one_bad_byte_far_down_is_found(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_bytes(b"id,text\n" + b"1,plain\n" * (BLOCK // 4) + b"2,\xe9t\xe9 \n")
    assert find_encoding(file) not in ("utf-8", "ascii")
    with pytest.raises(UserError, match="not utf-8 at byte 2,0"):
        find_encoding(file, "utf-8")


@pytest.mark.parametrize("name", ["klingon", "zlib"])
def test_an_encoding_that_is_none_is_refused_with_a_hint(tmp_path, name):
    file = tmp_path / "rows.csv"
    file.write_bytes(b"a\n")
    with pytest.raises(UserError, match="gb18030"):
        find_encoding(file, name)


def test_a_named_encoding_is_taken(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_bytes("编号\n".encode("gb18030"))
    assert find_encoding(file, "GBK") == "GBK"
