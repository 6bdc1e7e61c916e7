"""照片和材料: what belongs to a letter, added by its writer or by an office, and got out again."""

from gongzhi.domains.mailbox.services import attach_file
from gongzhi.domains.mailbox.views.own import Own
from gongzhi.web.accounts import papers


class OwnAttach(Own, papers.OwnAttach):
    """Add photos and papers to the own letter."""

    attach = staticmethod(attach_file)


class OwnPaper(Own, papers.OwnPaper):
    """A paper of the writer's own letter."""


class Attach(papers.Attach):
    """Add photos and papers to a letter at an office."""

    reads = "mailbox.read"
    attach = staticmethod(attach_file)


class Paper(papers.Paper):
    """One paper, as a download."""

    reads = "mailbox.read"
