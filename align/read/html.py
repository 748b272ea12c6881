"""Web pages: the article with its headline, standfirst and captions, and not the page around it.

The article is found by what a page says of itself (`article`, `main`, `nav`, `hidden`, names of
classes) and by where its running text stands. When in doubt a block stays, since a sentence that
is left out here can no longer be found missing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import webencodings

from align.bitext import Document
from align.config import READ_DEFAULTS, ReadSettings
from align.errors import ReadError
from align.read import text
from align.read.markup import Tag, lines, tokens
from align.read.notemarks import is_note_mark
from align.read.pieces import LINE, Origin, Paragraph, Run, assemble
from align.read.tree import refuse_many

_SILENT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select",
    "button", "textarea", "title", "head", "audio", "video", "canvas", "map", "datalist", "dialog",
})  # fmt: skip
"""Elements whose text no reader of the article sees."""
_AROUND = frozenset({"nav", "footer", "aside", "menu", "search"})
_AROUND_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog",
    "alert", "toolbar",
})  # fmt: skip
_EXPORTED = frozenset({"header", "footer"})
"""Titles that LibreOffice gives to what stood on every page."""
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav",
    "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "caption",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    **dict.fromkeys(("dt", "dd"), ({"dt", "dd"}, {"dl"})),
    "tr": ({"tr", "td", "th"}, {"table"}),
    **dict.fromkeys(("td", "th"), ({"td", "th"}, {"tr", "table"})),
    "tbody": ({"thead", "tbody", "tfoot", "tr", "td", "th"}, {"table"}),
    "option": ({"option"}, {"select", "datalist"}),
}
"""What each start tag ends that was left open, and beyond which element it does not look."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|sidebar|side-bar|share|sharing|social|related|recommended|"
    r"recommendations|read-?more|most-?read|most-?popular|trending|newsletter|subscribe|promo|"
    r"advert(?:isement)?|ads?|banner|breadcrumbs?|nav(?:bar|igation)?|menu|cookies?|consent|popup|"
    r"modal|footer|pagination|pager|toolbar|masthead|skip-link|sr-only|visually-hidden|"
    r"screen-reader-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STANDFIRST_NAMES = re.compile(
    r"(?:^|[\s_-])(?:standfirst|stand-first|lead|lede|dek|subtitle|sub-?headline|sub-?heading|"
    r"summary|sapo|chapo|teaser-text|intro)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_NAMES = re.compile(r"(?:^|[\s_-])(?:wp-)?caption(?:-text)?(?:$|[\s_-])", re.IGNORECASE)

_PROSE = 60
"""Fewest characters outside links that make a block running text, for finding the article."""
_EXPLICIT_SHARE = 0.5
"""Share of the page's running text that an element must hold to be believed to be the article."""
_DESCENT_SHARE = 0.85
"""Share that a child must hold for the search to go on in it alone."""

_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_HEAD_BYTES = 4096


