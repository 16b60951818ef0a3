import pytest

from server.importers.oruk.feed import from_file, from_url
from server.importers.oruk.fetch import Fetcher, Limits
from server.importers.problems import SourceError

QUICK = Limits(connect_s=0.3, read_s=0.3, total_s=5, tries=2)


def fetch(address, limits=QUICK, **arguments):
    with Fetcher(limits, pause=lambda _: None, **arguments) as fetcher:
        return from_url(address, fetcher, lambda *_: None)


def service(number, **fields):
    return {"id": str(number), "name": f"Service {number}", **fields}


def page(number, pages, *services):
    last = number == pages
    return {"page_number": number, "total_pages": pages, "last_page": last, "total_items": 3, "contents": services}


def test_every_page_is_followed(publisher):
    publisher.gives("/api/services?page=1", page(1, 2, service(1, schedules=[{}]), service(2)))
    publisher.gives("/api/services?page=2", page(2, 2, service(3)))
    feed = fetch(f"{publisher.address}/api")
    assert [one["id"] for one in feed.services] == ["1", "2", "3"]
    assert feed.whole


def test_the_older_names_of_a_page_are_known(publisher):
    older = {"number": 1, "totalPages": 1, "last": True, "totalElements": 1, "content": [service(1)]}
    publisher.gives("/o/services?page=1", older)
    feed = fetch(f"{publisher.address}/o/services")
    assert len(feed.services) == 1


def test_details_are_asked_for_where_the_list_leaves_them_out(publisher):
    publisher.gives("/services?page=1", page(1, 1, service(1), service("a/b")))
    publisher.gives("/services/1", service(1, schedules=[{"byday": "MO"}]))
    publisher.gives("/services/a%2Fb", service("a/b", schedules=[{"byday": "TU"}]))
    feed = fetch(publisher.address)
    assert [one["schedules"][0]["byday"] for one in feed.services] == ["MO", "TU"]


def test_a_feed_that_offers_no_details_is_taken_as_it_is(publisher):
    publisher.gives("/services?page=1", page(1, 1, service(1), service(2), service(3)))
    feed = fetch(publisher.address)
    assert len(feed.services) == 3
    assert feed.notes == ("The feed offers no details beyond its list.",)
    assert publisher.asked == ["/services?page=1", "/services/1"]


def test_a_file_on_the_web_is_read_once(publisher):
    publisher.gives("/feed.json?page=1", [service(1)])
    assert len(fetch(f"{publisher.address}/feed.json").services) == 1


def test_a_feed_that_gives_fewer_services_than_it_says_is_not_whole(publisher):
    publisher.gives("/services?page=1", page(1, 1, service(1)))
    feed = fetch(publisher.address)
    assert not feed.whole
    assert "says it has 3 services and gave 1" in feed.notes[1]


def test_a_feed_that_hangs_is_given_up_with_a_plain_problem(publisher):
    publisher.hangs("/services?page=1")
    with pytest.raises(SourceError, match="gone silent"):
        fetch(publisher.address)


def test_a_feed_that_hangs_half_way_gives_nothing(publisher):
    publisher.gives("/services?page=1", page(1, 2, service(1)))
    publisher.hangs("/services?page=2")
    with pytest.raises(SourceError, match="gone silent"):
        fetch(publisher.address)


def test_a_feed_whose_details_fail_half_way_gives_nothing(publisher):
    publisher.gives("/services?page=1", page(1, 1, service(1), service(2)))
    publisher.gives("/services/1", service(1))
    publisher.gives("/services/2", {}, status=500)
    with pytest.raises(SourceError, match="answers 500"):
        fetch(publisher.address)


def test_a_busy_feed_is_asked_again(publisher):
    answers = iter([(503, b""), (200, b"[]")])
    publisher.answers["/services?page=1"] = lambda: next(answers)
    assert fetch(publisher.address).services == []


def test_an_empty_feed_is_never_believed_to_be_all_there_is(publisher):
    publisher.gives("/services?page=1", [])
    assert not fetch(publisher.address).whole


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>Sign in</html>", "not JSON"),
        (b'[{"id": "1", "name"', "not JSON"),
        (b'"services"', "neither a list"),
        (b'{"error": "no"}', "holds no list"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_feed_is_refused_in_plain_words(publisher, body, message):
    publisher.answers["/services?page=1"] = (200, body)
    with pytest.raises(SourceError, match=message):
        fetch(publisher.address)


def test_a_feed_larger_than_the_limit_is_given_up(publisher):
    publisher.gives("/services?page=1", [service(1, description="x" * 5000)])
    with pytest.raises(SourceError, match="larger than the limit"):
        fetch(publisher.address, Limits(answer_bytes=4000))


def test_a_feed_that_dribbles_past_the_limit_of_time_is_given_up(publisher):
    publisher.gives("/services?page=1", [service(1)])
    ticks = iter([0.0, 1801.0])
    with pytest.raises(SourceError, match="longer than the limit"):
        fetch(publisher.address, Limits(), clock=lambda: next(ticks))


def test_a_feed_that_repeats_its_first_page_is_given_up(publisher):
    for number in (1, 2):
        publisher.gives(f"/services?page={number}", {"page_number": number, "total_pages": 9, "contents": [service(1)]})
    with pytest.raises(SourceError, match="again and again"):
        fetch(publisher.address)


def test_a_feed_that_is_not_there_is_said_so(publisher):
    with pytest.raises(SourceError, match="There is no /services"):
        fetch(publisher.address)
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch("http://127.0.0.1:1/")
    with pytest.raises(SourceError, match="begins with http"):
        fetch("ftp://example.org/")


def test_a_key_in_the_address_is_never_shown(publisher):
    publisher.gives("/services?key=secret&page=1", {}, status=500)
    with pytest.raises(SourceError) as caught:
        fetch(f"{publisher.address}/services?key=secret")
    assert "secret" not in str(caught.value)


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path):
    file = tmp_path / "feed.json"
    file.write_bytes(b'\xef\xbb\xbf[{"id": "1", "name": "Choir"}]')
    assert len(from_file(file).services) == 1


def test_a_file_that_is_missing_or_half_written_is_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        from_file(tmp_path / "none.json")
    (tmp_path / "half.json").write_text('[{"id": "1"', encoding="utf-8")
    with pytest.raises(SourceError, match="not JSON"):
        from_file(tmp_path / "half.json")


def test_half_an_emoji_does_not_cost_the_whole_feed(tmp_path):
    file = tmp_path / "feed.json"
    file.write_bytes(b'[{"id": "1", "name": "Choir \\ud83d"}, {"id": "2", "name": "\\ud83d\\ude00 \\ude00"}]')
    assert [one["name"] for one in from_file(file).services] == ["Choir \ufffd", "\U0001f600 \ufffd"]
