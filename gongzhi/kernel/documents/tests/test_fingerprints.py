"""A picture is known again after it was saved anew or made smaller; another is another, and a page of paper says nothing."""

import io

import numpy as np
from PIL import Image, ImageDraw

from gongzhi.kernel.documents.fingerprints import fingerprint
from gongzhi.kernel.documents.images import redraw
from gongzhi.kernel.documents.kinds import JPEG


def a_scene(seed):
    """A picture with coarse patches of light and dark."""
    coarse = np.random.default_rng(seed).integers(0, 255, (20, 26), dtype=np.uint8)
    return Image.fromarray(coarse).resize((640, 480), Image.Resampling.BICUBIC).convert("RGB")


def saved(picture, quality=90):
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return redraw(content.getvalue(), JPEG)


def apart(one, other):
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_a_picture_saved_anew_or_made_smaller_keeps_its_fingerprint_and_another_has_another():
    first, other = fingerprint(saved(a_scene(1))), fingerprint(saved(a_scene(2)))

    assert len(first) == 64
    assert apart(first, fingerprint(saved(a_scene(1), quality=30))) <= 15
    assert apart(first, fingerprint(saved(a_scene(1).resize((200, 150))))) <= 15
    assert apart(first, other) > 60


def test_a_page_of_paper_shows_too_little():
    page = Image.new("RGB", (800, 1100), "white")
    for line in range(80, 1000, 24):
        ImageDraw.Draw(page).line((80, line, 600, line), fill=(40, 40, 40), width=4)

    assert fingerprint(saved(page)) == ""
    assert fingerprint(saved(Image.new("RGB", (300, 300), (90, 90, 90)))) == ""
