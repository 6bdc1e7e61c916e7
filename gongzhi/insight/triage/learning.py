"""Learns a model from messages whose category is known: a linear separation, judged only by messages it did not learn from.

Loads scikit-learn, which takes a second: nothing that answers people imports this module.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.insight.triage.bands import AUTO, NEVER, PRECISIONS, SUGGEST, bound_for, calibrated, firm_from
from gongzhi.insight.triage.judging import figures_of
from gongzhi.insight.triage.model import Limits, Model, Scored
from gongzhi.insight.triage.same_texts import groups_of
from gongzhi.insight.triage.words import Words, features_of, filler_words, is_in_words, is_word, words_of

SEED: Final = 20261126
FOLDS: Final = 5
CHOOSING: Final = 2.0  # C of the separation that chooses features; categories weigh the same in all
STRICTNESS: Final = 1.0  # C of the plain one, with what was chosen
LEANING_STRICTNESS: Final = 0.5  # C of the one that leans on what is telling
FEWEST_MESSAGES: Final = 2  # that must hold a feature; one more where there are many messages
MANY: Final = 2_000
MOST_FEATURES: Final = 25_000  # those that move a score most; fewer are quicker, and no worse (measured)
STRANGEST: Final = (
    0.01  # share of learnt messages that may count as strange for being far from every category
)
LEAST_KNOWN: Final = 0.001  # and for sharing few words with what was learnt
Sparse = Any  # scipy.sparse.csr_matrix, untyped


@dataclass(frozen=True)
class Lesson:
    """Messages read: the features of each with 1 + log of how often, their categories by number, and what belongs together."""

    features: list[str]
    counted: Sparse
    is_word: NDArray[np.bool_]
    lengths: NDArray[np.int64]
    categories: tuple[str, ...]
    answers: NDArray[np.int64]
    groups: NDArray[np.int64]  # of the messages; descriptions, which come after them, have none
    fillers: frozenset[str]

    @property
    def judged_answers(self) -> NDArray[np.int64]:
        """The categories of the messages, without the descriptions."""
        return self.answers[: len(self.groups)]


@dataclass(frozen=True)
class Separation:
    """Weights learnt from some messages; `rarity` is nothing for what too few of them hold."""

    rarity: NDArray[np.float32]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]


def learn(
    texts: Sequence[str],
    labels: Sequence[str],
    groups: Sequence[str] | None = None,
    source: str = "",
    described: Sequence[tuple[str, str]] = (),
) -> Model:
    """Learn a model; the same messages in the same order give the same model.

    `groups` names what must not be torn apart when judging (reports of one happening); without it, texts that are
    nearly the same are kept together. `described` are words for a category that nobody wrote as a message: learnt
    from, never judged by. Raises NotPossible for fewer than two categories with enough messages.
    """
    lesson = read_lesson(texts, labels, groups, described)
    unseen = judged_unseen(lesson)
    right = unseen.scores.argmax(axis=1) == lesson.judged_answers
    bounds = {band: bound_for(unseen.margins, right, share) for band, share in PRECISIONS.items()}
    bounds[SUGGEST] = min(bounds[SUGGEST], bounds[AUTO]) if bounds[SUGGEST] != NEVER else bounds[AUTO]
    calibration, limits = calibrated(unseen.margins, right), limits_of(unseen, right, bounds[AUTO])
    learnt = separated(lesson, np.arange(len(lesson.answers)))
    kept = np.flatnonzero(learnt.rarity)
    model = Model(
        categories=lesson.categories,
        features={lesson.features[at]: number for number, at in enumerate(kept.tolist())},
        rarity=learnt.rarity[kept],
        weights=learnt.weights[kept].astype(np.float16).astype(np.float32),  # as the file keeps them
        intercepts=learnt.intercepts.astype(np.float32),
        fillers=lesson.fillers,
        calibration=calibration,
        bounds=bounds,
        limits=limits,
        card={},
    )
    model.card.update(_card(lesson, model, unseen, source))
    return model


def read_lesson(
    texts: Sequence[str],
    labels: Sequence[str],
    groups: Sequence[str] | None,
    described: Sequence[tuple[str, str]] = (),
) -> Lesson:
    """Read messages, then descriptions, into features; raise NotPossible where there is too little to learn from."""
    sizes = Counter(labels)
    if len(sizes) < 2 or min(sizes.values()) < 2:
        few = "、".join(sorted(label for label, size in sizes.items() if size < 2)) or "-"
        raise NotPossible(
            gettext_noop("至少要有两个类别，每个类别至少两条诉求，才能学习。不足的类别：%(few)s。"), few=few
        )
    texts, labels = (
        [*texts, *(text for text, _ in described)],
        [*labels, *(label for _, label in described)],
    )
    messages = [words_of(text) for text in texts]
    fillers = filler_words(messages, [is_in_words(text) for text in texts])
    messages = [[word for word in words if word not in fillers] for words in messages]
    categories = tuple(sorted(set(labels)))
    number = {category: at for at, category in enumerate(categories)}
    names, counted = _counted(messages)
    return Lesson(
        features=names,
        counted=counted,
        is_word=np.array([is_word(name) for name in names]),
        lengths=np.array([len(set(words)) for words in messages]),
        categories=categories,
        answers=np.array([number[label] for label in labels]),
        groups=groups_of(messages[: sum(sizes.values())])
        if groups is None
        else np.unique(groups, return_inverse=True)[1],
        fillers=fillers,
    )


def separated(lesson: Lesson, rows: NDArray[np.int64]) -> Separation:
    """Learn from some messages: the mean of a plain separation and one that leans on what is telling.

    Both are linear in the same weighed features, chosen by a first one, so their mean is one set of weights.
    """
    chosen, answers, number = lesson.counted[rows], lesson.answers[rows], len(lesson.categories)
    holding = np.bincount(chosen.indices, minlength=len(lesson.features))
    fewest = FEWEST_MESSAGES + (len(rows) > MANY)
    rarity = np.where(holding >= fewest, np.log((1 + len(rows)) / (1 + np.maximum(holding, 1))) + 1, 0)
    even = np.ones((len(lesson.features), number))
    rarity = _moving_most(rarity, _parted(_weighed(chosen, rarity), answers, even, CHOOSING)[0])
    kept = np.flatnonzero(rarity)
    chosen, leaning = chosen[:, kept], telling(chosen[:, kept], answers, number)
    weighed = _weighed(chosen, rarity[kept])
    plain, intercepts = _parted(weighed, answers, even[kept], STRICTNESS)
    also, more = _parted(weighed, answers, leaning, LEANING_STRICTNESS)
    mean = np.zeros(even.shape)
    mean[kept] = (plain + also) / 2
    return Separation(rarity.astype(np.float32), mean, (intercepts + more) / 2)


def telling(counted: Sparse, answers: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    """Return for each feature and category log(share among its features / share among those of all others).

    Shares are of messages that hold a feature, with one more added everywhere (Wang and Manning 2012, "Baselines and
    bigrams").
    """
    holds = sparse.csr_matrix((np.ones_like(counted.data), counted.indices, counted.indptr), counted.shape)
    own = np.asarray(holds.T @ np.eye(number)[answers]) + 1
    others = own.sum(axis=1, keepdims=True) - own
    found: NDArray[np.float64] = np.log(own / own.sum(axis=0)) - np.log(others / others.sum(axis=0))
    return found


def _parted(
    weighed: Sparse, answers: NDArray[np.int64], stretch: NDArray[np.float64], strictness: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Part each category from all others by a line, features stretched for it; return weights and intercepts.

    A category without a message among these gets no weights and is never first.
    """
    number = stretch.shape[1]
    weights, intercepts = np.zeros(stretch.shape), np.full(number, -2.0)
    for category in np.unique(answers).tolist():
        own = answers == category
        if own.all():  # nothing to part it from
            intercepts[category] = 1.0
            break
        stretched = weighed @ sparse.diags(stretch[:, category].astype(np.float32))
        weight = {True: len(own) / number / own.sum(), False: 1.0}
        machine = LinearSVC(C=strictness, class_weight=weight, random_state=SEED).fit(stretched, own)
        weights[:, category] = machine.coef_[0] * stretch[:, category]
        intercepts[category] = machine.intercept_[0]
    return weights, intercepts


def _moving_most(rarity: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take away the rarity, and with it the effect, of features that move no score by much."""
    moves = np.abs(weights).max(axis=1) * rarity
    if np.count_nonzero(moves) <= MOST_FEATURES:
        return rarity
    return np.where(moves >= np.sort(moves)[-MOST_FEATURES], rarity, 0)


def scored_by(learnt: Separation, lesson: Lesson, rows: NDArray[np.int64]) -> Scored:
    """Score messages of a lesson."""
    chosen = lesson.counted[rows]
    known = (chosen.multiply((lesson.is_word & (learnt.rarity > 0)).astype(np.float32)) != 0).sum(axis=1)
    known_words = np.asarray(known).ravel().astype(np.int64)
    scores = _weighed(chosen, learnt.rarity) @ learnt.weights + learnt.intercepts
    return Scored(scores, known_words, known_words / np.maximum(lesson.lengths[rows], 1))


def judged_unseen(lesson: Lesson, seed: int = SEED) -> Scored:
    """Score each message by a separation that learnt from none of its group."""
    answers, groups = lesson.judged_answers, lesson.groups
    smallest = int(np.bincount(answers, minlength=len(lesson.categories)).min())
    splits = min(FOLDS, max(2, smallest), len(np.unique(groups)))
    if splits < 2:
        raise NotPossible(gettext_noop("这些诉求几乎是同一条，学不出类别。请加上写法不同的诉求。"))
    folds = StratifiedGroupKFold(splits, shuffle=True, random_state=seed)
    descriptions = np.arange(len(groups), len(lesson.answers))
    scores = np.zeros((len(groups), len(lesson.categories)))
    words, shares = np.zeros(len(groups), np.int64), np.zeros(len(groups))
    for taught, asked in folds.split(scores, answers, groups):
        found = scored_by(separated(lesson, np.concatenate([taught, descriptions])), lesson, asked)
        scores[asked], words[asked], shares[asked] = found.scores, found.known_words, found.known_share
    return Scored(scores, words, shares)


def limits_of(unseen: Scored, right: NDArray[np.bool_], bound: float) -> Limits:
    """Return below what a message counts as strange: what hardly any rightly placed message shows; and what is firm."""
    firm = firm_from(unseen.firsts, unseen.margins, bound)
    if not right.any():
        return Limits(2.0, 0.0, float(unseen.scores.min()), firm)
    return Limits(
        known_words=2.0,
        known_share=float(np.quantile(unseen.known_share[right], LEAST_KNOWN)),
        score=float(np.quantile(unseen.firsts[right], STRANGEST)),
        firm=firm,
    )


def _counted(messages: Sequence[Words]) -> tuple[list[str], Sparse]:
    """Return the features in order of their names, and for each message 1 + log of how often it has each."""
    counters = [Counter(features_of(words)) for words in messages]
    holding: Counter[str] = Counter()
    for counter in counters:
        holding.update(counter.keys())
    names = sorted(name for name, times in holding.items() if times >= FEWEST_MESSAGES)
    place = {name: at for at, name in enumerate(names)}
    columns: list[int] = []
    values: list[int] = []
    ends = [0]
    for counter in counters:
        found = sorted((place[name], times) for name, times in counter.items() if name in place)
        columns.extend(at for at, _times in found)
        values.extend(times for _at, times in found)
        ends.append(len(columns))
    logs = (1 + np.log(np.array(values, np.float32))).astype(np.float32)
    return names, sparse.csr_matrix((logs, columns, ends), shape=(len(messages), len(names)))


def _weighed(chosen: Sparse, rarity: NDArray[Any]) -> Sparse:
    """Weigh features by rarity and bring each message to length one."""
    weighed = chosen @ sparse.diags(rarity.astype(np.float32))
    norms = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(norms > 0, norms, 1)) @ weighed)


def _card(lesson: Lesson, model: Model, unseen: Scored, source: str) -> dict[str, Any]:
    sizes = np.bincount(lesson.judged_answers, minlength=len(lesson.categories))
    return {
        "learnt_from": source,
        "messages": len(lesson.groups),
        "descriptions": len(lesson.answers) - len(lesson.groups),
        "messages_by_category": dict(zip(lesson.categories, sizes.tolist(), strict=True)),
        "features": len(model.features),
        "seed": SEED,
        "judged": "each message by a model that learnt from none of its group; each half by bands fitted to the other",
        "figures": figures_of(unseen, lesson.judged_answers, lesson.groups, lesson.categories),
    }
