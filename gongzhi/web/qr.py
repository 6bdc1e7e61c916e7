"""QR codes as inline SVG without style attributes."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


def qr_svg(text: str, title: str) -> SafeString:
    """A QR code holding ``text``; each dark run of a row becomes one stroke of a single path."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=2)  # type: ignore[type-arg]
    code.add_data(text)
    matrix = code.get_matrix()
    runs: list[str] = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length + 1
    size = len(matrix)
    return format_html(
        '<svg class="c-qr" viewBox="0 0 {} {}" role="img" shape-rendering="crispEdges"><title>{}</title>'
        '<path d="{}"/></svg>',
        size,
        size,
        title,
        "".join(runs),
    )
