"""Why can a file of CMS's not be read as a table? Told once, for the file as a whole."""

from ptimer.wording import Sentence


class BadTable(Exception):  # noqa: N818  (a person is told a bad table, not an error)
    """A file that is no table that ptimer reads; `line` is where, if it can be said."""

    def __init__(self, sentence: Sentence, line: int | None = None) -> None:
        """Take what is wrong."""
        super().__init__(str(sentence))
        self.sentence = sentence
        self.line = line
