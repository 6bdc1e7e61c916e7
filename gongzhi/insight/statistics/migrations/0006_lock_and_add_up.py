"""The second lock on the counts of cities, the province and whole counties; the days counted before are added up."""

from django.db import migrations

from gongzhi.kernel.lock.policies import acts_as, protect, within

SYSTEM = acts_as("system")
COUNTS = "opened, closed, solved, explained, rejected, answered, on_time, hours, grade_5, grade_4, grade_3, grade_2, grade_1"
SUMS = ", ".join(f"sum({name})" for name in COUNTS.split(", "))


class Migration(migrations.Migration):
    dependencies = [("statistics", "0005_cities_and_province"), ("lock", "0001_role")]
    operations = [
        protect("statistics_areacount", f"{SYSTEM} OR {within()}", inserted=SYSTEM),
        protect("statistics_countycount", f"{SYSTEM} OR {within()}", inserted=SYSTEM),
        migrations.RunSQL(
            f"""
            SELECT set_config('gongzhi.acts', 'system', true);
            INSERT INTO statistics_countycount (day, region_code, domain, {COUNTS})
            SELECT day, region_code, domain, {SUMS} FROM statistics_dailycount GROUP BY day, region_code, domain;
            INSERT INTO statistics_areacount (day, region_code, urban, domain, category_id, {COUNTS})
            SELECT day, left(region_code, width), urban, domain, category_id, {SUMS}
            FROM statistics_dailycount JOIN (VALUES (2), (4)) AS wide (width) ON length(region_code) >= width
            GROUP BY day, left(region_code, width), urban, domain, category_id;
            SELECT set_config('gongzhi.acts', '', true);
            """,
            migrations.RunSQL.noop,
        ),
    ]
