"""The look keeps its promises: readable contrast, light pages, nothing a strict content policy would drop."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "web" / "static" / "web" / "css"
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
APP_CSS = (CSS / "app.css").read_text(encoding="utf-8")

READABLE = [
    ("ink", "surface"),
    ("ink", "bg"),
    ("ink-2", "surface"),
    ("ink-2", "bg"),
    ("ink-3", "surface"),
    ("ink-3", "bg"),
    ("ink-2", "slate-50"),
    ("ink-3", "sunken"),
    ("brand", "surface"),
    ("brand", "bg"),
    ("brand", "brand-50"),
    ("brand-h", "brand-100"),
    ("surface", "brand"),
    ("surface", "brand-h"),
    ("surface", "brand-d"),
    ("hero-text", "brand-d"),
    ("surface", "seal"),
    ("surface", "seal-h"),
    ("seal", "seal-50"),
    ("ok", "ok-50"),
    ("warn", "warn-50"),
    ("bad", "bad-50"),
    ("bad", "surface"),
    ("violet", "violet-50"),
    ("ink-3", "violet-50"),
]
VISIBLE = [("line-2", "surface"), ("focus", "surface"), ("focus-halo", "brand"), ("ok-s", "surface")]


def _tokens(selector: str) -> dict[str, str]:
    block = APP_CSS.split(selector + " {", 1)[1].split("}", 1)[0]
    found = re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block)
    return {
        name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:]) for name, value in found
    }


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STANDARD = _tokens(":root")
ELDER = {**STANDARD, **_tokens("html[data-elder]")}


def test_contrast_is_computed_as_the_guideline_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("tokens", [STANDARD, ELDER], ids=["standard", "elder"])
@pytest.mark.parametrize(("text", "ground"), READABLE)
def test_text_is_readable_on_its_ground(tokens: dict[str, str], text: str, ground: str) -> None:
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [STANDARD, ELDER], ids=["standard", "elder"])
@pytest.mark.parametrize(("mark", "ground"), VISIBLE)
def test_borders_and_focus_are_visible(tokens: dict[str, str], mark: str, ground: str) -> None:
    assert contrast(tokens[mark], tokens[ground]) >= 3


def test_the_style_sheets_stay_light() -> None:
    assert len(gzip.compress(APP_CSS.encode())) <= 9_000
    assert len(gzip.compress((CSS / "staff.css").read_bytes())) <= 6_000


def test_the_style_sheets_use_nothing_old_browsers_drop() -> None:
    both = re.sub(r"/\*.*?\*/", "", APP_CSS + (CSS / "staff.css").read_text(encoding="utf-8"), flags=re.S)
    for unknown in ("@layer", ":has(", "color-mix(", "@import", "http://", "https://"):
        assert unknown not in both


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_inline_style_script_or_event(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<[^>]*\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script, script
