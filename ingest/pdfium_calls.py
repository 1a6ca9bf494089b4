"""The functions of pdfium that are called for every word or object of a page, bound so that a call costs least.

pypdfium2 makes objects of all that goes in and out; here handles and places to write to are plain addresses, which halves
the cost of a call that does next to nothing. Whoever calls holds PDFIUM_LOCK, and keeps what an address points to alive.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

import pypdfium2.raw as raw  # type: ignore[import-untyped]

_ADDRESS: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int


def address_of(handle: Any) -> int:
    """Of one of pypdfium2's handles, or of a structure that is to be written to."""
    at = ctypes.cast(handle, _ADDRESS).value if isinstance(handle, ctypes._Pointer) else ctypes.addressof(handle)
    return at or 0


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, _ADDRESS).value or 0)


# Of a text page and the place of a character.
loose_box: Final = _bound(raw.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
origin: Final = _bound(raw.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
matrix_of: Final = _bound(raw.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
code_of: Final = _bound(raw.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _INT)
is_generated: Final = _bound(raw.FPDFText_IsGenerated, _INT, _ADDRESS, _INT)
font_size: Final = _bound(raw.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, _INT)
font_weight: Final = _bound(raw.FPDFText_GetFontWeight, _INT, _ADDRESS, _INT)
fill_colour: Final = _bound(raw.FPDFText_GetFillColor, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
text_object: Final = _bound(raw.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)

render_mode: Final = _bound(raw.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)

# Of a page, and of a form on one: an object by its number.
page_object: Final = _bound(raw.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
form_object: Final = _bound(raw.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
kind_of_object: Final = _bound(raw.FPDFPageObj_GetType, _INT, _ADDRESS)
