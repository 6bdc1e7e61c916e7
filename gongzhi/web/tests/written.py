"""What every answer in writing has to do: be read and downloaded as given, large and in plain words, by its person alone."""

from django.test import Client

WAYS = {"": "不满意怎么办", "large": "c-sheet__large", "plain": "这件事办成了。"}


def check_three_ways(client, address):
    """Read it as page and as PDF in three ways with the browser of the person, who was told that it ended well."""
    for way, words in WAYS.items():
        assert words in client.get(address, {"as": way}).content.decode()
    pages = [b"".join(client.get(f"{address}pdf/", {"as": way})) for way in WAYS]
    assert all(one.startswith(b"%PDF-") for one in pages)
    assert len(set(pages)) == len(WAYS)
    assert Client().get(f"{address}pdf/").headers["Location"] == "/track/"
