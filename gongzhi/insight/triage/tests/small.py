"""A model of a few categories, learnt in a moment from the fictional messages, for tests of pages and use cases."""

from collections.abc import Collection
from pathlib import Path

from gongzhi.insight.triage import learning, model_file
from gongzhi.insight.triage.starter import written


def small_model(folder: Path, keys: Collection[str]) -> Path:
    """Learn the categories of these keys into a file of *folder*; return it."""
    told = [(text, key) for text, key in written() if key in keys]
    file = folder / "small.model"
    model_file.save(learning.learn([text for text, _key in told], [key for _text, key in told]), file)
    return file
