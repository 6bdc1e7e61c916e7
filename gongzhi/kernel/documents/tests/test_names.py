"""A name that people gave becomes one that is safe to keep and to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.kernel.documents.names import LONGEST_NAME, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("路灯.jpg", "路灯.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\照片\\井盖 (2).JPG", "井盖 (2).pdf"),
        ("合同\u202efdp.exe", "合同fdp.pdf"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie_ x.pdf"),
        ('"><script>.html', "___script_.pdf"),
        ("", "附件.pdf"),
        ("...", "附件.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("con", "附件 con.pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_its_content_does(given_name, kept):
    assert safe_name(given_name, ".pdf") == kept


@given(st.text(max_size=200))
def test_no_name_leaves_its_folder_or_breaks_a_header(given_name):
    kept = safe_name(given_name, ".pdf")

    assert 4 < len(kept) <= LONGEST_NAME + 10
    assert kept.endswith(".pdf")
    assert not kept.startswith(".")
    assert not set(kept) & set('/\\"<>\r\n\0%;')
    assert kept.isprintable()
