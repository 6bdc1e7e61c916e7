"""Who somebody is goes into sealed columns of a table of its own; lists keep what is masked."""

from django.db import migrations, models

from gongzhi.base.masking import mask_name, mask_phone
from gongzhi.kernel.encryption.keyring import keyring
from gongzhi.kernel.encryption.sealed import indexes, place, sealed
from gongzhi.kernel.lock.policies import acts_as, number, numbers, protect

PHONE, NAME, ID_NUMBER = "people.phone", "people.name", "people.id_number"

# They run as the system does: who submits with a known phone sees nothing of the person, only the number.
FUNCTIONS = """
CREATE FUNCTION people_person_known(phones bytea[], names bytea[], OUT number bigint, OUT known boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET gongzhi.acts = 'system' AS $$
BEGIN
    SELECT p.person_id INTO number FROM people_particulars p
    WHERE p.phone_index = ANY (phones) AND p.name_index = ANY (names) LIMIT 1;
    known := FOUND;
    IF NOT known THEN
        number := nextval(pg_get_serial_sequence('people_person', 'id'));
    END IF;
END
$$;
CREATE FUNCTION people_person_add(
    number bigint, called text, reached text, tail text, sms boolean, region text, at timestamptz,
    name bytea, phone bytea, name_key bytea, phone_key bytea, version integer
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public SET gongzhi.acts = 'system' AS $$
DECLARE
    first bigint := number;
BEGIN
    INSERT INTO people_person (id, masked_name, masked_phone, phone_tail, by_sms, region_code, created_at)
    VALUES (number, called, reached, tail, sms, region, at);
    INSERT INTO people_particulars (person_id, name_sealed, phone_sealed, id_number_sealed, address_sealed,
        name_index, phone_index, key_version)
    VALUES (number, name, phone, '', '', name_key, phone_key, version)
    ON CONFLICT (phone_index, name_index) WHERE phone_index IS NOT NULL DO NOTHING;
    IF NOT FOUND THEN  -- another one was first, at the same moment
        DELETE FROM people_person WHERE id = number;
        SELECT p.person_id INTO first FROM people_particulars p
        WHERE p.phone_index = phone_key AND p.name_index = name_key;
    END IF;
    RETURN first;
END
$$;
CREATE FUNCTION people_with_phone(phones bytea[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET gongzhi.acts = 'system' AS $$
    SELECT p.person_id FROM people_particulars p WHERE p.phone_index = ANY (phones) ORDER BY p.person_id
$$;
"""
FORGET = """
DROP FUNCTION people_person_known(bytea[], bytea[]);
DROP FUNCTION people_person_add(bigint, text, text, text, boolean, text, timestamptz, bytea, bytea, bytea, bytea, integer);
DROP FUNCTION people_with_phone(bytea[]);
"""
PARTICULARS = f"""
    person_id = {number("person")} OR person_id = ANY ({numbers("opened")}) OR {acts_as("system")}
"""


def seal(apps, schema_editor):
    """Move what is there, a thousand rows at a time."""
    Person, Particulars = (apps.get_model("people", name) for name in ("Person", "Particulars"))
    kept, changed = [], []
    for person in Person.objects.order_by("pk").iterator(chunk_size=1000):
        kept.append(_particulars(Particulars, person))
        person.masked_name, person.masked_phone = mask_name(person.name), mask_phone(person.phone)
        person.by_sms = len(person.phone) == 11 and person.phone.isdigit() and person.phone.startswith("1")
        changed.append(person)
        if len(kept) == 1000:
            _write(Person, Particulars, kept, changed)
            kept, changed = [], []
    _write(Person, Particulars, kept, changed)
    for account in apps.get_model("people", "Account").objects.exclude(totp_secret=""):  # nosec B106
        bound = place("people_account", "totp_secret", account.pk)
        account.totp_secret_sealed = sealed(account.totp_secret, bound)
        account.save(update_fields=["totp_secret_sealed"])


def _particulars(Particulars, person):
    values = {
        f"{name}_sealed": sealed(getattr(person, name), place("people_particulars", name, person.pk))
        for name in ("name", "phone", "id_number", "address")
    }
    return Particulars(
        person_id=person.pk,
        name_index=indexes(NAME, person.name)[0] if person.phone else None,
        phone_index=indexes(PHONE, person.phone)[0] if person.phone else None,
        id_number_index=indexes(ID_NUMBER, person.id_number)[0] if person.id_number else None,
        key_version=keyring().versions[0],
        **values,
    )


def _write(Person, Particulars, kept, changed):
    Particulars.objects.bulk_create(kept)
    Person.objects.bulk_update(changed, ["masked_name", "masked_phone", "by_sms"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_phone_tail"), ("lock", "0002_kernel_tables")]
    operations = [
        migrations.AddField("person", "masked_name", models.CharField(blank=True, default="", max_length=80), False),
        migrations.AddField("person", "masked_phone", models.CharField(blank=True, default="", max_length=20), False),
        migrations.AddField("person", "by_sms", models.BooleanField(default=False)),
        migrations.AddField("account", "totp_secret_sealed", models.BinaryField(default=b"")),
        migrations.CreateModel(
            name="Particulars",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("name_sealed", models.BinaryField(default=b"")),
                ("phone_sealed", models.BinaryField(default=b"")),
                ("id_number_sealed", models.BinaryField(default=b"")),
                ("address_sealed", models.BinaryField(default=b"")),
                ("name_index", models.BinaryField(max_length=16, null=True)),
                ("phone_index", models.BinaryField(max_length=16, null=True)),
                ("id_number_index", models.BinaryField(max_length=16, null=True)),
                ("key_version", models.SmallIntegerField()),
            ],
            options={"verbose_name": "人员身份信息", "verbose_name_plural": "人员身份信息"},
        ),
        migrations.RunPython(seal, elidable=True),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint("person", "person_by_phone_and_name"),
        migrations.RemoveField("person", "name"),
        migrations.RemoveField("person", "phone"),
        migrations.RemoveField("person", "id_number"),
        migrations.RemoveField("person", "address"),
        migrations.RemoveField("account", "totp_secret"),
        migrations.AddConstraint(
            "particulars",
            models.UniqueConstraint(
                condition=models.Q(("phone_index__isnull", False)),
                fields=("phone_index", "name_index"),
                name="particulars_by_phone_and_name",
            ),
        ),
        migrations.AddIndex(
            "particulars",
            models.Index(
                condition=models.Q(("id_number_index__isnull", False)),
                fields=["id_number_index"],
                name="particulars_by_id_number",
            ),
        ),
        migrations.AddIndex(
            "particulars", models.Index(fields=["key_version", "person"], name="particulars_to_rotate")
        ),
        migrations.RunSQL(FUNCTIONS, FORGET),
        protect("people_particulars", PARTICULARS),
    ]
