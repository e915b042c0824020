"""From the files that arrive to the record of each return."""
