"""Elements of HTML and XML as a light tree, made from the events of libxml2 without a library between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_DEPTH

_UNREAD = frozenset({"rt", "rp"})  # what stands above East Asian signs


class Element:
    """One element: its name without prefix, attributes, children (elements and texts) and parent."""

    __slots__ = ("attributes", "before", "children", "depth", "name", "parent")

    def __init__(self, name: str, attributes: Mapping[str, str], parent: Element | None) -> None:
        """An element without children, which follows those that its parent has."""
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.children: list[Element | str] = []
        self.before: Element | str | None = parent.children[-1] if parent is not None and parent.children else None

    def get(self, name: str) -> str:
        """The value of an attribute; empty if it has none."""
        return self.attributes.get(name, "")

    def elements(self) -> Iterator[Element]:
        """All elements inside, in the order of the document."""
        stack = [iter(self.children)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif isinstance(child, Element):
                yield child
                stack.append(iter(child.children))

    def all_of(self, names: Collection[str]) -> list[Element]:
        """The elements inside that have one of these names."""
        return [element for element in self.elements() if element.name in names]

    def first_of(self, names: Collection[str]) -> Element | None:
        """The first element inside that has one of these names."""
        return next((element for element in self.elements() if element.name in names), None)

    def own(self, names: Collection[str] | None = None) -> list[Element]:
        """The children that have one of these names (all elements among them without names)."""
        return [one for one in self.children if isinstance(one, Element) and (names is None or one.name in names)]

    def parents(self) -> Iterator[Element]:
        """The elements that hold this one, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def within(self, names: Collection[str]) -> Element | None:
        """The nearest element of these names that holds this one."""
        return next((above for above in self.parents() if above.name in names), None)

    def taken_out(self) -> None:
        """Take this element out of the one that holds it."""
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None


def parsed_html(text: str, left_out: Iterable[str]) -> Element:
    """The tree of an HTML page, without elements of some names.

    Raises
    ------
    InputError
        If the parser gives up, for example on elements nested too deep.
    """
    from lxml import etree

    target = _Target(frozenset(left_out))
    return _fed(etree.HTMLParser(target=target, recover=True, encoding="utf-8"), text, target)


def parsed_xml(text: str, left_out: Iterable[str]) -> Element:
    """The tree of an XML text, as far as it can be read; nothing outside the text is looked up.

    Raises
    ------
    InputError
        As for `parsed_html`.
    """
    from lxml import etree

    target = _Target(frozenset(left_out))
    parser = etree.XMLParser(target=target, recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    return _fed(parser, text, target)


def _fed(parser: object, text: str, target: _Target) -> Element:
    from lxml import etree

    content = text.removeprefix("\ufeff").encode("utf-8", errors="replace")
    feed, close = getattr(parser, "feed"), getattr(parser, "close")  # noqa: B009 lxml has no types
    try:
        feed(content)
        close()
    except (etree.LxmlError, AssertionError) as error:
        raise InputError("its elements cannot be told apart", hint="save the page again in a browser") from error
    if target.deepest > MAX_DEPTH:
        raise InputError(
            f"its elements are nested too deep (more than {MAX_DEPTH})", hint="save the page again in a browser"
        )
    return target.root


def _local(tag: str) -> str:
    """The name of a tag without its namespace or prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]


class _Target:
    """What the parser tells its events."""

    def __init__(self, left_out: frozenset[str]) -> None:
        self.root = Element("", {}, None)
        self._here = self.root
        self._left_out = left_out
        self.deepest = 0
        self._skipped = 0  # depth inside an element that is left out
        self._texts: list[str] = []  # parts of one text

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._end_text()
        name = _local(tag)
        if self._skipped or name in self._left_out:
            self._skipped += 1
            return
        made = Element(name, dict(attributes), self._here)
        self.deepest = max(self.deepest, made.depth)
        self._here.children.append(made)
        self._here = made

    def end(self, tag: str) -> None:
        """An element ends, and what is left open inside it."""
        self._end_text()
        if self._skipped:
            self._skipped -= 1
            return
        name = _local(tag)
        ended = self._here if self._here.name == name else self._here.within({name})
        if ended is not None:
            self._here = ended.parent or self.root

    def data(self, text: str) -> None:
        """A text, or a part of one."""
        if not self._skipped and self._here.name not in _UNREAD:
            self._texts.append(text)

    def close(self) -> None:
        """The document ends."""
        self._end_text()

    def _end_text(self) -> None:
        if self._texts:
            self._here.children.append("".join(self._texts))
            self._texts.clear()
