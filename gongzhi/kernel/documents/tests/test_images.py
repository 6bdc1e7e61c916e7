"""Of a picture only the pixels are kept, upright and no larger than needed."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.documents.images import LONGEST_SIDE, redraw
from gongzhi.kernel.documents.kinds import JPEG, PNG, WEBP
from gongzhi.kernel.documents.tests.factories import GPS, picture

KINDS = [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_place_camera_and_comments_stay_behind(name, kind):
    sent = picture(name, (60, 40), place=True)
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)

    kept = redraw(sent, kind)

    opened = Image.open(io.BytesIO(kept))
    assert opened.format == name
    assert not dict(opened.getexif())
    assert not opened.getexif().get_ifd(GPS)
    for trace in (b"FICTION", b"Exif", b"exif", b"eXIf", b"GPS", b"xmp"):
        assert trace not in kept


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_picture_is_turned_upright_before_its_orientation_is_lost(name, kind):
    kept = redraw(picture(name, (60, 40), place=True), kind)

    assert Image.open(io.BytesIO(kept)).size == (40, 60)


def test_a_large_picture_is_made_smaller_in_proportion():
    kept = redraw(picture("JPEG", (4000, 3000)), JPEG)

    assert Image.open(io.BytesIO(kept)).size == (LONGEST_SIDE, 1200)


def test_a_small_picture_keeps_its_size_and_colour():
    opened = Image.open(io.BytesIO(redraw(picture("PNG", (60, 40)), PNG)))

    assert opened.size == (60, 40)
    assert opened.convert("RGB").getpixel((5, 5)) == (0, 128, 128)


def test_what_is_hidden_behind_a_picture_stays_behind():
    kept = redraw(picture("JPEG") + b"PK\x03\x04 FICTION PASSENGER", JPEG)

    assert b"PASSENGER" not in kept


def test_transparency_is_kept():
    drawn = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 90)).save(drawn, "PNG")

    assert Image.open(io.BytesIO(redraw(drawn.getvalue(), PNG))).getpixel((2, 2)) == (255, 0, 0, 90)


@pytest.mark.parametrize("side", [9000, 60000], ids=["above-our-limit", "above-pillow's"])
def test_a_small_file_that_would_fill_the_memory_is_refused(side):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )

    with pytest.raises(NotPossible, match="像素过多"):
        redraw(bomb, PNG)


@pytest.mark.parametrize(
    ("name", "kind", "how", "fits"),
    [("JPEG", JPEG, {}, True), ("JPEG", JPEG, {"progressive": True}, False), ("PNG", PNG, {}, False)],
)
def test_what_can_only_be_unfolded_whole_may_have_fewer_pixels(name, kind, how, fits):
    drawn = io.BytesIO()
    Image.new("L", (6000, 5000)).save(drawn, name, **how)

    if fits:
        assert Image.open(io.BytesIO(redraw(drawn.getvalue(), kind))).size == (1600, 1333)
        return
    with pytest.raises(NotPossible, match="像素过多"):
        redraw(drawn.getvalue(), kind)


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_cut_picture_is_refused(name, kind):
    sent = picture(name, (200, 200))

    with pytest.raises(NotPossible, match="不完整或已损坏"):
        redraw(sent[: len(sent) // 2], kind)


def test_a_picture_of_another_kind_than_told_is_refused():
    with pytest.raises(NotPossible, match="不完整或已损坏"):
        redraw(picture("PNG"), JPEG)


@settings(max_examples=60)
@given(st.sampled_from(KINDS), st.data())
def test_broken_bytes_give_a_picture_or_a_refusal(pair, data):
    sent = bytearray(picture(pair[0], (24, 24), place=True))
    for _ in range(data.draw(st.integers(1, 6))):
        sent[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))

    try:
        kept = redraw(bytes(sent), pair[1])
    except NotPossible:
        return
    assert not dict(Image.open(io.BytesIO(kept)).getexif())
