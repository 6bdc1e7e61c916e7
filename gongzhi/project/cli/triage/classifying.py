"""Commands on categories: `triage train`, `evaluate`, `predict`, `explain` and `card`.

Learning loads scikit-learn, which takes a second, so its module is loaded when a command asks for it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils import timezone

from gongzhi.domains.hotline.api import lessons
from gongzhi.insight.triage import model_file
from gongzhi.insight.triage.answers import joined
from gongzhi.insight.triage.bands import AUTO, HUMAN, SUGGEST
from gongzhi.insight.triage.judging import report_of
from gongzhi.insight.triage.model import Predicted, card_lines
from gongzhi.insight.triage.sources import CLOSED
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import screen
from gongzhi.project.cli.report import AsJson, print_json, print_table
from gongzhi.project.cli.triage import triage
from gongzhi.project.cli.triage.tables import Row, read_table, to_write, write_table
from gongzhi.project.starter_model import learn_starter
from gongzhi.project.supervise import Ended

PREDICTED = ("id", "category", "confidence", "second", "decision")
NOTHING_SAID = Predicted("", 0.0, "", HUMAN)
Table = Annotated[Path, typer.Argument(help="A CSV, also .gz, or an .xlsx with a line of heads.")]
Text = Annotated[
    str,
    typer.Option(
        "--text",
        help="Column of the message, as written or already cut into words. Several, with commas: the first that is not empty counts.",
    ),
]
Label = Annotated[str, typer.Option("--label", help="Column of the category.")]
Id = Annotated[str, typer.Option("--id", help="Column of a number or name of the message.")]
Title = Annotated[str, typer.Option("--title", help="Column of the title, where it has its own.")]
ModelFile = Annotated[Path, typer.Option("--model", help="A file written by `triage train`.")]


@triage.command()
def train(
    file: Annotated[
        Path | None, typer.Argument(help="A CSV, also .gz, or an .xlsx with a line of heads.")
    ] = None,
    text: Text = "",
    label: Label = "",
    out: Annotated[Path | None, typer.Option("--out", help="The file of the model.")] = None,
    id: Id = "",
    title: Title = "",
    group: Annotated[
        str, typer.Option("--group", help="Column of what belongs together, where it is known.")
    ] = "",
    from_cases: Annotated[
        Path | None,
        typer.Option(
            "--from-cases",
            help="Learn from the closed requests of this installation instead; the file of the model.",
        ),
    ] = None,
) -> None:
    """Learn categories from messages whose category is known, and judge what was learnt by messages held back."""
    if from_cases is not None:
        _learn_from_cases(from_cases)
        return
    if not (file and text and label and out):
        raise Ended("Give FILE, --text, --label and --out; or --from-cases with the file of the model.")
    to_write(out, file)
    rows = read_table(file, _columns(text, label, id, title, group))
    texts = _texts(rows, text, title)
    written = _judged(file, rows, texts, label)
    sizes = Counter(rows[at][label].strip() for at in written)
    alone = sorted(name for name, size in sizes.items() if size < 2)
    if alone:
        screen.print(f"Left out, with one message each: {', '.join(alone)}.", markup=False)
    kept = [at for at in written if sizes[rows[at][label].strip()] > 1]
    columns = {"text": text, "label": label, "title": title}
    _learn(
        out,
        [texts[at] for at in kept],
        [rows[at][label].strip() for at in kept],
        [rows[at][group] for at in kept] if group else None,
        file.name,
        {name: column for name, column in columns.items() if column},
    )


@triage.command()
def starter(
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The file of the model; the one that pages read unless given."),
    ] = None,
) -> None:
    """Learn the model a new installation starts with, from fictional messages; your own closed matters soon teach better."""
    file = to_write(out or Path(settings.TRIAGE_MODEL))
    model = learn_starter()
    model_file.save(model, file)
    figures = model.card["figures"]
    screen.print(
        f"{file}: {model.card['messages']} fictional messages, {len(model.categories)} categories,"
        f" {figures['accuracy']:.0%} right at first, {figures['top_two']:.0%} among the first two."
        f" Next: gongzhi triage card {file}",
        markup=False,
    )


@triage.command()
def evaluate(
    file: Table,
    model: ModelFile,
    text: Text = "",
    label: Label = "",
    id: Id = "",
    title: Title = "",
    as_json: AsJson = False,
) -> None:
    """Compare what a model says with known categories; the messages must not be those it learnt from.

    Columns that are not given are those it learnt from. `suggest` counts what is `auto` too.
    """
    learnt = model_file.load(model)
    columns = learnt.card.get("columns", {})
    text, label = text or columns.get("text", "text"), label or columns.get("label", "label")
    title = title or columns.get("title", "")
    rows = read_table(file, _columns(text, label, id, title))
    texts = _texts(rows, text, title)
    kept = _judged(file, rows, texts, label)
    said = learnt.predicted([texts[at] for at in kept])
    answers = [rows[at][label].strip() for at in kept]
    strange = sorted(set(answers) - set(learnt.categories))
    if strange:
        screen.print(f"Never learnt, so never right: {', '.join(strange)}.", markup=False)
    report = {"rows": len(rows), "judged": len(kept), **report_of(said, answers)}
    if as_json:
        print_json(report)
        return
    by_category = report.pop("f1_by_category")
    bands = {band: report.pop(band) for band in (AUTO, SUGGEST, HUMAN)}
    report |= {f"reachable_{band}": share for band, share in report.pop("reachable").items()}
    print_table("", list(report), [[str(value) for value in report.values()]])
    print_table("", ["band", "share", "precision"], [[b, *map(str, r.values())] for b, r in bands.items()])
    print_table("", ["category", "F1"], [[name, str(one)] for name, one in by_category.items()])


@triage.command()
def predict(
    file: Table,
    text: Text,
    id: Id,
    model: ModelFile,
    out: Annotated[Path, typer.Option("--out", help="The CSV to write.")],
    title: Title = "",
) -> None:
    """Write category, confidence, second category and decision (auto, suggest or human) of each message.

    A row without a text has no category and is for a human.
    """
    to_write(out, file, model)
    rows = read_table(file, _columns(text, id, title))
    texts = _texts(rows, text, title)
    said = [
        one if words else NOTHING_SAID
        for words, one in zip(texts, model_file.load(model).predicted(texts), strict=True)
    ]
    write_table(out, PREDICTED, ([row[id], *_cells(one)] for row, one in zip(rows, said, strict=True)))
    bands = {band: sum(one.decision == band for one in said) for band in (AUTO, SUGGEST, HUMAN)}
    screen.print(f"{out}: {len(rows)} rows, {bands}", markup=False)
    if NOTHING_SAID in said:
        screen.print(
            f"{said.count(NOTHING_SAID)} rows have no text in {text} and got no category. Where another column has it, name both:"
            f" --text {text},OTHER.",
            markup=False,
        )


@triage.command()
def explain(message: Annotated[str, typer.Argument(help="What somebody wrote.")], model: ModelFile) -> None:
    """Say which category a message would get, and which of its words speak for it."""
    learnt = model_file.load(model)
    said = learnt.predicted([message])[0]
    screen.print(
        f"{said.category} ({said.confidence:.0%}, {said.decision}); then {said.second}", markup=False
    )
    rows = [[word, f"{weight:.3f}"] for word, weight in learnt.explained(message, said.category)]
    print_table("", ["word", "weight"], rows)


@triage.command()
def card(model: Annotated[Path, typer.Argument(help="A file written by `triage train`.")]) -> None:
    """Print the card of a model: what it learnt from, and how good it is on messages it had not seen."""
    for line in card_lines(model_file.load(model).card):
        typer.echo(line)


def _learn_from_cases(out: Path) -> None:
    """Learn from closed requests; categories with a single one are left out."""
    to_write(out)
    with database(), acting(SYSTEM):
        told = lessons(timezone.now())
    written = [(joined(title, text), category) for title, text, category in told]
    sizes = Counter(category for text, category in written if text)
    kept = [(text, category) for text, category in written if text and sizes[category] > 1]
    if len({category for _text, category in kept}) < 2:
        raise Ended(
            f"{len(kept)} closed requests are in categories with two or more of them; it takes two such categories."
            " Until then: gongzhi triage starter."
        )
    _learn(out, [text for text, _ in kept], [category for _, category in kept], None, CLOSED)


def _learn(
    out: Path,
    texts: Sequence[str],
    labels: Sequence[str],
    groups: Sequence[str] | None,
    source: str,
    columns: Mapping[str, str] | None = None,
) -> None:
    learning = import_module("gongzhi.insight.triage.learning")
    model = learning.learn(texts, labels, groups, source)
    if columns:
        model.card["columns"] = dict(columns)
    model_file.save(model, out)
    figures = model.card["figures"]
    screen.print(
        f"{out}: {len(texts)} messages, {len(model.categories)} categories, macro-F1 {figures['macro_f1']},"
        f" of the first two {figures['top_two']}. Next: gongzhi triage card {out}",
        markup=False,
    )


def _judged(file: Path, rows: Sequence[Row], texts: Sequence[str], label: str) -> list[int]:
    """Return the rows that have both a text and a category; say how many are left out."""
    kept = [at for at, row in enumerate(rows) if texts[at] and row[label].strip()]
    if not kept:
        raise Ended(f"No row of {file.name} has both a text and a category.")
    if len(kept) < len(rows):
        screen.print(f"{len(rows) - len(kept)} rows without text or category are left out.", markup=False)
    return kept


def _columns(text: str, *others: str) -> list[str]:
    return [*_text_columns(text), *(name for name in others if name)]


def _text_columns(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _texts(rows: Sequence[Row], text: str, title: str) -> list[str]:
    columns = _text_columns(text)
    found = [next((row[name] for name in columns if row[name].strip()), "") for row in rows]
    return [joined(row[title], one) if title else one.strip() for row, one in zip(rows, found, strict=True)]


def _cells(one: Predicted) -> list[Any]:
    return [one.category, f"{one.confidence:.4f}", one.second, one.decision]
