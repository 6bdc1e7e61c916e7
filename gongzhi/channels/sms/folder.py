"""Texts from a file, for trying out and for demonstrations: the same talk as through the signed door."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from gongzhi.base.declined import Declined
from gongzhi.channels.sms.door import read_text
from gongzhi.channels.sms.texts import take_text
from gongzhi.kernel.organisations.loading.report import RefusedRow


@dataclass
class Taken:
    """What came of a file: texts taken in, texts known before, lines left out and why."""

    taken: int = 0
    known: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def take_file(path: Path, region_code: str, now: datetime) -> Taken:
    """Take in each line of JSON as one text; a bad line is reported and left out, the others stay."""
    done = Taken()
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        text = read_text(line, region_code)
        if text is None:
            done.refused.append(
                RefusedRow(number, _('看不懂这一行。请写成 {"id": …, "phone": …, "text": …}。'))
            )
            continue
        try:
            is_new = take_text(text, now)
        except Declined as refusal:
            done.refused.append(RefusedRow(number, str(refusal)))
            continue
        done.taken += is_new
        done.known += not is_new
    return done
