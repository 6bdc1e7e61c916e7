"""How long work tells how far it is, where there is no terminal."""

import io

from rich.console import Console

from gongzhi.project.cli.progress import progress


def test_elsewhere_than_on_a_terminal_a_few_lines_tell_beginning_and_end():
    written = io.StringIO()
    with progress(Console(file=written)) as tell:
        for done in range(1, 1001):
            tell(done, 1000, "regions")
        tell(1000, 1000, "regions")
        tell(1, 1, "lists")

    assert written.getvalue().split("\n") == ["  regions: 1/1000", "  regions: 1000/1000", "  lists: 1/1", ""]


def test_on_a_terminal_a_bar_shows_what_is_done():
    written = io.StringIO()
    with progress(Console(file=written, force_terminal=True, width=100)) as tell:
        tell(5, 10, "regions")

    assert "regions" in written.getvalue()
    assert "5/10" in written.getvalue()
