"""The second lock on requests and on those drawn for a call-back."""

from django.db import migrations

from gongzhi.kernel.lock.policies import of_case, protect


class Migration(migrations.Migration):
    dependencies = [("hotline", "0001_initial"), ("lock", "0002_kernel_tables")]
    operations = [
        protect("hotline_request", of_case("hotline_request")),
        protect("hotline_drawn", of_case("hotline_drawn")),
    ]