@dataclass(slots=True, eq=False)
class _Node:
    """An element, as far as its place and its names tell what its text is."""

    name: str
    parent: "_Node | None"
    attributes: dict[str, str]
    silent: bool = False
    around: bool = False
    label: str = ""
    prose: int = 0

    def up(self) -> Iterator["_Node"]:
        """Yield the element and those around it, from the inside."""
        node: _Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def named(self, pattern: re.Pattern[str]) -> bool:
        if not self.attributes:
            return False
        names = " ".join(self.attributes.get(key, "") for key in ("class", "id", "itemprop"))
        return pattern.search(names) is not None


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph of the page and the element that it stands in."""

    node: _Node
    paragraph: Paragraph
    length: int
    linked: int


@dataclass(slots=True)
class _Page:
    """A page under way: the open elements, the paragraph that is being read, those before it."""

    limit: int
    open: list[_Node] = field(default_factory=lambda: [_Node("html", None, {})])
    # How many of each name are open: without it, each tag would look through all of them.
    names: Counter[str] = field(default_factory=Counter)
    runs: list[Run] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    breaks: int = 2
    length: int = 0
    linked: int = 0

    def take(self, token: Tag | Run) -> None:
        """Add a tag or a text to the page."""
        if isinstance(token, Run):
            self._text(token)
        elif token.name == "br":
            self._end_line()
        elif token.kind == "end":
            self._end(token.name)
        else:
            self._start(token)

    def _text(self, run: Run) -> None:
        node = self.open[-1]
        if node.silent:
            return
        if self.names["pre"] and "\n" in run.text:
            for line in lines(run):
                self.runs.append(line)
                if line.text.endswith("\n"):
                    self._end_line()
            return
        self.runs.append(run)
        visible = len(run.text.strip())
        self.length += visible
        self.linked += visible * bool(self.names["a"])

    def _start(self, tag: Tag) -> None:
        if tag.name in _BLOCKS:
            self.end_block()
            self._end_open(tag.name)
        if tag.name in _VOID:
            return
        parent = self.open[-1]
        node = _Node(tag.name, parent, tag.attributes)
        node.silent = parent.silent or _is_silent(node)
        node.around = parent.around or _is_around(node)
        node.label = _own_label(node) or parent.label
        # An element that is nested too deeply is one with the element that it stands in.
        if len(self.open) < self.limit and not (tag.closes_itself and tag.name not in _BLOCKS):
            self.open.append(node)
            self.names[node.name] += 1

    def _end_open(self, name: str) -> None:
        """End the elements that a start tag ends without saying so."""
        self._end("head")
        self._end_within({"p"}, {"td", "th", "table", "button"})
        self._end_within(*_ENDS.get(name, (set(), set())))

    def _end_within(self, ended: set[str], border: set[str]) -> None:
        """End the elements of these names that stand inside of the border, and all within."""
        if not any(self.names[name] for name in ended):
            return
        outermost = 0
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].name in border:
                break
            outermost = index if self.open[index].name in ended else outermost
        if outermost:
            self._drop(outermost)

    def _drop(self, index: int) -> None:
        """Close the element at that place, and those that stand in it."""
        self.names.subtract(node.name for node in self.open[index:])
        del self.open[index:]

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self.end_block()
        if not self.names[name]:
            return
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].name == name:
                self._drop(index)
                return
            if self.open[index].name == "table" and name != "table" and name not in _TABLED:
                return

    def _end_line(self) -> None:
        self._flush()
        self.breaks += 1

    def end_block(self) -> None:
        """End the paragraph that is being read."""
        self._flush()
        self.breaks = 2

    def _flush(self) -> None:
        if any(run.text.strip() for run in self.runs):
            joint = LINE if self.breaks < 2 else "\n\n"
            paragraph = Paragraph(tuple(self.runs), joint)
            node = next(n for n in reversed(self.open) if n.name in _BLOCKS)
            self.blocks.append(_Block(node, paragraph, self.length, self.linked))
            self.breaks = 0
        self.runs, self.length, self.linked = [], 0, 0


_TABLED = frozenset({"table", "body", "html", "article", "main", "div", "section"})


def parse(
    data: bytes, name: str, origin: str = "", limits: ReadSettings = READ_DEFAULTS
) -> Document:
    """Read the article of a web page.

    Returns:
        A document whose blocks are the article's paragraphs; places say which is the headline,
        the standfirst or a caption, and offsets lead to the file.

    Raises:
        ReadError: The encoding cannot be told, or the page has no text.
    """
    page = decode(data, origin or name)
    kept = _labelled(_article(page_blocks(page, origin or name, limits)))
    fix = "A page that is filled in by scripts must be saved from the browser when it shows."
    return assemble(kept, Origin(name, origin, page), limits, fix)


def page_blocks(page: str, where: str, limits: ReadSettings) -> list[_Block]:
    """Return the paragraphs that a browser would show, each with its element.

    Raises:
        ReadError: The page has more elements and character references than the limit, or more end
            tags.
    """
    reading = _Page(limits.nesting)
    # A reference counts as well: a page of nothing else would be as many texts as it has.
    begun, ended = 0, 0
    for token in tokens(page):
        reading.take(token)
        is_end = isinstance(token, Tag) and token.kind == "end"
        ended += is_end
        begun += not is_end and (isinstance(token, Tag) or not isinstance(token.offsets, range))
        if max(begun, ended) > limits.elements:
            refuse_many(where, limits, "elements and references")
    reading.end_block()
    return reading.blocks


def decode(data: bytes, origin: str) -> str:
    """Decode a page: as UTF-8 if it is that, then as it says, then as any text."""
    try:
        return text.decode(data, origin, guess=False)
    except ReadError:
        head = data[:_HEAD_BYTES]
        declared = _META.search(head) or _XML.search(head)
        known = webencodings.lookup(declared[1].decode("ascii")) if declared else None
        if known is None or known.name.startswith("utf"):
            return text.decode(data, origin)
    try:
        return str(known.codec_info.decode(data, "strict")[0])
    except UnicodeDecodeError:
        return text.decode(data, origin)


def _is_silent(node: _Node) -> bool:
    if node.name in _SILENT or "hidden" in node.attributes:
        return True
    style = node.attributes.get("style", "")
    if node.attributes.get("aria-hidden") == "true" or _HIDDEN.search(style):
        return True
    parent = node.parent
    return parent is not None and is_note_mark(
        node.name, node.attributes, parent.name, parent.attributes
    )


def _is_around(node: _Node) -> bool:
    if node.name in ("html", "body", "main", "article"):
        return False
    if node.name in _AROUND or node.attributes.get("role", "").lower() in _AROUND_ROLES:
        return True
    if node.attributes.get("title") in _EXPORTED:
        return True
    return node.named(_AROUND_NAMES)


def _article(blocks: Sequence[_Block]) -> list[_Block]:
    """Return the blocks of the article: its root's, and what stands between it and its headline."""
    inside = [block for block in blocks if not block.node.around]
    if _prose(inside) * 2 < _prose(blocks):
        inside = list(blocks)  # names that promised furniture were wrong about this page
    root = _root(inside)
    if root is None:
        return inside
    chosen = [i for i, block in enumerate(inside) if root in block.node.up()]
    start = _headline(inside, chosen[0], chosen[-1])
    return [block for block in inside[start : chosen[-1] + 1] if not _is_link_list(block)]


