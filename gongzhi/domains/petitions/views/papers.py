"""照片和材料: what belongs to a petition, added by its person or by an office, and got out again."""

from gongzhi.domains.petitions.services.papers import attach_file
from gongzhi.domains.petitions.views.track import Own
from gongzhi.web.accounts import papers


class OwnAttach(Own, papers.OwnAttach):
    """Add photos and papers to the own petition."""

    attach = staticmethod(attach_file)


class OwnPaper(Own, papers.OwnPaper):
    """A paper of the person's own petition."""


class Attach(papers.Attach):
    """Add photos and papers to a petition at an office."""

    reads = "petitions.read"
    attach = staticmethod(attach_file)


class Paper(papers.Paper):
    """One paper, as a download."""

    reads = "petitions.read"
