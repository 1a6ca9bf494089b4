"""The worked notebook: runs its cells without Jupyter and puts what they print into it.

The commands in its ```sh blocks are run first, as a reader would, then the code cells one after the other.
"""

from __future__ import annotations

import ast
import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, Final

from docs.tour import ROOT, run

FILE: Final = ROOT / "docs" / "researchers.ipynb"
_SHELL: Final = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Notebook = dict[str, Any]


def read(file: Path = FILE) -> Notebook:
    found: Notebook = json.loads(file.read_text(encoding="utf-8"))
    return found


def as_text(notebook: Notebook) -> str:
    """The notebook as it stands in its file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def executed(notebook: Notebook) -> Notebook:
    """The notebook with what its cells print in the current folder. Whatever a cell raises is raised."""
    names: dict[str, Any] = {"__name__": "__main__"}
    return {**notebook, "cells": [_executed_cell(cell, names) for cell in notebook["cells"]]}


def _executed_cell(cell: Notebook, names: dict[str, Any]) -> Notebook:
    source = "".join(cell["source"])
    if cell["cell_type"] != "code":
        for block in _SHELL.findall(source):
            for command in block.splitlines():
                run(command)
        return cell
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(ast.parse(source), "<cell>", "exec"), names)
    lines = printed.getvalue().splitlines(keepends=True)
    outputs = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
    return {**cell, "outputs": outputs}
