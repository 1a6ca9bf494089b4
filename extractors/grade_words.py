"""The words for grades, and for what is said of grades that were not given: aimed at, expected, of the council's own making."""

from __future__ import annotations

import re

from schema.records import Grade

ANY_GRADE = r"(?:outstanding|good|requir(?:es|ing|ed?)\s+improvement(?:\s+to\s+be\s+good)?|inadequate|adequate)"

OPENING_QUOTE = r"[\"'‘“(]?\s*"

CLOSING_QUOTE = r"[.,]?[\"'’”)]?"

GRADE = re.compile(rf"\b{ANY_GRADE}\b", re.IGNORECASE)

_STEMS_OF_GRADES = ("adequate", "outstanding", "requir", "good")

AIMED_AT = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|target(?:s|ed|ing)?|goals?|ambitions?|ambitious|aspir\w+|achiev(?:e|es|ing)|striv\w+|towards|want(?:s|ed)?|seek(?:s|ing)?|hop(?:e|es|ing)|vision|objective|expect\w*|likely|would|will"
    r"|should|could|(?-i:may)|might|can|must|if|whether|unless|until|better\s+than|at\s+least|minimum|standard\s+of|in\s+order|intend\w*|prevent|risk|avoid|not|never|no\s+longer|predict\w*|forecast\w*|becoming|to\s+become"
    r"|when\s+(?:we|the\s+council)\s+(?:is|are)|ready|readiness|any)\b",
    re.IGNORECASE,
)

JUDGING = re.compile(r"\b(?:judge?ments?|grad(?:es?|ed|ing)|rat(?:ed|ings?)|judged)\b", re.IGNORECASE)

NOT_GIVEN = re.compile(r"\b(?:self|target|aim|ambition|predict|forecast|expected|peer|audit)\w*|\bown\b", re.IGNORECASE)

GRADE_ALONE = re.compile(rf"^\W*(?P<grade>{ANY_GRADE})\W*$", re.IGNORECASE)


def grade_of(words: str) -> Grade:
    """The grade that the words are: "Requires improvement to be good" is `requires improvement`."""
    plain = " ".join(words.casefold().split())
    if plain.startswith("requir"):
        return "requires improvement"
    grades: dict[str, Grade] = {
        "outstanding": "outstanding",
        "good": "good",
        "inadequate": "inadequate",
        "adequate": "adequate",
    }
    return grades[plain]


def may_name_a_grade(text: str) -> bool:
    said = text.casefold()
    return any(word in said for word in _STEMS_OF_GRADES) and GRADE.search(text) is not None
