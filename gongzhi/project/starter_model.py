"""The model a new installation starts with: learnt from the demonstration's requests, its categories and the starter's messages."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import yaml

from gongzhi.insight.triage.answers import joined
from gongzhi.insight.triage.model import Model
from gongzhi.insight.triage.sources import STARTER
from gongzhi.insight.triage.starter import written
from gongzhi.project.demo.loading import DATA


def starter_messages() -> list[tuple[str, str]]:
    """Return fictional messages with the key of their category."""
    requests = [
        (joined(story["title"], story["text"]), story["category"])
        for path in sorted((DATA / "requests").glob("*.yaml"))
        for story in yaml.safe_load(path.read_text("utf-8"))
    ]
    return requests + written()


def described() -> list[tuple[str, str]]:
    """Return each category of the lowest level as if somebody had written its name and words."""
    tree = yaml.safe_load((DATA / "categories.yaml").read_text("utf-8"))
    return [(joined(leaf["label"], "，".join(leaf["words"])), leaf["key"]) for leaf in _leaves(tree)]


def learn_starter() -> Model:
    """Learn the starter model; takes a few seconds. Its card says how good it is, which is modest."""
    messages = starter_messages()
    learning = import_module("gongzhi.insight.triage.learning")  # loads scikit-learn
    model: Model = learning.learn(
        [text for text, _key in messages], [key for _text, key in messages], None, STARTER, described()
    )
    return model


def _leaves(tree: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for node in tree:
        if "children" in node:
            yield from _leaves(node["children"])
        else:
            yield node
