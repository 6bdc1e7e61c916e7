"""Content tells its type; what is not on the list is refused with a way to bring it nevertheless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.documents import kinds
from gongzhi.kernel.documents.tests import factories


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (factories.picture("JPEG"), kinds.JPEG),
        (factories.picture("PNG"), kinds.PNG),
        (factories.picture("WEBP"), kinds.WEBP),
        (factories.PDF, kinds.PDF),
        (factories.DOCX, kinds.DOCX),
        (factories.XLSX, kinds.XLSX),
        (factories.ODT, kinds.ODT),
        (factories.ODS, kinds.ODS),
        (factories.OFD, kinds.OFD),
        (factories.MP3, kinds.MP3),
        (factories.TEXT, kinds.TEXT),
        ("路灯不亮".encode("gb18030"), kinds.TEXT),
        ("路灯不亮".encode("utf-16"), kinds.TEXT),
    ],
    ids=lambda value: value.ending if isinstance(value, kinds.FileType) else "",
)
def test_content_tells_its_type(content, kind):
    assert kinds.sniff(content) == kind


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "兼容性最佳"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 40, "兼容性最佳"),
        (b"\0\0\0\x18ftypisom" + b"\0" * 40, "截取关键画面"),
        (b"\0\0\0\x18ftypM4A " + b"\0" * 40, "转成 MP3"),
        (kinds.OLD_OFFICE + b"\0" * 40, "另存为 PDF、docx"),
        (factories.package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "带有宏"),
        (b"<!DOCTYPE html><p>x", "打印为 PDF"),
        (b"\xef\xbb\xbf  <svg onload='x'>", "打印为 PDF"),
        (b"MZ\x90\0" + b"\0" * 40, "这种文件不能上传"),
        (b"\x7fELF" + b"\0" * 40, "这种文件不能上传"),
        (b"GIF89a" + b"\1\0\1\0\x80\0\0", "这种文件不能上传"),
        (factories.package("anything.exe"), "这种文件不能上传"),
        (factories.package("word/document.xml"), "这种文件不能上传"),
        (b"PK\x03\x04 but no package", "不完整"),
        (factories.DOCX[:-30], "不完整"),
        (factories.PDF[:-10], "不完整"),
    ],
)
def test_what_is_not_on_the_list_is_refused_with_the_next_step(content, said):
    with pytest.raises(NotPossible, match=said):
        kinds.sniff(content)


def test_a_package_that_unfolds_without_end_is_refused():
    bomb = factories.package(
        "[Content_Types].xml",
        "word/document.xml",
        *(f"word/{n}.xml" for n in range(6)),
        filler=30 * 1024 * 1024,
    )

    assert len(bomb) < 1024 * 1024
    with pytest.raises(NotPossible, match="展开后过大"):
        kinds.sniff(bomb)


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\0\0\0\x18ftyp", b"\xff\xfe"])
)
def test_any_bytes_are_told_or_declined(content, start):
    try:
        assert kinds.sniff(start + content) in kinds.ACCEPTED
    except NotPossible as refusal:
        assert str(refusal).endswith("。")
