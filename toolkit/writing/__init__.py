"""Everything that writes a file people open: workbooks and Word documents."""