def _prose(blocks: Iterable[_Block]) -> int:
    return sum(_prose_of(block) for block in blocks)


def _prose_of(block: _Block) -> int:
    plain = block.length - block.linked
    return plain if plain >= _PROSE and plain > block.linked else 0


def _root(blocks: Sequence[_Block]) -> _Node | None:
    """Return the element that is, or holds, the article; None if no block is running text."""
    nodes: dict[int, _Node] = {}
    for block in blocks:
        for node in block.node.up():
            if id(node) not in nodes:
                nodes[id(node)], node.prose = node, 0
            node.prose += _prose_of(block)
    total = _prose(blocks)
    if not total:
        return None
    named = [
        node
        for node in nodes.values()
        if _says_article(node) and node.prose > _EXPLICIT_SHARE * total
    ]
    if named:
        return max(named, key=lambda node: sum(1 for _ in node.up()))
    heavy = {id(n.parent): n for n in nodes.values() if n.prose > _DESCENT_SHARE * total}
    root = heavy[id(None)]
    while (inner := heavy.get(id(root))) is not None and inner.name != "p":
        root = inner
    return root


def _says_article(node: _Node) -> bool:
    if node.name in ("article", "main") or node.attributes.get("role") in ("main", "article"):
        return True
    return "articleBody" in node.attributes.get("itemprop", "")


def _headline(blocks: Sequence[_Block], first: int, last: int) -> int:
    """Return where the headline stands, if it is outside of the article's element."""
    if any(block.node.label == "headline" for block in blocks[first : last + 1]):
        return first
    above = [i for i in range(first) if blocks[i].node.label == "headline"]
    return above[-1] if above else first


def _is_link_list(block: _Block) -> bool:
    """Tell whether a block is nothing but links to elsewhere, and no heading or paragraph."""
    if block.linked < block.length:
        return False
    return not any(node.name == "p" or node.name in _HEADINGS for node in block.node.up())


def _labelled(blocks: Iterable[_Block]) -> Iterator[Paragraph]:
    number = 0
    for block in blocks:
        label = block.node.label or "paragraph"
        if label == "paragraph":
            number += 1
            label = f"paragraph {number}"
        runs = tuple(replace(run, label=label) for run in block.paragraph.runs)
        yield Paragraph(runs, block.paragraph.joint)


def _own_label(node: _Node) -> str:
    """Return what an element says that its text is, if it says so."""
    if node.name == "h1":
        return "headline"
    if node.name in _HEADINGS:
        return "heading"
    if node.name in ("figcaption", "caption") or node.named(_CAPTION_NAMES):
        return "caption"
    if node.name not in ("html", "body", "article", "main") and node.named(_STANDFIRST_NAMES):
        return "standfirst"
    return ""
