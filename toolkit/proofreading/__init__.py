"""The proofreader: the text of a report against its table and against itself."""
