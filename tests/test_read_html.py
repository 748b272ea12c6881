"""Reading web pages: the article and not the page, each word with its place in the file."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.bitext import Document
from align.config import Config, ReadSettings
from align.errors import ReadError
from align.pipeline import prepare
from align.read.html import parse
from align.read.markup import Tag, tokens
from align.read.pieces import Run
from tests import pages

LONG = "This sentence is long enough to count as running text, as those of articles mostly are. "


def read(page: str) -> Document:
    """Read a page."""
    return parse(page.encode(), "a.html")


def blocks(document: Document) -> list[str]:
    """Return the text of each block."""
    return [block.of(document.text) for block in document.blocks]


def labelled(document: Document) -> list[tuple[str, str]]:
    """Return what each place is called, and its text."""
    return [(place.label, place.span.of(document.text)) for place in document.places]


@pytest.mark.parametrize("site", [pages.blog, pages.news, pages.old], ids=lambda f: f.__name__)
@pytest.mark.parametrize("path", pages.SEEDS, ids=lambda path: path.name[:3])
def test_a_saved_page_has_the_segments_of_its_text(path: object, site: object) -> None:
    """Each seed, in the page of any site, gives the segments that its text gives."""
    document = pages.seed(path)  # type: ignore[arg-type] # parametrize knows no types
    page: str = site(pages.paragraphs(document))  # type: ignore[operator] # as above
    read_document = parse(page.encode(), "page.html")
    wanted, found = prepare(document, Config())[1], prepare(read_document, Config())[1]
    assert [s.text.replace("\n", " ") for s in found] == [s.text.replace("\n", " ") for s in wanted]
    for segment in found:
        start, end = (read_document.file_offset(p) for p in (segment.span.start, segment.span.end))
        first, last = html.unescape(page[start : start + 8]), html.unescape(page[end - 8 : end])
        assert first[0] == segment.text[0]
        assert last[-1] == segment.text[-1]


def test_headline_standfirst_and_captions_are_kept_apart() -> None:
    """They are blocks of their own, and places say which is which."""
    document = read(
        f"<header><h1>Bridge opens</h1></header><p class='article-standfirst'>After years.</p>"
        f"<article><figure><img><figcaption>The bridge. Photo: X</figcaption></figure>"
        f"<p>{LONG}</p><h2>Why so late?</h2><p>{LONG}{LONG}</p>"
        f"<div class='wp-caption-text'>A map</div></article>"
    )
    assert labelled(document) == [
        ("headline", "Bridge opens"),
        ("standfirst", "After years."),
        ("caption", "The bridge. Photo: X"),
        ("paragraph 1", LONG.strip()),
        ("heading", "Why so late?"),
        ("paragraph 2", LONG + LONG.strip()),
        ("caption", "A map"),
    ]


@pytest.mark.parametrize(
    "around",
    [
        "<nav><p>{}</p></nav>",
        "<footer><p>{}</p></footer>",
        "<aside>{}</aside>",
        "<div role=navigation><p>{}</p></div>",
        "<div class='post-comments'><p>{}</p></div>",
        "<div id=sidebar><p>{}</p></div>",
        "<div class='related links'><p>{}</p></div>",
        "<div hidden><p>{}</p></div>",
        "<div style='color:red; display : none'><p>{}</p></div>",
        "<p aria-hidden=true>{}</p>",
        "<script>document.write('<p>{}</p>')</script>",
        "<style>{}</style>",
        "<noscript><p>{}</p></noscript>",
        "<template><p>{}</p></template>",
        "<!-- <p>{}</p> -->",
        "<textarea>{}</textarea>",
        "<select><option>{}</select>",
        "<svg><text>{}</text></svg>",
        "<ul><li><a href=/>{}</a></li></ul>",
    ],
)
def test_what_is_around_an_article_is_left_out(around: str) -> None:
    """Navigation, comments, hidden and scripted text are not the article, wherever they stand."""
    other = "Something else is told in here, and at a length that makes it look like running text."
    page = f"<body>{around.format(other)}<p>{LONG}</p>{around.format(other)}<p>{LONG}x</p></body>"
    assert blocks(read(page)) == [LONG.strip(), LONG + "x"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One<p>Two", "One\n\nTwo"),
        ("<p>One<br>two<br><br>three", "One\ntwo\n\nthree"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "a\n\nb\n\nc\n\nd"),
        ("<table><tr><td>a<td>b<tr><th>c</table>d", "a\n\nb\n\nc\n\nd"),
        ("<p>a<b>b<i>c</b>d</i>e", "abcde"),
        ("<p>a &amp; b &lt;c&gt; &eacute;&#233;&#xE9; &nosuch; &copy", "a & b <c> ééé &nosuch; ©"),
        ("<p>5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<p>co&shy;operate\u200b!", "cooperate\u200b!"),
        ("<pre>one\n  two\n\nthree</pre>", "one\ntwo\n\nthree"),
        ("<p a=\"x>y\" b='<p>' c=>one</p foo>two", "one\n\ntwo"),
        ("one<!-- -- > --> two<!doctype x><?php x ?> three", "one two three"),
        ("<p>one</p>tail<div>two</div>", "one\n\ntail\n\ntwo"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "a\n\nb\n\nc"),
        ("<p>Ca\u0302\u0300u m&#7899;i", "Cầu mới"),
        ("<p>a<wbr>b<img alt=x>c<input value=y>d", "abcd"),
        ("<P>UPPER<BR/>CASE</P>", "UPPER\nCASE"),
        ("<p>open <a href='x'>link", "open link"),
        ("<ul><li>a<table><li>b", "a\n\nb"),
        ("<table><tr><td>a<table><td>b<p>c<tr><td>d", "a\n\nb\n\nc\n\nd"),
    ],
)
def test_broken_markup_is_read_as_browsers_do(page: str, text: str) -> None:
    """Tags left open, odd attributes and references of all kinds give what a browser shows."""
    assert read(page).text == text


def test_every_word_has_its_line_and_column() -> None:
    """Entities, comments and tags in between do not move what stands behind them."""
    page = "<html>\r\n<p>Fish &amp; <!-- x -->chips\r\n  <b>c&ocirc;te</b></p>"
    document = read(page)
    assert document.text == "Fish & chips côte"
    for word, written in (
        ("Fish", "Fish &amp;"),
        ("&", "&amp;"),
        ("chips", "chips"),
        ("ôte", "&o"),
    ):
        line, column = document.line_and_column(document.text.index(word)) or (0, 0)
        assert page.split("\r\n")[line - 1][column - 1 :].startswith(written)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1251>", "windows-1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ("<?xml version='1.0' encoding='iso-8859-5'?>", "iso-8859-5"),
        ("<meta charset=windows-1251>", "utf-8"),
        ("", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_the_declared_encoding_counts_unless_the_page_is_unicode(head: str, encoding: str) -> None:
    """A page that is UTF-8 is that, whatever it says; otherwise its own word is believed."""
    page = f"{head}<p>Мост открыли сегодня.</p>"
    assert read_bytes(page.encode(encoding)) == ["Мост открыли сегодня."]


def read_bytes(data: bytes) -> list[str]:
    """Return the blocks of a page as bytes."""
    return blocks(parse(data, "a.html"))


def test_names_that_promise_furniture_may_be_wrong() -> None:
    """If most running text stands in what calls itself a menu, it is the article after all."""
    assert blocks(read(f"<div class=menu><p>{LONG}</p><p>{LONG}!</p></div><p>{LONG}?</p>")) == [
        LONG.strip(),
        LONG + "!",
        LONG + "?",
    ]


def test_a_page_of_headlines_is_kept_whole() -> None:
    """Where nothing is running text, nothing is chosen, but what surrounds is left out."""
    assert blocks(read("<nav>Menu</nav><h2>Rain</h2><p>Short.</p>")) == ["Rain", "Short."]


@pytest.mark.parametrize(
    "page", ["", "<p></p>", "<script>x</script>", "<html><body></body></html>"]
)
def test_an_empty_page_is_refused(page: str) -> None:
    """A page that scripts fill in says what to do."""
    with pytest.raises(ReadError) as caught:
        read(page)
    assert "scripts" in caught.value.fix


@pytest.mark.parametrize("element", ["div", "p", "b", "li", "table", "font", "a"])
def test_deep_nesting_is_flattened(element: str) -> None:
    """A hundred levels, or a hundred thousand, are read; those beyond the limit are one."""
    for depth in (100, 100_000):
        assert blocks(read(f"<{element}>" * depth + LONG)) == [LONG.strip()]


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "&", "<p a='", "</", "<script>", "&#", "<!"])
def test_time_grows_with_the_length_of_a_broken_page(piece: str) -> None:
    """Half a megabyte of unfinished markup takes no longer than as much text: it ends at all."""
    page = "<p>text</p>" + piece * (500_000 // len(piece))
    assert blocks(read(page))[0].startswith("text")


def test_a_paragraph_beyond_the_limit_is_refused() -> None:
    """A line of ten megabytes is no prose; the error names the setting."""
    with pytest.raises(ReadError) as caught:
        parse(b"<p>" + b"word " * 2_000_000, "a.html")
    assert "limit of 1,000,000" in caught.value.what
    assert "paragraph_chars" in caught.value.fix


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("<>/!-&;#=\"' apbrdivsctenul123\n"), max_size=80))
def test_tokens_never_lose_their_places(page: str) -> None:
    """Whatever the markup, each text stands in the page where it says, in order."""
    at = 0
    for token in tokens(page):
        if isinstance(token, Tag):
            continue
        assert isinstance(token, Run)
        assert len(token.offsets) == len(token.text) + 1
        assert token.offsets[0] >= at
        at = token.offsets[-1]
        if "&" not in page:
            assert page[token.offsets[0] : at] == token.text


def test_limits_are_those_that_are_given() -> None:
    """A caller's limits count, not the defaults."""
    with pytest.raises(ReadError):
        parse(LONG.encode(), "a.html", limits=ReadSettings(paragraph_chars=10))


