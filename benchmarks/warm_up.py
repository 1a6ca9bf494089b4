"""What both sides read before they are measured. Apart, so that quantulum3's process imports nothing of papertally."""

from __future__ import annotations

from typing import Final

WARM_UP: Final = """Barchester Council

Children's Scrutiny Committee

Meeting date: 14 March 2018

Title of report: Performance Report

1.1 Assessments completed in time were 87.9% in December 2017, up from 51% in June, against a target of 90%. The
England average was 85%. Ofsted
judged leadership to be good in an inspection on 12 May 2017, and ten visits at £43k are due by April 2018.

Indicator\tTarget\tMarch 2018
Visits in time\t90%\t91.2%
"""
"""A paper of a few lines, read before measuring, so that everything that is made at first use is made."""
