"""The papers of a case at an office: adding some, and getting one out."""

from gongzhi.domains.hotline import services
from gongzhi.web.accounts import papers


class Attach(papers.Attach):
    """Add photos and papers to a case."""

    reads = "hotline.read"
    attach = staticmethod(services.attach_file)

    def next_url(self, outcome: object) -> str:
        """Back to the papers."""
        return f"{super().next_url(outcome)}?tab=papers"


class Paper(papers.Paper):
    """One paper, as a download."""

    reads = "hotline.read"
