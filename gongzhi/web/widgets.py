"""The controls that differ from Django's own: option lines, chips, faces, several files, region lists."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

Counties = Callable[[], Sequence[tuple[str, Sequence[tuple[str, str]]]]]
Children = Callable[[str], Sequence[tuple[str, str]]]


class Options(forms.RadioSelect):
    """Radio buttons as large lines with an optional explanation under each."""

    template_name = "web/widgets/options.html"

    def __init__(self, *, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the explanation to the option."""
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class Chips(forms.CheckboxSelectMultiple):
    """Check boxes as chips."""

    template_name = "web/widgets/chips.html"


class Faces(forms.RadioSelect):
    """Five grades, each a face and a word."""

    template_name = "web/widgets/faces.html"
    FACES: Final = {"5": "laugh", "4": "smile", "3": "meh", "2": "frown", "1": "angry"}
    LEADS: Final = ("非常", "基本")

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the face to the option."""
        option = super().create_option(name, value, *args, **kwargs)
        option["icon"] = self.FACES.get(str(value), "circle")
        words = str(option["label"])
        lead = (
            words[:2] if words.startswith(self.LEADS) else ""
        )  # a narrow face breaks after it, not inside a word
        option["lead"], option["rest"] = lead, words.removeprefix(lead)
        return option


class Files(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})


class RegionSelect(forms.Widget):
    """Lists for county, township and village; a button between them fetches the next list from the server."""

    template_name = "web/widgets/region.html"
    use_fieldset = True
    LEVELS: Final = (
        (6, "county", _("县（市、区）")),
        (9, "township", _("乡镇（街道）")),
        (12, "village", _("村（社区）")),
    )

    def __init__(self, *, counties: Counties, children: Children, deepest: int = 12) -> None:
        super().__init__()
        self.counties, self.children, self.deepest = counties, children, deepest

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> str:
        """The most detailed choice that lies inside the one above it."""
        chosen = ""
        for length, part, _label in self.LEVELS:
            code = str(data.get(f"{name}-{part}", ""))
            if len(code) == length and code.isdigit() and code.startswith(chosen):
                chosen = code
            else:
                break
        return chosen

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Whether the form was sent without this field."""
        return f"{name}-county" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The county list, which is always there."""
        return f"{id_}_county" if id_ else ""

    def knows(self, code: str) -> bool:
        """Whether the code is in the lists."""
        county = code[:6]
        if not any(county == found for _city, group in self.counties() for found, _name in group):
            return False
        return all(
            any(code[:length] == found for found, _name in self.children(code[:above]))
            for above, length in ((6, 9), (9, 12))
            if len(code) >= length
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """One list for the county and one for each level below what is chosen."""
        context = super().get_context(name, value, attrs)
        code, lists = str(value or ""), []
        for length, part, label in self.LEVELS:
            above = length - 3
            if length > self.deepest or (length > 6 and len(code) < above):
                break
            groups = self.counties() if length == 6 else [("", self.children(code[:above]))]
            lists.append(
                {
                    "part": part,
                    "label": label,
                    "groups": groups,
                    "chosen": code[:length],
                    "optional": length > 6,
                }
            )
        shown = self.LEVELS[len(lists) - 1]
        context["widget"]["lists"] = lists
        context["widget"]["next_label"] = (
            self.LEVELS[len(lists)][2] if shown[0] < self.deepest and len(lists) < len(self.LEVELS) else ""
        )
        return context
