"""A well-behaved manual is taken page by page, and looked at again for what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from corpus.source_list import PageState
from ingest.web.visits import Crawl, Seen
from tests.ingest.web.conftest import Look, Waits
from tests.ingest.web.site import Reply, Site, chapter, contents


def seen(crawl: Crawl) -> dict[str, Seen]:
    """By path and query; of two visits the last."""
    found = {}
    for visit in crawl.visits:
        parts = urlsplit(visit.url)
        found[parts.path + (f"?{parts.query}" if parts.query else "")] = visit.seen
    return found


def known_from(crawl: Crawl) -> dict[str, PageState]:
    return {page.url: page for page in crawl.pages}


def manual(site: Site) -> None:
    site.pages |= {
        "/": contents(("/referral", "2.1 Making a referral"), ("/neglect?utm_source=x#top", "4.2 Neglect")),
        "/referral": chapter("Referral", links=[("/", "Home"), ("form.pdf", "The form (PDF, 20 KB)")]),
        "/neglect": chapter("Neglect", "Neglect is rarely one event.", links=[("/referral", "Next")]),
        "/form.pdf": Reply(body=b"%PDF-1.7 form", headers={"Content-Type": "application/pdf"}),
    }


def test_each_page_and_attachment_is_one_document_named_by_its_link(site: Site, look: Look) -> None:
    manual(site)
    crawl = look()

    assert seen(crawl) == {
        "/": Seen.INDEX,
        "/referral": Seen.NEW,
        "/neglect": Seen.NEW,
        "/form.pdf": Seen.NEW,
    }
    assert [(document.name, document.title) for document in crawl.documents] == [
        ("referral.html", "2.1 Making a referral"),
        ("neglect.html", "4.2 Neglect"),
        ("form.pdf", "The form"),
    ]
    assert crawl.ended == ""
    assert max(site.asked.values()) == 1
    assert site.asked["/robots.txt"] == 1


def test_a_link_that_says_nothing_gives_no_title(site: Site, look: Look) -> None:
    site.pages |= {"/": contents(("/referral", "click here")), "/referral": chapter("Referral")}
    assert [document.title for document in look().documents] == [None]


def test_robots_txt_and_page_rules_are_kept(site: Site, look: Look, waits: Waits) -> None:
    hidden = chapter("Hidden", links=[("/behind", "Behind")])
    asks = str(hidden.body).replace("<head>", '<head><meta name="robots" content="noindex,nofollow">')
    site.pages |= {
        "/robots.txt": Reply(body="User-agent: *\nDisallow: /staff\nCrawl-delay: 7"),
        "/": contents(("/staff/rota", "Rota"), ("/hidden", "Hidden"), ("/referral", "Referral")),
        "/hidden": Reply(body=asks, headers=hidden.headers),
        "/referral": chapter("Referral"),
    }
    crawl = look()

    assert seen(crawl) == {
        "/": Seen.INDEX,
        "/staff/rota": Seen.PASSED_OVER,
        "/hidden": Seen.PASSED_OVER,
        "/referral": Seen.NEW,
    }
    assert "/staff/rota" not in site.asked
    assert "/behind" not in site.asked
    assert len(waits) >= 2
    assert all(6 < wait <= 7 for wait in waits)


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site, look: Look) -> None:
    manual(site)
    site.pages["/robots.txt"] = Reply(500, "down")

    crawl = look()

    assert crawl.ended.startswith("robots.txt cannot be had, so the site is left alone.")
    assert crawl.visits == []


def test_a_sitemap_names_the_pages(site: Site, look: Look) -> None:
    manual(site)

    def listed(*paths: str, tag: str = "urlset", entry: str = "url") -> Reply:
        entries = "".join(f"<{entry}><loc>{site.address}{path}</loc></{entry}>" for path in paths)
        xml = f'<?xml version="1.0"?><{tag} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{tag}>'
        return Reply(body=xml, headers={"Content-Type": "application/xml"})

    site.pages["/sitemap.xml"] = listed("/part.xml", tag="sitemapindex", entry="sitemap")
    site.pages["/part.xml"] = listed("/referral", "/neglect")

    crawl = look("/sitemap.xml", max_depth=1)

    assert {path for path, what in seen(crawl).items() if what is Seen.NEW} == {"/referral", "/neglect"}
    assert seen(crawl)["/form.pdf"] is Seen.PASSED_OVER


def test_the_next_look_asks_for_changes_alone_and_still_follows_unchanged_pages(
    site: Site, look: Look
) -> None:
    def tagged(reply: Reply, tag: str) -> Reply:
        return Reply(body=reply.body, headers={**reply.headers, "ETag": tag, "Last-Modified": "x"})

    def unless(reply: Reply, tag: str):  # type: ignore[no-untyped-def]
        def answer(headers: Mapping[str, str]) -> Reply:
            same = headers.get("If-None-Match") == tag
            return Reply(304) if same else tagged(reply, tag)

        return answer

    site.pages |= {
        "/": unless(contents(("/referral", "2.1 Referral"), ("/neglect", "Neglect"), ("/old", "Old")), '"a"'),
        "/referral": unless(chapter("Referral", links=[("/deep", "Deep")]), '"b"'),
        "/neglect": chapter("Neglect"),
        "/deep": chapter("Deep", "Deep down."),
        "/old": chapter("Old", "It was so."),
    }
    first = look()
    site.pages["/neglect"] = chapter("Neglect", "Neglect builds up.")
    site.pages["/deep"] = chapter("Deep", "Deep down.")
    del site.pages["/old"]

    second = look(known=known_from(first))

    assert seen(second) == {
        "/": Seen.INDEX,
        "/referral": Seen.UNCHANGED,
        "/neglect": Seen.CHANGED,
        "/deep": Seen.UNCHANGED,
        "/old": Seen.GONE,
    }
    assert [document.source for document in second.documents] == [f"{site.address}/neglect"]
    assert second.gone == [f"{site.address}/old"]
    again = {page.url: page for page in second.pages}
    assert again[f"{site.address}/referral"].link_text == "2.1 Referral"


def test_a_page_that_no_link_leads_to_any_more_is_told_of_and_one_that_moved_is_gone(
    site: Site, look: Look
) -> None:
    manual(site)
    first = look()
    site.pages["/"] = contents(("/chapters/neglect", "4.2 Neglect"))
    site.pages["/chapters/neglect"] = chapter("Neglect", "Neglect is rarely one event.")
    site.pages["/neglect"] = Reply(301, headers={"Location": "/chapters/neglect"})

    second = look(known=known_from(first))

    assert seen(second)["/referral"] is Seen.UNLINKED
    assert seen(second)["/neglect"] is Seen.GONE
    assert seen(second)["/chapters/neglect"] is Seen.NEW


def test_pages_are_fetched_with_a_pause(site: Site, look: Look, waits: Waits) -> None:
    manual(site)
    look(delay_seconds=5)
    assert len(waits) == 3
    assert all(4 < wait <= 5 for wait in waits)


def test_the_start_may_lead_to_the_same_name_with_www(site: Site, look: Look) -> None:
    site.pages |= {
        "/": lambda headers: (
            contents(("/referral", "Referral"))
            if headers["Host"].startswith("www.")
            else Reply(301, headers={"Location": f"http://www.manual.example.org:{site.port}/"})
        ),
        "/referral": chapter("Referral"),
    }
    hosts = {"www_manual_example_org": ["127.0.0.1"]}

    crawl = look(hosts=hosts, private_hosts=("manual.example.org", "www.manual.example.org"))

    assert seen(crawl)["/referral"] is Seen.NEW
