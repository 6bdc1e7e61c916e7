"""Files come into a case once, harmless and within limits, and come out as they went in."""

import io
import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.audit.record import entries_of_case
from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.tests import factories
from gongzhi.kernel.documents.uploads import (
    MOST_FILES,
    document_of,
    documents_of,
    open_document,
    store_generated,
    store_upload,
)
from gongzhi.kernel.people.actor import Actor, Role

pytestmark = pytest.mark.django_db

CASE, OTHER_CASE = 4105230000000000001, 4105230000000000002
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CITIZEN = Actor(role=Role.CITIZEN, person_id=11)
HANDLER = Actor(role=Role.HANDLER, account_id=1, post_id=22, unit_id=3, region_code="410523")


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


def send(content, name="示例.jpg", actor=CITIZEN, case_id=CASE, **more):
    return store_upload(actor=actor, case_id=case_id, name=name, content=io.BytesIO(content), now=NOW, **more)


def text(number):
    return f"示例说明第 {number} 份".encode()


def test_a_photo_is_kept_without_its_place_and_can_be_read_again():
    document = send(factories.picture(place=True), "路灯.jpg")

    assert (document.name, document.media_type, document.kind) == ("路灯.jpg", "image/jpeg", "photo")
    assert (document.uploaded_by_person_id, document.uploaded_by_post_id, document.from_office) == (
        11,
        None,
        False,
    )
    assert (document.uploaded_at, document.retention_until, document.secrecy) == (NOW, None, "case")
    content = open_document(document_of(CASE, document.pk)).read()
    assert len(content) == document.size
    assert store.hash_of(content) == document.sha256 != document.received_sha256
    assert b"FICTION" not in content


def test_an_attachment_is_kept_byte_for_byte():
    document = send(factories.DOCX, "说明.docx", HANDLER, secrecy=Document.Secrecy.OFFICE)

    assert open_document(document).read() == factories.DOCX
    assert (document.kind, document.secrecy, document.from_office) == ("attachment", "office", True)
    assert (document.uploaded_by_person_id, document.uploaded_by_post_id) == (None, 22)


def test_the_record_says_who_stored_what_without_the_name_of_the_file():
    document = send(factories.PDF, "王某某的病历.pdf")

    entry = entries_of_case(CASE).get()
    assert (entry.action, entry.person_id, entry.subject) == (
        "documents.stored",
        11,
        f"document:{document.pk}",
    )
    assert entry.details == {
        "sha256": document.sha256,
        "media_type": "application/pdf",
        "size": document.size,
    }


def test_a_wrong_ending_is_set_right_by_the_content():
    assert send(factories.picture("PNG"), "照片.jpg").name == "照片.png"
    assert send(factories.PDF, "表格.xlsx").name == "表格.pdf"


def test_a_program_called_photo_is_refused_and_nothing_is_kept(own_store):
    with pytest.raises(NotPossible, match="这种文件不能上传"):
        send(b"MZ\x90\0" + b"\0" * 100, "照片.jpg")

    assert not documents_of(CASE).exists()
    assert not entries_of_case(CASE).exists()
    assert not own_store.exists()


def test_sending_again_gives_the_first_document():
    first = send(factories.picture(place=True), "一.jpg")

    again = send(factories.picture(place=True), "二.jpg", HANDLER)

    assert again == first
    assert again.name == "一.jpg"
    assert documents_of(CASE).count() == entries_of_case(CASE).count() == 1


def test_sending_back_what_was_kept_gives_the_first_document():
    first = send(factories.picture(place=True))

    assert send(open_document(first).read()) == first


def test_the_same_photo_taken_elsewhere_is_one_photo():
    first = send(factories.picture("PNG"))

    assert send(factories.picture("PNG") + b"trailing", "二.png") == first


def test_two_cases_may_hold_the_same_file_and_neither_finds_the_others(own_store):
    mine, other = send(factories.PDF), send(factories.PDF, case_id=OTHER_CASE)

    assert mine != other
    assert len([path for path in own_store.rglob("*") if path.is_file()]) == 1
    with pytest.raises(NotPossible, match="没有找到这个文件"):
        document_of(CASE, other.pk)


def test_an_empty_file_is_refused():
    with pytest.raises(NotPossible, match="文件是空的"):
        send(b"")


def test_a_file_may_have_ten_megabytes_and_not_a_byte_more():
    most = 10 * 1024 * 1024

    assert send(b"a" * most, "说明.txt").size == most
    with pytest.raises(NotPossible, match="不能超过 10 MB"):
        send(b"a" * (most + 1), "说明.txt")
    assert documents_of(CASE).count() == 1


def test_the_tenth_file_is_refused_but_a_repetition_is_not_and_the_office_has_room():
    for number in range(MOST_FILES):
        send(text(number), "说明.txt")

    with pytest.raises(NotPossible, match="最多上传 9 个文件"):
        send(text(99), "说明.txt")
    assert send(text(3), "说明.txt") in documents_of(CASE)
    assert send(text(99), "回复.txt", HANDLER).from_office
    assert documents_of(CASE).count() == MOST_FILES + 1


def test_a_generated_file_does_not_take_the_room_of_others():
    reply = store_generated(actor=HANDLER, case_id=CASE, name="答复", content=factories.PDF, now=NOW)
    again = store_generated(actor=HANDLER, case_id=CASE, name="答复", content=factories.PDF, now=NOW)

    assert again == reply
    assert (reply.kind, reply.name) == ("generated", "答复.pdf")
    for number in range(MOST_FILES):
        send(text(number), "说明.txt", HANDLER)


def test_a_file_whose_content_was_changed_is_not_given_out():
    document = send(factories.PDF)
    store.path_of(document.sha256).write_bytes(factories.PDF + b" ")

    with pytest.raises(store.Damaged, match="不再提供"):
        open_document(document)


def test_a_failure_after_storing_leaves_no_row():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(factories.PDF)
        raise ZeroDivisionError

    assert not documents_of(CASE).exists()
    assert send(factories.PDF).pk


def test_the_database_itself_refuses_a_second_row_for_the_same_content():
    document = send(factories.PDF)
    document.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_files_sent_at_the_same_moment_are_counted_and_repetitions_seen():
    outcomes = []

    def send_from_a_browser(number):
        try:
            outcomes.append(send(text(number % 12), "说明.txt").pk)
        except (NotPossible, DatabaseError) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=send_from_a_browser, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert documents_of(CASE).count() == MOST_FILES
    assert {outcome for outcome in outcomes if isinstance(outcome, str)} == {"NotPossible"}
