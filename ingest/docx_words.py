"""The words of a Word paragraph as a reader of the printed page sees them: fields as their results, changes as accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from ingest.docx_parts import MC, Element, children, first, is_on, value, w
from ingest.docx_styles import Style

_WITHIN: Final = frozenset(
    [
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "ins",
        "moveTo",
        "fldSimple",
        "dir",
        "bdo",
        "r",
        "oMath",
        "oMathPara",
    ]
)
_DELETED: Final = frozenset(("del", "moveFrom"))
_PRINTED: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Arrows and ticks of the fonts Wingdings and Wingdings 3, by the code Word keeps them under.
_SYMBOLS: Final = {
    "Wingdings": {"FC": "✓", "FE": "✓", "FB": "✗", "FD": "✗", "E1": "↑", "E2": "↓", "E0": "→", "DF": "←",
                  "E9": "↑", "EA": "↓", "E8": "→", "E7": "←", "F3": "↔", "F1": "↑", "F2": "↓", "F0": "→"},
    "Wingdings 3": {"23": "↑", "24": "↓", "22": "→", "21": "←", "68": "↑", "69": "↓", "67": "→", "66": "←",
                    "70": "▲", "71": "▼", "75": "►", "74": "◄"},
}  # fmt: skip
_DEEPEST: Final = 60


class Said(NamedTuple):
    """A paragraph's words; whether all of them are bold or underlined; and the text boxes that hang on it."""

    text: str
    emphasised: bool
    boxes: tuple[Element, ...]


class WordsReader:
    """Reads one paragraph. `note_number` gives the number of the note that is named; `left_out` counts what was not read."""

    def __init__(
        self, style: Style, styles: Mapping[str, Style], left_out: Counter[str], note_number: Callable[[str], int]
    ) -> None:
        self.style = style
        self.styles = styles
        self.left_out = left_out
        self.note_number = note_number
        self.words: list[tuple[str, bool]] = []
        self.boxes: list[Element] = []

    def read(self, paragraph: Element) -> Said:
        self._inside(paragraph, 0)
        emphasised = all(bold for words, bold in self.words if words.strip())
        return Said("".join(words for words, _ in self.words), emphasised, tuple(self.boxes))

    def _inside(self, element: Element, depth: int) -> None:
        if depth > _DEEPEST:
            self.left_out["nested"] += 1
            return
        for name, child in children(element):
            if name == "r":
                self._run(child, depth)
            elif name in _WITHIN:
                self.left_out["inserted"] += name in ("ins", "moveTo") and first(child, "r") is not None
                self._inside(child, depth + 1)
            elif name in _DELETED:
                self.left_out["deleted"] += 1
            elif name == f"{MC}AlternateContent":
                self._alternative(child, depth)
            elif name.endswith(("}oMath", "}oMathPara")):
                self.words.append(("".join(str(words) for words in child.itertext()), False))

    def _run(self, run: Element, depth: int) -> None:
        properties = first(run, "rPr")
        if self._unseen(run, properties):
            return
        run_style = self.styles.get(value(first(properties, "rStyle")) or "no style", Style())
        own = next(
            (said for said in (is_on(properties, "b"), run_style.bold, self.style.bold) if said is not None), False
        )
        bold = own or value(first(properties, "u")) not in (None, "none")
        superscript = value(first(properties, "vertAlign")) == "superscript"
        for name, child in children(run):
            if name == "t":
                text = (child.text or "").replace("\n", " ")
                self.words.append((text.translate(_RAISED) if superscript and text.strip().isdecimal() else text, bold))
            elif name in _PRINTED:
                # A page or column that is broken off within a paragraph does not end it.
                broken = name == "br" and value(child, "type") in ("page", "column")
                self.words.append((" " if broken else _PRINTED[name], bold))
            elif name == "sym":
                self.words.append((_symbol(child), bold))
            elif name in ("footnoteReference", "endnoteReference"):
                note = f"{name.removesuffix('Reference')} {value(child, 'id')}"
                self.words.append((str(self.note_number(note)).translate(_RAISED), bold))
            elif name == f"{MC}AlternateContent":
                self._alternative(child, depth)
            elif name in ("drawing", "pict", "object"):
                self._drawn(child)

    def _unseen(self, run: Element, properties: Element | None) -> bool:
        hidden = is_on(properties, "vanish")
        if self.style.hidden if hidden is None else hidden:
            self.left_out["hidden"] += first(run, "t") is not None
            return True
        if is_on(properties, "strike") or is_on(properties, "dstrike"):
            self.left_out["struck"] += first(run, "t") is not None
            return True
        return False

    def _alternative(self, element: Element, depth: int) -> None:
        """What newer programs draw, or else what older ones do: both hold the same words."""
        for name in ("Choice", "Fallback"):
            chosen = element.find(f"{MC}{name}")
            if chosen is not None:
                for kind, child in children(chosen):
                    if kind in ("drawing", "pict", "object"):
                        self._drawn(child)
                    elif kind == "r":
                        self._run(child, depth + 1)
                return

    def _drawn(self, element: Element) -> None:
        boxes = [box for box in element.iter(w("txbxContent")) if not _within_box(box, element)]
        self.boxes += boxes
        if boxes:
            return
        kinds = {child.tag.rpartition("}")[2] for child in element.iter()}
        if "chart" in kinds or "relIds" in kinds:
            self.left_out["chart"] += 1
        elif "OLEObject" in kinds:
            self.left_out["object"] += 1
        elif kinds & {"pic", "blip", "imagedata"}:
            self.left_out["picture"] += 1


def _within_box(box: Element, drawn: Element) -> bool:
    """Whether a text box stands within another, or is the second form of one that newer programs draw otherwise."""
    for above in box.iterancestors():
        if above is drawn:
            return False
        if above.tag in (w("txbxContent"), f"{MC}Fallback"):
            return True
    return False


def _symbol(element: Element) -> str:
    """A character of a font of signs: an arrow or a tick where it is one, else a bullet's stand-in."""
    code = (value(element, "char") or "").upper()
    known = _SYMBOLS.get(value(element, "font") or "", {})
    return known.get(code[-2:], "") if code.startswith("F0") or len(code) == 2 else ""
