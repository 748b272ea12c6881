"""Articles as sites and browsers put them into files, for the readers' tests."""

import html
from collections.abc import Sequence
from pathlib import Path

from align.bitext import Document
from align.clean import clean
from align.read import text

SEEDS = tuple(sorted((Path(__file__).parent.parent / "seeds").glob("*.txt")))


def seed(path: Path) -> Document:
    """Read a seed as the text that it is."""
    return text.parse(path.read_bytes(), path.name)


def paragraphs(document: Document) -> list[str]:
    """Return all paragraphs of a page, its wrapped lines joined, furniture and copies too."""
    cleaned = clean(document)
    spans = sorted([*cleaned.blocks, *(excluded.span for excluded in cleaned.excluded)])
    return [span.of(document.text) for span in spans]


def entities(words: str) -> str:
    """Write a text as an old site does: every letter beyond ASCII as a reference."""
    numbers = (f"&#{ord(c)};" if ord(c) % 2 else f"&#x{ord(c):X};" for c in words)
    plain = html.escape(words, quote=True)
    return (
        "".join(c if c.isascii() else n for c, n in zip(words, numbers, strict=True))
        if plain == words
        else plain.encode("ascii", "xmlcharrefreplace").decode()
    )


def blog(texts: Sequence[str]) -> str:
    """Put paragraphs into a page of a blog of 2013: tables of divs, gadgets, no `article`."""
    posts = "\n".join(f"<p>{html.escape(words)}</p>" for words in texts)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "xhtml1-strict.dtd">
<!-- saved from url=(0042)http://news.example/2013/02/meeting.html -->
<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>Meeting &laquo; The blog</title><style>p {{ color: red }}</style>
<script>document.write("<p>No text of the article, however long it may be, stands here.</p>");
</script></head><body class="loading variant-menu comments-open">
<div id="navbar"><a href="#">Older</a> <a href="#">Newer</a></div>
<div class="header-inner"><ul class="menu"><li><a href="/">Start</a><li><a href="/a">About</a></ul>
</div><div class="content-outer"><div class="main section"><div class="post hentry">
<div class="post-body entry-content" itemprop="articleBody">{posts}<div style="clear: both;"></div>
</div><div class="post-footer">Posted by <a href="#">someone</a> at 10:00, in a time zone that is \
told at some length here so that it looks like running text.</div></div>
<div class="sidebar"><h2>Followers</h2><p>Many readers follow this blog, and all of them have been \
told so in a paragraph that is longer than most of its articles ever were.</p></div></div></div>
<noscript><p>Switch scripts on.</p></noscript></body></html>"""


def news(texts: Sequence[str]) -> str:
    """Put paragraphs into a page of a news site of today, deeply nested, with everything on it."""
    body = "\n".join(
        f'<div class="block"><div><p class="x y">{_nested(words)}</p></div></div>'
        for words in texts
    )
    teaser = "".join(
        f'<article class="card"><a href="/{n}"><h3>Another story of the day, number {n}</h3>'
        f"<p>What happened elsewhere is told in a sentence that leads to it.</p></a></article>"
        for n in range(8)
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>News</title>
<script type="application/ld+json">{{"articleBody": "not to be read"}}</script></head><body>
<div class="cookie-consent" role="dialog"><p>We and our many partners store cookies on your device,\
 and would like you to agree to that before you read on.</p></div>
<header role="banner"><nav><ul><li><a href="/">World</a></li><li><a href="/">Sport</a></li></ul>
</nav></header><main id="main"><div class="layout"><article class="story">{body}
<div class="social-share"><button>Share</button><a href="#">Copy link</a></div></article>
<section class="related"><h2>Related</h2>{teaser}</section></div></main>
<div hidden><p>A text that nobody sees, because its element is hidden from all who read.</p></div>
<footer><p>All rights reserved, as this paragraph says in more words than it would need.</p>
</footer></body></html>"""


def old(texts: Sequence[str]) -> str:
    """Put paragraphs into a page of 2001: upper case, tables, breaks, nothing ever closed."""
    body = "<BR><BR>\n".join(entities(words) for words in texts)
    return f"""<HTML><HEAD><TITLE>News</TITLE><BODY BGCOLOR=#ffffff>
<TABLE WIDTH=100%><TR><TD><A HREF=index.html>Home page</A><BR><A HREF=map.html>Map of the site</A>
<TD><FONT FACE="Arial" SIZE=2>{body}</FONT><TR><TD COLSPAN=2><CENTER><A HREF=up.html>Up</A>
</TABLE></BODY></HTML>"""


def _nested(words: str) -> str:
    """Write a paragraph with links, emphasis and comments amid it, white space all over."""
    first, _, rest = words.partition(" ")
    middle = f'<a href="/tag"><span>{html.escape(first)}</span></a>'
    return f"\n\t  {middle} <!-- ad --><em>{html.escape(rest)}</em>\n  " if rest else middle
