"""Small PDFs for the tests, written byte by byte."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
LINE = 14.0


@dataclass
class PdfPage:
    """A page in the making; places are points from its top left, as a person sees it before it is turned."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    content: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 11, font: str = "F1") -> PdfPage:
        """Words with their base line `y` below the top."""
        literal = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.content.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {self.height - y} Tm ({literal}) Tj ET")
        return self

    def lines(self, x: float, y: float, *lines: str, size: float = 11, font: str = "F1", step: float = LINE) -> PdfPage:
        for i, line in enumerate(lines):
            self.text(x, y + i * step, line, size, font)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.content.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, rgb: tuple[float, float, float]) -> PdfPage:
        colour = " ".join(map(str, rgb))
        self.content.append(f"q {colour} rg {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f Q")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> PdfPage:
        """Rules along all the given columns and rows."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self


def make_pdf(*pages: PdfPage, password: str | None = None, outline: Sequence[tuple[str, int, int]] = ()) -> bytes:
    """A PDF of the pages; with a password, encrypted as PDF 1.4 does it (RC4, 40 bits). `outline` are bookmarks: title, page
    from 1, level from 0."""
    key, encryption = _encryption(password) if password is not None else (None, "")
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {f'/Outlines {5 + 2 * len(pages)} 0 R' if outline else ''} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        box = f"[0 0 {page.width} {page.height}] /Rotate {page.rotate}"
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {fonts} /Contents {6 + 2 * i} 0 R >>".encode())
        stream = "\n".join(page.content).encode("cp1252")
        if key is not None:
            stream = _rc4(_object_key(key, 6 + 2 * i), stream)
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    return _file(objects + _bookmarks(outline, first=5 + 2 * len(pages)), encryption)


def _bookmarks(outline: Sequence[tuple[str, int, int]], first: int) -> list[bytes]:
    """The objects of an outline: its root, and one for each bookmark, all numbered from `first`."""
    if not outline:
        return []
    above: list[int] = []  # for each bookmark the place of the one it stands under, -1 for the root
    for i, (_, _, level) in enumerate(outline):
        above.append(next((j for j in range(i - 1, -1, -1) if outline[j][2] < level), -1))
    made = []
    for i in range(-1, len(outline)):
        under = [j for j, parent in enumerate(above) if parent == i]
        entries = (
            [f"/First {first + 1 + under[0]} 0 R /Last {first + 1 + under[-1]} 0 R /Count {len(under)}"]
            if under
            else []
        )
        if i >= 0:
            beside = [j for j, parent in enumerate(above) if parent == above[i]]
            at = beside.index(i)
            entries += [f"/Prev {first + 1 + beside[at - 1]} 0 R"] if at else []
            entries += [f"/Next {first + 1 + beside[at + 1]} 0 R"] if at + 1 < len(beside) else []
            title, page, _ = outline[i]
            entries.append(f"/Parent {first + 1 + above[i]} 0 R /Dest [{3 + 2 * page} 0 R /Fit]")
            entries.append(f"/Title <feff{title.encode('utf-16-be').hex()}>")
        made.append(f"<< {' '.join(entries)} >>".encode())
    return made


def _file(objects: Sequence[bytes], encryption: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {encryption} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _encryption(password: str) -> tuple[bytes, str]:
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    identifier = b"0123456789abcdef"
    key = hashlib.md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + identifier).digest()[:5]
    user = _rc4(key, _PADDING)
    entry = f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>"
    return key, f"/Encrypt {entry} /ID [<{identifier.hex()}> <{identifier.hex()}>]"


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
