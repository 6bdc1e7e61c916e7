"""Regions from province to grid, units of any kind, and the list that says which unit answers for what where."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongzhi.base.checkdigits import check_credit_code
from gongzhi.base.declined import NotPossible
from gongzhi.base.regioncodes import LENGTHS


def _in_order(name: str) -> models.CheckConstraint:
    """Demand that the last day of validity does not lie before the first."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name=name,
    )


def _code_fits_level() -> Q:
    fits = Q()
    for level, length in enumerate(LENGTHS, start=1):
        fits |= Q(level=level, code__regex=rf"^[0-9]{{{length}}}$")
    return fits


class Region(models.Model):
    """A place with a division code; a code is the prefix of the codes of all places within it.

    ``valid_from`` is empty when it was so before our lists begin; ``valid_to`` is the last day under this code,
    ``successor`` what the place became.
    ``urban`` is derived from the kind where the source does not give the class (see ``data/SOURCES.md``).

    Personal data: none.
    """

    class Level(models.IntegerChoices):
        """The six levels, each with one length of code."""

        PROVINCE = 1, _("省")
        CITY = 2, _("省辖市")
        COUNTY = 3, _("县（市、区）")
        TOWNSHIP = 4, _("乡镇（街道）")
        VILLAGE = 5, _("村（社区）")
        GRID = 6, _("网格")

    class Kind(models.TextChoices):
        """What kind of place it is, as far as the source tells."""

        PROVINCE = "province", _("省")
        CITY = "city", _("省辖市")
        DIRECT = "direct", _("省直辖县级行政区划")
        DISTRICT = "district", _("区")
        COUNTY = "county", _("县")
        COUNTY_CITY = "county_city", _("县级市")
        ZONE = "zone", _("功能区")
        TOWN = "town", _("镇")
        TOWNSHIP = "township", _("乡")
        STREET = "street", _("街道")
        VILLAGE = "village", _("村委会")
        NEIGHBOURHOOD = "neighbourhood", _("居委会")
        GRID = "grid", _("网格")
        OTHER = "other", _("其他")

    class Urban(models.TextChoices):
        """Whether people live there in town or in the country."""

        URBAN = "urban", _("城镇")
        RURAL = "rural", _("乡村")
        MIXED = "mixed", _("城乡都有")
        UNKNOWN = "unknown", _("未知")

    code = models.CharField(_("区划代码"), max_length=15, primary_key=True, db_collation="C")
    name = models.CharField(_("名称"), max_length=80, db_collation="C")
    level = models.SmallIntegerField(_("级别"), choices=Level)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级地区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        db_index=False,
    )
    urban = models.CharField(_("城乡"), max_length=10, choices=Urban, default=Urban.UNKNOWN)
    sort_key = models.CharField(_("排序"), max_length=20, db_collation="C", blank=True)
    former_names = models.JSONField(_("曾用名"), default=list, blank=True)
    valid_from = models.DateField(_("有效期自"), null=True, blank=True)
    valid_to = models.DateField(_("有效期至（含当日）"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("撤并后归入"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = _("地区")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=_code_fits_level(), name="region_code_fits_level"),
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent__isnull=False),
                name="region_has_parent",
            ),
            _in_order("region_validity"),
        ]
        indexes = [
            models.Index(fields=["parent", "sort_key"], name="region_children"),
            models.Index(fields=["name"], name="region_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A body that can be given a matter: a department, a court, a village committee, an enterprise.

    Personal data: none (``phone`` is the office's line, not a person's).
    """

    class Kind(models.TextChoices):
        """What kind of body it is."""

        GOVERNMENT = "government", _("人民政府")
        GOVERNMENT_DEPARTMENT = "government_department", _("政府部门")
        PARTY_ORGAN = "party_organ", _("党委部门")
        COURT = "court", _("人民法院")
        PROCURATORATE = "procuratorate", _("人民检察院")
        POLICE_STATION = "police_station", _("派出所")
        VILLAGE_COMMITTEE = "village_committee", _("村民委员会")
        RESIDENTS_COMMITTEE = "residents_committee", _("居民委员会")
        SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
        ENTERPRISE = "enterprise", _("企业")
        HOTLINE_CENTRE = "hotline_centre", _("热线中心")
        PUBLIC_INSTITUTION = "public_institution", _("事业单位")

    key = models.SlugField(_("标识"), max_length=80, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    kind = models.CharField(_("类型"), max_length=30, choices=Kind)
    region = models.ForeignKey(
        Region, verbose_name=_("所在地区"), on_delete=models.PROTECT, related_name="units"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, db_collation="C")
    phone = models.CharField(_("办公电话"), max_length=30, blank=True)
    valid_from = models.DateField(_("有效期自"), null=True, blank=True)
    valid_to = models.DateField(_("有效期至（含当日）"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering = ["key"]
        constraints = [
            _in_order("unit_validity"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_above_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        """Refuse a credit code with a slip of the pen, wherever it was typed."""
        try:
            if self.uscc:
                check_credit_code(self.uscc)
        except NotPossible as slip:
            raise ValidationError({"uscc": str(slip)}) from slip


class MatterCategory(models.Model):
    """What a matter is about, in three levels; the key says its place: ``urban.lighting.streetlamp``.

    ``instant`` marks what an office answers at once, ``business`` what the law on the business environment
    gives a period of its own; ``standard`` is what counts as done.

    Personal data: none.
    """

    key = models.CharField(_("标识"), max_length=120, unique=True, db_collation="C")
    label = models.CharField(_("名称"), max_length=60)
    label_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    level = models.SmallIntegerField(_("级别"))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    keywords = ArrayField(models.CharField(max_length=40), verbose_name=_("关键词"), default=list, blank=True)
    instant = models.BooleanField(_("即时事项"), default=False)
    business = models.BooleanField(_("营商环境投诉"), default=False)
    standard = models.TextField(_("办理标准"), blank=True)
    position = models.IntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("事项类别")
        verbose_name_plural = _("事项类别")
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True) | Q(level__in=(2, 3), parent__isnull=False),
                name="category_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(level=1, key__regex=r"^[a-z0-9_-]+$")
                | Q(level=2, key__regex=r"^[a-z0-9_-]+\.[a-z0-9_-]+$")
                | Q(level=3, key__regex=r"^[a-z0-9_-]+\.[a-z0-9_-]+\.[a-z0-9_-]+$"),
                name="category_key_fits_level",
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The name in the reader's language; what is written down takes `label`."""
        return self.label_en if get_language() == "en" and self.label_en else self.label

    @property
    def flags(self) -> tuple[str, ...]:
        """What a case of this kind carries, so that the clocks meant for it run."""
        return tuple(name for name in ("instant", "business") if getattr(self, name))


class Responsibility(models.Model):
    """One line of the responsibility list: which unit answers for a category of matters in a region.

    ``arbiter`` decides when units return a matter to each other.

    Personal data: none.
    """

    category = models.ForeignKey(
        MatterCategory, verbose_name=_("事项类别"), on_delete=models.PROTECT, related_name="responsibilities"
    )
    region = models.ForeignKey(
        Region, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="responsibilities"
    )
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), on_delete=models.PROTECT, related_name="responsibilities"
    )
    co_units: models.ManyToManyField[Unit, models.Model] = models.ManyToManyField(
        Unit, verbose_name=_("协办单位"), blank=True, related_name="co_responsibilities"
    )
    standard = models.TextField(_("办理标准"), blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    arbiter = models.ForeignKey(
        Unit,
        verbose_name=_("争议裁定单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="arbitrations",
    )
    valid_from = models.DateField(_("有效期自"))
    valid_to = models.DateField(_("有效期至（含当日）"), null=True, blank=True)

    class Meta:
        verbose_name = _("责任清单")
        verbose_name_plural = _("责任清单")
        constraints = [
            models.UniqueConstraint(
                fields=["category", "region", "valid_from"],
                name="responsibility_once",
                violation_error_message=_("责任清单中已有同一类别、地区和起始日的一行，请修改那一行。"),
            ),
            _in_order("responsibility_validity"),
        ]

    def __str__(self) -> str:
        return f"{self.category} · {self.region} · {self.lead_unit}"


class LocalValue(models.Model):
    """What a city or county decides for itself: a promised period, whether replies are checked by a second person.

    Limits of local policy are configuration and live here, under the clock they replace
    ("hotline.request.answer") or a switch ("hotline.reply_review"). Limits set by statute are not: they are declared with the procedure, and no row here
    may lengthen them.

    Personal data: none.
    """

    class Source(models.TextChoices):
        """How well the value is known."""

        FULL_TEXT = "F", _("已读原文")
        PUBLISHED = "P", _("公开网页")
        CONFIGURATION = "configuration", _("本地设置")

    region = models.ForeignKey(
        Region, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="local_values"
    )
    key = models.CharField(_("参数"), max_length=80, db_collation="C")
    value = models.JSONField(_("值"))
    since = models.DateField(_("起用日"))
    basis = models.CharField(_("依据"), max_length=200)
    source = models.CharField(_("来源"), max_length=20, choices=Source, default=Source.CONFIGURATION)

    class Meta:
        verbose_name = _("本地参数")
        verbose_name_plural = _("本地参数")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "key", "since"],
                name="local_value_once",
                violation_error_message=_("这个地区同一天已有这个参数的值，请修改那一行。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.key}"
