"""Whatever a site does, a crawl ends, says what happened, and reaches no private address."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from itertools import count

import pytest

from corpus.errors import IngestError
from ingest.web.addresses import is_public
from ingest.web.visits import Seen
from tests.ingest.web.conftest import Look, Waits
from tests.ingest.web.site import Reply, Site, chapter, contents
from tests.ingest.web.test_crawler import known_from, seen

HTML = {"Content-Type": "text/html"}


def reason(site: Site, look: Look, reply: Reply, **settings: object) -> str:
    """Why the one page beside a good one was not taken; the good one was."""
    site.pages |= {"/": contents(("/bad", "Bad"), ("/good", "Good")), "/bad": reply, "/good": chapter("Good")}
    crawl = look(**settings)
    assert seen(crawl)["/good"] is Seen.NEW
    assert [document.name for document in crawl.documents] == ["good.html"]
    (visit,) = [visit for visit in crawl.visits if visit.url.endswith("/bad")]
    return visit.reason


def redirect(to: str) -> Reply:
    return Reply(302, headers={"Location": to})


def test_redirects_that_go_round_end(site: Site, look: Look) -> None:
    site.pages["/back"] = redirect("/bad")
    assert reason(site, look, redirect("/back")) == "Its redirects go round in a circle."
    assert site.asked["/bad"] == 1


def test_redirects_without_end_end(site: Site, look: Look) -> None:
    numbers = count()
    site.otherwise = lambda _: redirect(f"/hop{next(numbers)}")
    site.pages["/robots.txt"] = Reply(404)
    assert reason(site, look, redirect("/hop")) == "It redirects more than 5 times."


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/secret",
        "http://[::1]:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://intranet.example.org/",
        "http://2130706433:{port}/secret",
        "//other.example.org/",
        "file:///etc/passwd",
        "http://user:pw@manual.example.org/",
    ],
)
def test_a_redirect_to_a_private_address_another_site_or_no_web_address_is_refused(
    site: Site, look: Look, target: str
) -> None:
    told = reason(site, look, redirect(target.format(port=site.port)))
    assert told.startswith(("It leads to another site", "It redirects to what is no web address"))
    assert "/secret" not in site.asked


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 "
    "::1 fe80::1 fd00::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: fe80::1%eth0 not-an-address".split(),
)
def test_private_addresses_are_told_in_all_their_forms(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_public() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize("ips", [["10.0.0.5"], ["93.184.216.34", "127.0.0.1"]])
def test_a_name_that_stands_for_a_private_address_is_refused(site: Site, look: Look, ips: list[str]) -> None:
    crawl = look(start=f"http://intern.example.net:{site.port}/", hosts={"intern_example_net": ips})
    assert crawl.ended.startswith("intern.example.net lies in a private network.")
    assert not site.asked


def test_a_start_that_leads_to_a_private_address_by_way_of_www_is_refused(site: Site, look: Look) -> None:
    site.pages["/"] = redirect(f"http://www.manual.example.org:{site.port}/")
    crawl = look(hosts={"www_manual_example_org": ["192.168.0.9"]})
    assert crawl.ended.startswith("www.manual.example.org lies in a private network.")


def test_a_name_that_changes_its_address_between_two_looks_gains_nothing(site: Site, look: Look) -> None:
    """The address that was looked at is the one that is connected to, and each page is looked at anew."""
    site.pages |= {"/": contents(("/good", "Good")), "/good": chapter("Good")}
    ips = ["93.184.216.34"]
    hosts = {"rebind_example_net": ips}

    class Rebinding(list[str]):
        def __iter__(self):  # type: ignore[no-untyped-def]
            addresses = list(ips)
            ips[0] = "127.0.0.1"
            return iter(addresses)

    hosts["rebind_example_net"] = Rebinding(ips)
    crawl = look(start=f"http://rebind.example.net:{site.port}/", hosts=hosts, page_seconds=0.3)
    assert crawl.documents == []
    assert not site.asked


def test_an_unknown_name_and_no_address_are_told(look: Look) -> None:
    ended = look(start="https://nowhere.example.net/").ended
    assert ended.startswith("The name nowhere.example.net is not known.")
    with pytest.raises(IngestError, match="is no web address"):
        look(start="ftp://manual.example.org/")


def test_a_huge_page_is_left_when_it_grows_too_large(site: Site, look: Look) -> None:
    def endless(send: Callable[[bytes], None]) -> None:
        while True:
            send(b"<p>and so on</p>" * 1000)

    assert reason(site, look, Reply(headers=HTML, stream=endless)) == "It is larger than 1 MB."
    declared = Reply(headers={**HTML, "Content-Length": "9000000"}, stream=lambda _: None)
    assert reason(site, look, declared) == "It is larger than 1 MB."


def test_a_small_packed_page_that_holds_gigabytes_is_not_unpacked(site: Site, look: Look) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 100_000
    packed = Reply(body=bomb, headers={**HTML, "Content-Encoding": "gzip"})
    assert reason(site, look, packed) == "It is larger than 1 MB."


def test_an_honestly_packed_page_is_read(site: Site, look: Look) -> None:
    page = chapter("Packed")
    body = gzip.compress(str(page.body).encode())
    site.pages |= {
        "/": contents(("/p", "Packed")),
        "/p": Reply(body=body, headers={**HTML, "Content-Encoding": "gzip"}),
    }
    (document,) = look().documents
    assert b"<h1>Packed</h1>" in document.read(1)


def test_a_page_that_comes_drop_by_drop_is_cut_off(site: Site, look: Look) -> None:
    def dripping(send: Callable[[bytes], None]) -> None:
        while True:
            send(b"<p>")
            time.sleep(0.05)

    begun = time.monotonic()
    told = reason(site, look, Reply(headers=HTML, stream=dripping), page_seconds=0.4)
    assert told == "It took longer than 0.4 s."
    assert time.monotonic() - begun < 3


def test_headers_that_come_drop_by_drop_are_cut_off(site: Site, look: Look) -> None:
    def dripping(send: Callable[[bytes], None]) -> None:
        for number in count():
            send(f"X-{number}: y\r\n".encode())
            time.sleep(0.05)

    # The status line is out, and no empty line ever ends the headers.
    site.raw["/bad"] = dripping
    assert reason(site, look, Reply(), page_seconds=0.4) == "It took longer than 0.4 s."


def test_a_silent_page_is_given_up(site: Site, look: Look) -> None:
    silent = Reply(headers=HTML, stream=lambda _: time.sleep(1))
    told = reason(site, look, silent, silence_seconds=0.2)
    assert told == "The site does not answer as it should (ReadTimeout)."


@pytest.mark.parametrize("media_type", ["image/png", "application/zip", "video/mp4", "application/json"])
def test_what_is_no_document_is_not_read(site: Site, look: Look, media_type: str) -> None:
    reply = Reply(body=b"x" * 100, headers={"Content-Type": media_type})
    assert reason(site, look, reply) == f"It is no document, but {media_type}."


def test_a_page_that_lies_about_its_type_is_left_to_the_reader(site: Site, look: Look) -> None:
    lie = Reply(body=b"\x89PNG\r\n", headers={"Content-Type": "application/pdf"})
    site.pages |= {"/": contents(("/bad.pdf", "Bad")), "/bad.pdf": lie}
    assert [document.name for document in look().documents] == ["bad.pdf"]


def test_links_without_end_are_followed_no_further_than_the_limits(site: Site, look: Look) -> None:
    numbers = count(1)

    def calendar(path: str) -> Reply:
        if path == "/robots.txt":
            return Reply(404)
        here = next(numbers)
        return chapter(f"Day {here}", f"Number {here}.", links=[(f"/day/{here + 1}", f"Day {here + 1}")])

    site.otherwise = calendar
    crawl = look("/day/0", max_depth=4)
    assert (len(crawl.documents), crawl.ended) == (5, "")
    assert crawl.visits[-1].reason == "More than 4 links away from the start."

    crawl = look("/day/0", max_depth=100, max_pages=7)
    assert (len(crawl.documents), crawl.ended) == (7, "More than 7 pages: the rest is not looked at.")


def test_a_path_that_repeats_itself_and_endless_queries_are_traps(site: Site, look: Look) -> None:
    queries = [(f"/list?sort={n}", f"Sorted {n}") for n in range(150)]
    site.pages["/"] = contents(("/a/a/a/a/x", "Deeper"), *queries)
    site.otherwise = lambda path: Reply(404) if "sort" in path or "robots" in path else chapter("x")

    crawl = look()

    assert seen(crawl)["/a/a/a/a/x"] is Seen.PASSED_OVER
    assert sum("?sort" in path for path in site.asked) <= 100


def test_one_page_at_ever_new_addresses_is_one_document(site: Site, look: Look) -> None:
    numbers = count(1)
    page = chapter("Session")

    def same(path: str) -> Reply:
        return Reply(404) if path == "/robots.txt" else page

    site.pages["/"] = contents(*((f"/s/{next(numbers)}", "Session page") for _ in range(5)))
    site.otherwise = same

    crawl = look()

    assert len(crawl.documents) == 1
    assert crawl.counts[Seen.PASSED_OVER] == 4


def test_a_busy_site_is_waited_for_as_long_as_it_asks(site: Site, look: Look, waits: Waits) -> None:
    replies = [Reply(429, headers={"Retry-After": "17"}), Reply(503, headers={"Retry-After": "3"})]
    site.pages |= {
        "/": contents(("/good", "Good")),
        "/good": lambda _: replies.pop(0) if replies else chapter("Good"),
    }
    crawl = look()
    assert seen(crawl)["/good"] is Seen.NEW
    assert waits == [17, 3]


def test_a_site_that_asks_for_too_long_a_wait_is_left_until_then(
    site: Site, look: Look, waits: Waits
) -> None:
    site.pages |= {"/": contents(("/good", "Good")), "/good": Reply(429, headers={"Retry-After": "7200"})}
    crawl = look()
    assert (crawl.ended, crawl.retry_hours) == ("The site asks to be left alone for 120 minutes.", 2)
    assert waits == []


def test_a_site_that_keeps_saying_429_is_not_hammered(site: Site, look: Look) -> None:
    site.pages |= {"/": contents(("/good", "Good")), "/good": Reply(429)}
    assert look().ended == "The site keeps answering 429: too many requests."
    assert site.asked["/good"] == 3


def test_a_failing_server_loses_no_page_that_was_there(site: Site, look: Look) -> None:
    pages = [(f"/c{n}", f"Chapter {n}") for n in range(8)]
    site.pages["/"] = contents(*pages)
    site.pages |= {url: chapter(text) for url, text in pages}
    first = look()
    site.pages |= {url: Reply(500, "down") for url, _ in pages}

    second = look(known=known_from(first))

    assert second.ended == "5 pages one after another could not be had."
    assert second.gone == []
    assert second.counts[Seen.FAILED] == 5


def test_broken_xml_and_a_hostile_sitemap_are_refused(site: Site, look: Look) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>'
    site.pages["/sitemap.xml"] = Reply(body=bomb, headers={"Content-Type": "application/xml"})
    (visit,) = look("/sitemap.xml").visits
    assert (visit.seen, visit.reason) == (
        Seen.FAILED,
        "The sitemap cannot be used: it is no XML that can be read.",
    )
