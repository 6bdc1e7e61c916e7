"""年报: the yearly report of the petition office, as a page and as a sheet for spreadsheets."""

from io import BytesIO
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext

from gongzhi.domains.petitions.queries.yearly import PETITIONS, Table, most_complained_of, yearly_report
from gongzhi.kernel.cases.exportfiles import KINDS, Sheet, written
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.downloads import handed_out

YEARS_BACK: Final = 10


class Yearly(RoleRequired):
    """The report of one year for the actor's region (信访工作条例 art. 41)."""

    template_name = "petitions/official/yearly.html"
    section = "petitions:yearly"
    roles = frozenset({Role.DISPATCHER, Role.SUPERVISOR})

    @property
    def year(self) -> int:
        """The year asked for, the present one when none or none of ours was."""
        this = localdate(self.now).year
        asked = self.request.GET.get("year", "")
        return int(asked) if asked in {str(each) for each in range(this - YEARS_BACK, this + 1)} else this

    def tables(self) -> list[Table]:
        """The tables of the year; who is most complained of stands in those that are over."""
        most = most_complained_of(self.actor, self.year, localdate(self.now))
        return [*yearly_report(self.actor, self.year), *([most] if most is not None and most.rows else [])]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, or hand it out as a sheet."""
        if request.GET.get("as") == "xlsx":
            return self._sheet()  # type: ignore[return-value]
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tables of the year."""
        this = localdate(self.now).year
        return super().get_context_data(
            year=self.year,
            years=range(this, this - YEARS_BACK - 1, -1),
            place=path_name(self.actor.region_code),
            tables=self.tables(),
            measure=PETITIONS,
            **kwargs,
        )

    def _sheet(self) -> HttpResponseBase:
        rows = [
            [str(table.title), str(label), str(number)]
            for table in self.tables()
            for label, number in (*table.rows, (gettext("合计"), table.total))
        ]
        mark = f"{path_name(self.actor.region_code)} {self.year} {PETITIONS.source}"
        heads = [gettext("表"), gettext("项目"), gettext("件（次）")]
        content = written(Sheet(number=str(self.year), mark=mark, heads=heads, rows=rows), "xlsx")
        name = f"petitions-{self.year}.xlsx"
        return handed_out(BytesIO(content), name=name, media_type=KINDS["xlsx"])
