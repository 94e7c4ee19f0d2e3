"""What a page's own style rules and attributes say of its elements; style sheets elsewhere are not known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode as Node
from selectolax.lexbor import SelectolaxError

Declared = dict[str, str]
"""Values by property, lower case."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_ELSEWHERE = re.compile(r"print|speech|max-|prefers|orientation|not |hover|supports not")
"""Conditions under which a rule is not in force on an ordinary screen."""
_GROUPS = ("@media", "@supports", "@layer", "@scope", "@container")
_ATTRIBUTES = {"bgcolor": "background-color", "color": "color", "text": "color"}
_MATTERS = re.compile(
    r"display|visibility|opacity|font\s*:|font-size|color|background|position|clip|transform|overflow|"
    r"(?:indent|margin-left|margin-top)\s*:\s*-"
)
_MOST_RULES = 5000

_Weight = tuple[bool, int, int, int, int]
"""Importance, then ids, classes and tags in the selector, then the order of the rules."""
_INLINE = 1_000_000


def declared(root: Node, sheets: list[str]) -> list[tuple[Node, Declared]]:
    """The elements for which anything is declared, and what is in force for each; inheritance left aside."""
    nodes: dict[int, Node] = {}
    found: dict[int, dict[str, tuple[_Weight, str]]] = defaultdict(dict)
    rules = [rule for sheet in sheets for rule in _rules(_unescaped(sheet))][:_MOST_RULES]
    for order, (selector, block) in enumerate(rules):
        for single in selector.split(","):
            for node in _selected(root, single):
                nodes[node.mem_id] = node
                _note(found[node.mem_id], block, _specificity(single), order)
    for node in root.css("[style], [bgcolor], font[color], body[text]"):
        nodes[node.mem_id] = node
        for name, value in inline(node.attributes).items():
            _note(found[node.mem_id], f"{name}:{value}", (_INLINE, 0, 0), len(rules))
    return [(nodes[key], {name: value for name, (_, value) in own.items()}) for key, own in found.items()]


def inline(attributes: Mapping[str, str | None]) -> Declared:
    """What an element's own attributes declare."""
    own: dict[str, tuple[_Weight, str]] = {}
    for name, means in _ATTRIBUTES.items():
        if value := attributes.get(name):
            _note(own, f"{means}:{value}", (0, 0, 0), 0)
    _note(own, _unescaped(attributes.get("style") or ""), (1, 0, 0), 0)
    return {name: value for name, (_, value) in own.items()}


def simple_rules(css: str) -> dict[str, Declared]:
    """Declarations by selector, for selectors of one tag, class or id; `css` is a whole style sheet."""
    found: dict[str, Declared] = {}
    for selector, block in _rules(_unescaped(css)):
        for single in map(str.strip, selector.split(",")):
            if re.fullmatch(r"[.#]?[\w-]+", single):
                found[single] = found.get(single, {}) | inline({"style": block})
    return found


def _unescaped(css: str) -> str:
    """Without comments and escapes: "d\\69splay" is "display"."""
    plain = _COMMENT.sub(" ", css)
    if "\\" not in plain:
        return plain
    return _ESCAPE.sub(lambda e: chr(min(int(e[1], 16), 0x10FFFF)) if e[1] else e[2], plain)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selector and declarations of each rule that is in force on a screen."""
    start, open_groups, skipped, head = 0, 0, 0, ""
    for brace in _BRACE.finditer(css):
        between, start = css[start : brace.start()].strip(), brace.end()
        if skipped:
            skipped += 1 if brace[0] == "{" else -1
        elif brace[0] == "}":
            if head:
                yield from [(head, between)] if _MATTERS.search(between.lower()) else []
                head = ""
            else:
                open_groups = max(0, open_groups - 1)
        elif between.rpartition(";")[2].strip().startswith("@"):
            applies = between.lower().startswith(_GROUPS) and not _ELSEWHERE.search(between.lower())
            open_groups, skipped = (open_groups + 1, 0) if applies else (open_groups, 1)
        else:
            head = between.rpartition(";")[2].strip()


def _selected(root: Node, selector: str) -> list[Node]:
    if not selector.strip() or "::" in selector:
        return []
    try:
        found = root.css(selector.strip())
    except SelectolaxError:
        return []
    return found


def _specificity(selector: str) -> tuple[int, int, int]:
    tags = re.findall(r"(?:^|[\s>+~])[a-z]", selector.lower())
    return selector.count("#"), len(re.findall(r"[.\[]|:(?!:)", selector)), len(tags)


def _note(
    properties: dict[str, tuple[_Weight, str]], block: str, specificity: tuple[int, int, int], order: int
) -> None:
    for declaration in block.lower().split(";"):
        name, _, value = declaration.partition(":")
        value, important, _ = value.partition("!important")
        weight = (bool(important), *specificity, order)
        name = name.strip()
        if value.strip() and (name not in properties or properties[name][0] <= weight):
            properties[name] = weight, value.strip()
