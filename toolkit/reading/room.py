"""How much of a file is read: of one return, and of a list or summary that the user has named."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """The limits within which a file is read; what is beyond is refused or said in a note."""

    file_bytes: int
    """The file as it lies there."""
    part_bytes: int
    """One part of a package, or a whole file without parts, once it is inflated."""
    package_bytes: int
    """All parts of a package together."""
    marks: int
    """Tags and attributes of one part. A tree of elements takes far more memory than its text."""
    package_tags: int
    """Tags of all parts of a package that are large."""
    document_tags: int
    """Tags of a document that is one part."""
    page_tags: int
    """Tags of a web page."""
    lines: int
    """Lines of a plain text."""
    records: int
    """Records of all binary parts together."""
    rows: int
    columns: int
    cells: int
    """Cells of all sheets together."""
    merges: int
    """Merged ranges of one sheet."""
    merged_rows: int
    """Rows that these touch together; in a form each touches one or a few."""


RETURN = Room(
    file_bytes=10 * 2**20,  # a form is some 20 to 60 KB; this leaves room for a pasted stamp
    part_bytes=8 * 2**20,
    package_bytes=32 * 2**20,
    marks=1_500_000,
    package_tags=1_000_000,
    document_tags=600_000,  # a report of a hundred pages has a tenth of that
    page_tags=400_000,
    lines=200_000,
    records=1_000_000,
    rows=2_000,
    columns=256,
    cells=200_000,
    merges=5_000,
    merged_rows=50_000,
)
"""For one of the thousands of files that others send."""
COLLECTION = Room(
    file_bytes=128 * 2**20,
    part_bytes=256 * 2**20,
    package_bytes=512 * 2**20,
    marks=8_000_000,  # as a tree, some 150 bytes each
    package_tags=16_000_000,
    document_tags=5_000_000,
    page_tags=5_000_000,
    lines=2**20,
    records=8_000_000,
    rows=2**20,  # where a sheet ends in Excel
    columns=1_024,
    cells=3_000_000,  # 300 to 600 bytes each
    merges=100_000,
    merged_rows=2**20,
)
"""For a roster or a summary: one file, which the coordinator has named and knows.

Twice what is needed for 100 000 units on a roster, for the summary of 5 000 units of an edition
with 200 figures; of what is read in any format, measured, no more than 2 GB of memory is needed.
"""
