"""A fingerprint of a picture as a whole, by which it is known again after being saved anew or made smaller.

It is the picture shrunk to 17 by 16 shades of grey, and for each pair of neighbours whether it gets lighter to the right: 256
signs. Nothing is looked for in the picture: no face, no person, no plate, no text, no place. Nobody can be told from it, and no
picture can be made from it again. Only what offices file as proof of their work gets one, and only files of one unit are compared.
"""

import io
from typing import Final

from PIL import Image

SIDE: Final = 16
#: Neighbours that differ by fewer shades than this (of 256) are even: their sign would be chance.
EVEN: Final = 2
#: A picture with fewer uneven pairs, such as a page of paper, shows too little to be told from another.
FEWEST_UNEVEN: Final = 128


def fingerprint(content: bytes) -> str:
    """Return 256 signs as 64 hexadecimal digits; "" for a picture that shows too little. *content* is a readable picture."""
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("L", (SIDE * 8, SIDE * 8))
        small = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    shades = small.tobytes()
    signs = uneven = 0
    for row in range(SIDE):
        for column in range(SIDE):
            at = row * (SIDE + 1) + column
            change = shades[at + 1] - shades[at]
            signs = signs << 1 | (change > 0)
            uneven += abs(change) >= EVEN
    return f"{signs:064x}" if uneven >= FEWEST_UNEVEN else ""
