"""The file of a model: a zip of plain numbers and JSON with a digest of each part; nothing in it can run."""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.insight.triage.bands import Calibration
from gongzhi.insight.triage.model import Limits, Model

FORMAT: Final = "gongzhi-triage-3"
LARGEST: Final = 40 * 2**20  # bytes of the file
LARGEST_UNPACKED: Final = 160 * 2**20
SAME_DAY: Final = (1980, 1, 1, 0, 0, 0)  # so that the same model is the same bytes
CONTENTS, FEATURES = "model.json", "features.txt"
BROKEN: Final = (
    *(OSError, EOFError, RuntimeError, ValueError, KeyError, TypeError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)
ARRAYS: Final = {"rarity": "<f4", "weights": "<f2", "intercepts": "<f4", "margins": "<f8", "shares": "<f8"}


def save(model: Model, path: Path) -> None:
    """Write a model; it takes its place only when it is whole. Raises NotPossible when it grew too large."""
    raw = packed(model)
    if len(raw) > LARGEST:
        raise NotPossible(
            gettext_noop("模型有 %(size)s MB，超过上限 %(most)s MB。请减少类别，或用较少的诉求训练。"),
            size=len(raw) >> 20,
            most=LARGEST >> 20,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    half.write_bytes(raw)
    half.replace(path)


def packed(model: Model) -> bytes:
    """Return the bytes of a model; the same model gives the same bytes."""
    parts = {
        FEATURES: "\n".join(model.features).encode(),
        "rarity": _raw(model.rarity, "rarity"),
        "weights": _raw(model.weights, "weights"),
        "intercepts": _raw(model.intercepts, "intercepts"),
        "margins": _raw(model.calibration.margins, "margins"),
        "shares": _raw(model.calibration.shares, "shares"),
    }
    contents = {
        "format": FORMAT,
        "categories": model.categories,
        "fillers": sorted(model.fillers),
        "bounds": model.bounds,
        "limits": asdict(model.limits),
        "card": model.card,
        "sha256": {name: hashlib.sha256(part).hexdigest() for name, part in parts.items()},
    }
    told = json.dumps(contents, ensure_ascii=False, sort_keys=True).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, part in {CONTENTS: told, f"{CONTENTS}.sha256": _digest(told), **parts}.items():
            file.writestr(zipfile.ZipInfo(name, SAME_DAY), part, zipfile.ZIP_DEFLATED, 6)
    return written.getvalue()


def load(path: Path) -> Model:
    """Read a model; raise NotPossible, with the next step, when it is missing, damaged, too large or of another version."""
    try:
        if path.stat().st_size > LARGEST:
            raise _refused(path)
        with zipfile.ZipFile(path) as file:
            return _model(_checked(file))
    except FileNotFoundError as missing:
        raise NotPossible(
            gettext_noop("没有模型文件「%(file)s」。请先运行 gongzhi triage train。"), file=path.name
        ) from missing
    except BROKEN as broken:
        raise _refused(path) from broken


def _refused(path: Path) -> NotPossible:
    return NotPossible(
        gettext_noop(
            "模型文件「%(file)s」已损坏、过大或版本不符，没有使用。请重新运行 gongzhi triage train，或换用备份。"
        ),
        file=path.name,
    )


def _checked(file: zipfile.ZipFile) -> dict[str, bytes]:
    """Read all parts after looking at their sizes, and compare each with its digest."""
    if sum(one.file_size for one in file.infolist()) > LARGEST_UNPACKED:
        raise ValueError("too large unpacked")
    told = file.read(CONTENTS)
    if file.read(f"{CONTENTS}.sha256") != _digest(told):
        raise ValueError("the contents do not fit their digest")
    contents = json.loads(told)
    if contents["format"] != FORMAT:
        raise ValueError("another version")
    parts = {name: file.read(name) for name in (FEATURES, *ARRAYS)}
    for name, part in parts.items():
        if hashlib.sha256(part).hexdigest() != contents["sha256"][name]:
            raise ValueError(f"{name} does not fit its digest")
    return {CONTENTS: told, **parts}


def _model(parts: Mapping[str, bytes]) -> Model:
    contents: dict[str, Any] = json.loads(parts[CONTENTS])
    arrays = {name: np.frombuffer(parts[name], kind) for name, kind in ARRAYS.items()}
    features = {name: at for at, name in enumerate(parts[FEATURES].decode().split("\n"))}
    categories = tuple(str(one) for one in contents["categories"])
    if len(arrays["rarity"]) != len(features) or len(arrays["intercepts"]) != len(categories):
        raise ValueError("parts of different lengths")
    if not all(np.isfinite(one).all() for one in arrays.values()):
        raise ValueError("not a number")
    return Model(
        categories=categories,
        features=features,
        rarity=arrays["rarity"],
        weights=arrays["weights"].reshape(len(features), len(categories)).astype(np.float32),
        intercepts=arrays["intercepts"],
        fillers=frozenset(contents["fillers"]),
        calibration=Calibration(arrays["margins"], arrays["shares"]),
        bounds={str(name): float(bound) for name, bound in contents["bounds"].items()},
        limits=Limits(**{name: float(limit) for name, limit in contents["limits"].items()}),
        card=contents["card"],
    )


def _raw(array: NDArray[Any], name: str) -> bytes:
    return np.ascontiguousarray(array, dtype=ARRAYS[name]).tobytes()


def _digest(part: bytes) -> bytes:
    return hashlib.sha256(part).hexdigest().encode()
