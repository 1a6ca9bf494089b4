"""`python -m docs.renew_tour`: puts what the commands print now into the documents, and what its cells print into the
notebook.

Look at the difference before you commit it: a wrong reading can be shown as faithfully as a right one.
"""

from __future__ import annotations

import sys

from docs import notebook
from docs.tour import ROOT, documents, fresh_folder, renewed_text, run, steps_of


def renew() -> list[str]:
    """Renews all documents, one after the other in one folder. Gives the names of those that changed."""
    changed = []
    with fresh_folder():
        for file in documents():
            before = file.read_text(encoding="utf-8")
            after = renewed_text(before, iter([run(step.command) for step in steps_of(before)]))
            if after != before:
                file.write_text(after, encoding="utf-8")
                changed.append(str(file.relative_to(ROOT)))
    with fresh_folder():
        now = notebook.as_text(notebook.executed(notebook.read()))
    if now != notebook.FILE.read_text(encoding="utf-8"):
        notebook.FILE.write_text(now, encoding="utf-8")
        changed.append(str(notebook.FILE.relative_to(ROOT)))
    return changed


if __name__ == "__main__":
    print("\n".join(f"renewed: {name}" for name in renew()) or "The documents show what the commands print.")
    sys.exit(0)
