"""The worked notebook is true: its cells print what it shows, on the sample papers and without Jupyter."""

from __future__ import annotations

import pytest

from docs import notebook
from docs.tour import TourError, fresh_folder


def test_the_cells_print_what_the_notebook_shows() -> None:
    stored = notebook.read()
    with fresh_folder():
        assert notebook.executed(stored) == stored, "if the difference is right, put it into the notebook: make tour"


def test_the_notebook_is_written_as_it_is_renewed() -> None:
    assert notebook.FILE.read_text(encoding="utf-8") == notebook.as_text(notebook.read())


def test_what_cells_print_and_commands_do_is_noticed() -> None:
    printing = {"cell_type": "code", "source": ["a = 1\n", "print(a + 1)"], "outputs": [], "execution_count": None}
    silent = {"cell_type": "code", "source": ["a + 1"], "outputs": ["old"]}
    cells = notebook.executed({"cells": [printing, silent]})["cells"]
    assert [cell["outputs"] for cell in cells] == [[{"name": "stdout", "output_type": "stream", "text": ["2\n"]}], []]
    with pytest.raises(TourError, match="Only tally is run"):
        notebook.executed({"cells": [{"cell_type": "markdown", "source": ["```sh\n", "rm figures.csv\n", "```\n"]}]})
    with pytest.raises(ZeroDivisionError):
        notebook.executed({"cells": [{**printing, "source": ["1 / 0"]}]})
