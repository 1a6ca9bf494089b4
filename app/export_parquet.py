"""The export as a Parquet file: one kind of record, decimals as decimals and dates as dates."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from app.export import Row
from app.export_columns import ColumnType, columns_of, type_of, typed_row
from app.refusing import CannotDoError

if TYPE_CHECKING:
    import pyarrow

DIGITS: Final = 38
DECIMALS: Final = 12
"""Decimals are kept with 38 digits, 12 of them after the point: what DuckDB and pandas read as decimals. `text` has the
digits as printed."""
_ROWS_AT_ONCE: Final = 20_000


def as_parquet(rows: Iterable[Row], kind: str) -> Iterator[bytes]:
    """The file's bytes. Raises CannotDoError where pyarrow is not installed, and for a number too long to be kept."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise CannotDoError(
            "Parquet files need pyarrow, which is not installed. Install it with: pip install 'papertally[parquet]'"
        ) from error
    schema = pyarrow.schema([(column, _type(pyarrow, type_of(column))) for column in columns_of(kind)])
    file = io.BytesIO()
    with pyarrow.parquet.ParquetWriter(file, schema) as writer:
        remaining = iter(rows)
        while part := [_checked(typed_row(row)) for row in islice(remaining, _ROWS_AT_ONCE)]:
            writer.write_table(pyarrow.Table.from_pylist(part, schema=schema))
    yield file.getvalue()


def _type(pyarrow: Any, column: ColumnType) -> pyarrow.DataType:
    return {
        "text": pyarrow.string(),
        "json": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "decimal": pyarrow.decimal128(DIGITS, DECIMALS),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "texts": pyarrow.list_(pyarrow.string()),
        "numbers": pyarrow.list_(pyarrow.float64()),
        "boxes": pyarrow.list_(pyarrow.list_(pyarrow.float64())),
    }[column]


def _checked(row: Row) -> Row:
    for column in ("value", "value_high"):
        value = row.get(column)
        if isinstance(value, Decimal) and not _fits(value):
            raise CannotDoError(
                f"{row['paper']} prints {row['text']!r}, a number with more digits than a Parquet file keeps. "
                "Export to jsonl or csv instead."
            )
    return row


def _fits(value: Decimal) -> bool:
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    return -exponent <= DECIMALS and len(digits) + exponent <= DIGITS - DECIMALS
