"""Where a model's messages came from is said in the language of the page."""

from django.utils.translation import override

from gongzhi.insight.triage.sources import CLOSED, STARTER, in_words


def test_a_source_that_we_name_is_said_in_the_readers_language_and_a_file_as_it_was_given():
    assert str(in_words(STARTER)) == "为演示和起步编写的虚构诉求，以及类别的说明"
    with override("en"):
        assert str(in_words(CLOSED)) == "Closed requests"
    assert in_words("messages.csv") == "messages.csv"
