"""A quarter of replies and photos of fictional units, with copied replies and reused photos planted among them.

Replies are put together from phrases of the kind of matter, of the unit's own habits and of politeness that everybody uses; many are
rightly the same: one outage told by many, one rule explained to several, linked matters answered together. Scenes are drawn
from noise like that of natural pictures with blocks before it, and stored as the house stores uploads.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from PIL import Image, ImageDraw

from gongzhi.insight.integrity.facts import Matter, Photo, Reply
from gongzhi.kernel.documents.fingerprints import fingerprint
from gongzhi.kernel.documents.images import redraw
from gongzhi.kernel.documents.kinds import JPEG

BEGIN = datetime(2026, 7, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS, PLACES = 14, 120
#: Signs of which phrases are made, so that no two kinds of phrases share many triples.
SIGNS = [chr(0x4E00 + 7 * number) for number in range(2500)]
POLITE = ("您反映的问题收悉，现将办理情况答复如下。", "感谢您对我们工作的理解和支持，如有疑问请与我们联系。")


@dataclass
class Quarter:
    """The facts of a quarter, and the groups of cases that were planted."""

    facts: list[Any] = field(default_factory=list)
    planted: list[frozenset[int]] = field(default_factory=list)


class Writer:
    """Writes the replies of one unit: phrases of the kind of matter, habits of the unit, and what is of the matter."""

    def __init__(self, draw: np.random.Generator) -> None:
        self.draw = draw
        self.habits = [self._phrase(9) for _ in range(12)]
        self.of_kind = [[self._phrase(9) for _ in range(25)] for _ in range(KINDS)]

    def _phrase(self, length: int) -> str:
        return "".join(self.draw.choice(SIGNS, length))

    def text(self, kind: int) -> str:
        """Return a reply of some hundred signs; half of it is usual for the kind or the unit."""
        parts = [*self.draw.choice(self.of_kind[kind], 3, replace=False), *self.draw.choice(self.habits, 2)]
        parts += [self._phrase(9) for _ in range(4)]
        self.draw.shuffle(parts)
        return self.signed("，".join(parts))

    def signed(self, body: str) -> str:
        """Return a body with what changes by itself: name, date, number, and polite words."""
        name, day = self.draw.choice(list("赵钱孙李周吴")), self.draw.integers(1, 28)
        number = self.draw.integers(1, 9_999_999)
        return f"{name}先生您好！{POLITE[0]}（410523-{number:07d}）{body}，9月{day}日办结。{POLITE[1]}"

    def changed(self, body: str, share: float) -> str:
        """Return a body of which a *share* of the phrases is written anew."""
        parts = body.split("，")
        for place in self.draw.choice(len(parts), round(share * len(parts)), replace=False):
            parts[place] = self._phrase(9)
        return "，".join(parts)


def replies(seed: int, changed: float | None, units: int, each: int) -> Quarter:
    """Return a quarter in which every third unit answers matters that differ with one text.

    Of the phrases a share is *changed* each time, and name, date and number; None copies letter for letter.
    """
    draw, quarter = np.random.default_rng(seed), Quarter()
    for unit in range(units):
        writer, taken = Writer(draw), _Matters(draw, unit)
        for number in range(each):
            kind = int(draw.integers(KINDS))
            outcome = "solved" if draw.random() < 0.6 else "explained"
            quarter.facts.append(_reply(taken.next(kind), writer.text(kind), outcome))
            if number % 40 == 0:
                quarter.facts += _rightly_the_same(draw, writer, taken, kind)
        if unit % 3 == 0:
            quarter.facts += _copied(draw, writer, taken, changed, quarter)
    draw.shuffle(quarter.facts)
    return quarter


class _Matters:
    """Numbers the matters of a unit."""

    def __init__(self, draw: np.random.Generator, unit: int) -> None:
        self.draw, self.unit, self.last = draw, unit, unit * 100_000

    def next(self, kind: int, place: int | None = None, day: float | None = None) -> Matter:
        """Return another matter, at any place and time unless these are given."""
        self.last += 1
        at = self.draw.integers(PLACES) if place is None else place
        when = float(self.draw.uniform(0, 90)) if day is None else day
        region = f"4105231{int(at):05d}"
        return Matter(
            case=self.last, unit=self.unit, category=kind, region_code=region, at=BEGIN + timedelta(days=when)
        )


def _reply(matter: Matter, text: str, outcome: str, act: str = "") -> Reply:
    return Reply(matter=matter, text=text, outcome=outcome, act=act or str(matter.case))


def _rightly_the_same(draw: np.random.Generator, writer: Writer, taken: _Matters, kind: int) -> list[Reply]:
    """One happening told by twelve, one rule explained to ten, eight linked matters answered together."""
    outage, rule, linked = writer.text(kind), writer.text(kind), writer.text(kind)
    place, day = int(draw.integers(PLACES)), float(draw.uniform(0, 80))
    act = f"together {taken.last}"
    return [
        *(
            _reply(taken.next(kind, place, day + float(draw.uniform(0, 3))), outage, "solved")
            for _ in range(12)
        ),
        *(_reply(taken.next(kind), rule, "explained") for _ in range(10)),
        *(_reply(taken.next(kind), linked, "solved", act) for _ in range(8)),
    ]


def _copied(
    draw: np.random.Generator, writer: Writer, taken: _Matters, changed: float | None, quarter: Quarter
) -> list[Reply]:
    body = "，".join(writer._phrase(9) for _ in range(10))
    made, first = [], writer.signed(body)
    for number in range(int(draw.integers(8, 20))):
        words = writer.signed(writer.changed(body, changed)) if number and changed is not None else first
        made.append(_reply(taken.next(int(draw.integers(KINDS))), words, "solved"))
    quarter.planted.append(frozenset(one.matter.case for one in made))
    return made


def exactly_the_same(told: list[Reply]) -> list[frozenset[int]]:
    """Name by a fixed rule five or more replies of a unit with the very same text."""
    groups: dict[tuple[int, str], set[int]] = {}
    for one in told:
        groups.setdefault((one.matter.unit, one.text), set()).add(one.matter.case)
    return [frozenset(cases) for cases in groups.values() if len(cases) >= 5]


def scene(draw: np.random.Generator, width: int = 480, height: int = 360) -> Image.Image:
    """Return a picture like one taken outdoors: light above, dark below, texture, and blocks."""
    steps = np.fft.fftfreq(height)[:, None] ** 2 + np.fft.rfftfreq(width)[None, :] ** 2
    steps[0, 0] = 1
    waves = (draw.normal(size=steps.shape) + 1j * draw.normal(size=steps.shape)) / steps**0.75
    texture = np.fft.irfft2(waves, s=(height, width))
    texture = 28 * (texture - texture.mean()) / texture.std()
    ground = np.where(np.arange(height)[:, None] < height * draw.uniform(0.3, 0.5), 190, 110)
    picture = Image.fromarray(np.clip(ground + texture, 0, 255).astype("uint8")).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for _ in range(int(draw.integers(3, 9))):
        left, low = int(draw.integers(width)), int(draw.integers(height // 4, height))
        wide, high = int(draw.integers(20, 120)), int(draw.integers(20, 150))
        pen.rectangle((left, low - high, left + wide, low), fill=tuple(draw.integers(30, 220, 3).tolist()))
    return picture


def saved(picture: Image.Image, quality: int = 90) -> bytes:
    """Return a picture as the house keeps it."""
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return redraw(content.getvalue(), JPEG)


def cropped(picture: Image.Image, share: float, draw: np.random.Generator) -> Image.Image:
    """Return a picture without a *share* of its width and height on each side, a little more or less each time."""
    wide, high = picture.size
    left, top, right, low = share * draw.uniform(0.5, 1.5, 4)
    return picture.crop((int(wide * left), int(high * top), int(wide * (1 - right)), int(high * (1 - low))))


def stamped(picture: Image.Image, draw: np.random.Generator) -> Image.Image:
    """Return a picture with a white field in a corner, as cameras write the date, and a word in it."""
    marked, pen = picture.copy(), int(draw.integers(310, 430))
    ImageDraw.Draw(marked).rectangle((300, 325, 470, 350), fill=(255, 255, 255))
    ImageDraw.Draw(marked).rectangle((pen, 330, pen + 30, 345), fill=(20, 20, 20))
    return marked


CHANGES: dict[str, Callable[[Image.Image, np.random.Generator], bytes]] = {
    "the same file": lambda picture, draw: saved(picture),
    "saved anew, quality 30 to 80": lambda picture, draw: saved(picture, int(draw.integers(30, 80))),
    "a third to nine tenths as large": lambda picture, draw: saved(smaller(picture, draw)),
    "stamped": lambda picture, draw: saved(stamped(picture, draw)),
    "cropped by about 1 %": lambda picture, draw: saved(cropped(picture, 0.01, draw)),
    "cropped by about 3 %": lambda picture, draw: saved(cropped(picture, 0.03, draw)),
    "cropped by about 10 %": lambda picture, draw: saved(cropped(picture, 0.1, draw)),
}


def smaller(picture: Image.Image, draw: np.random.Generator) -> Image.Image:
    """Return a picture made smaller."""
    share = draw.uniform(0.33, 0.9)
    return picture.resize((int(picture.width * share), int(picture.height * share)))


def photos(seed: int, change: str, units: int, each: int) -> Quarter:
    """Return a quarter in which every third unit files one picture, changed, for four matters."""
    draw, quarter = np.random.default_rng(seed), Quarter()
    for unit in range(units):
        taken = _Matters(draw, unit)
        for number in range(each):
            kind, content = int(draw.integers(KINDS)), saved(scene(draw))
            quarter.facts.append(_photo(first := taken.next(kind), content))
            if number % 20 == 0:  # one happening told by three
                told = [replace(first, case=taken.next(kind).case) for _ in range(2)]
                quarter.facts += [_photo(one, content) for one in told]
        if unit % 3 == 0:
            picture = scene(draw)
            made = [_photo(taken.next(int(draw.integers(KINDS))), saved(picture))]
            made += [
                _photo(taken.next(int(draw.integers(KINDS))), CHANGES[change](picture, draw))
                for _ in range(3)
            ]
            quarter.facts += made
            quarter.planted.append(frozenset(one.matter.case for one in made))
    draw.shuffle(quarter.facts)
    return quarter


def _photo(matter: Matter, content: bytes) -> Photo:
    return Photo(matter=matter, sha256=hashlib.sha256(content).hexdigest(), fingerprint=fingerprint(content))


def the_same_file(filed: list[Photo]) -> list[frozenset[int]]:
    """Name by a fixed rule every file that one unit filed for two or more matters."""
    groups: dict[tuple[int, str], set[int]] = {}
    for one in filed:
        groups.setdefault((one.matter.unit, one.sha256), set()).add(one.matter.case)
    return [frozenset(cases) for cases in groups.values() if len(cases) >= 2]
