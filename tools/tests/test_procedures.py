"""The handbook's page of procedures says what the code declares."""

from gongzhi.kernel.registry.api import DOMAINS
from tools import procedures


def test_the_page_of_procedures_is_up_to_date():
    assert procedures.PAGE.read_text("utf-8") == procedures.page(), "Run: python tools/procedures.py"


def test_every_move_and_every_clock_is_on_the_page():
    text = procedures.page()
    declared = [procedure for domain in DOMAINS.values() for procedure in domain.procedures]

    assert declared
    for procedure in declared:
        part = text.partition(f"(`{procedure.key}`, version")[2].partition("\n## ")[0]
        for move in procedure.moves:
            assert f"`{move.key}` |" in part
        for clock in procedure.clocks:
            assert f"`{clock.key}` ({clock.rule})" in part
            assert all(since.basis in part for since in clock.amount.history)