@pytest.mark.parametrize(
    "mark",
    [
        "<sup><a href='#cite_note-1'>[1]</a></sup>",  # Wikipedia
        "<a class='sdfootnoteanc' href='#sdfootnote1sym'><sup>1</sup></a>",  # LibreOffice
        "<a class='sdfootnotesym' href='#sdfootnote1anc'>1</a>",
        "<a href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a>",  # Word
        "<a href='#fn1' class='footnote-ref' role='doc-noteref'>1</a>",  # Pandoc
        "<a epub:type='noteref' href='notes.xhtml#n1'>1</a>",
        "<sup><a href='notes.xhtml#n1'>1</a></sup>",
    ],
)
def test_marks_of_notes_are_no_text(mark: str) -> None:
    """The number that leads to a note does not lengthen the number before it."""
    document = read(f"<p>It began in 1939{mark} and it ended.</p>")
    assert document.text == "It began in 1939 and it ended."


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("the 1<sup>st</sup> of May, 5 m<sup>2</sup>", "the 1st of May, 5 m2"),
        ("see <a href='#why'>why</a>", "see why"),
        ("5 m<sup><a href='units.html'>2</a></sup>", "5 m2"),
    ],
)
def test_other_raised_words_and_links_are_text(page: str, text: str) -> None:
    """What is raised without leading to a note is read, and so are links within a page."""
    assert read(f"<p>{page}</p>").text == text


def test_a_no_break_space_begins_and_ends_no_paragraph() -> None:
    """It stands for emptiness in many pages; inside a paragraph it stays."""
    assert blocks(read(f"<p>&nbsp;{LONG}10&nbsp;km&nbsp;</p>")) == [f"{LONG}10\u00a0km"]
