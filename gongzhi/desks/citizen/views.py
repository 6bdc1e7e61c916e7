"""The citizen's front page and the two statements every public site owes: accessibility and privacy."""

from gongzhi.web.views import Page


class Home(Page):
    """有事说一声: what one can do here, and the numbers to call."""

    template_name = "citizen/home.html"
    section = "citizen:home"


class Accessibility(Page):
    """无障碍声明."""

    template_name = "citizen/accessibility.html"


class Privacy(Page):
    """隐私说明."""

    template_name = "citizen/privacy.html"
