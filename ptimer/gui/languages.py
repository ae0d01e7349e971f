"""In which language does the window speak? English is in the code; others are lists of words."""

import tomllib
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ptimer import resources

SYSTEM = "system"
ENGLISH = "en"
SHIPPED = ("es",)
"""Languages with words in `resources/translations`."""

_Words = Mapping[str, "str | Mapping[str, str]"]
_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")


class Words(QTranslator):
    """A language's words by the English text; what it lacks stays English.

    Qt's own words, for the dialogs and keys that are Qt's, come after ours.
    """

    def __init__(self, words: _Words, of_qt: QTranslator | None = None) -> None:
        """Take the words, and Qt's own."""
        super().__init__()
        self._words = words
        self._of_qt = of_qt

    def isEmpty(self) -> bool:  # noqa: N802  (Qt's own)
        """Return whether there is nothing to say."""
        return not self._words

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return the words for an English text, or that text where there are none.

        Words for one place come before those for all. Nothing can't be said from Python: Qt would
        take it for a text without letters.
        """
        here = self._words.get(context)
        for words in (here, self._words):
            found = words.get(source) if isinstance(words, Mapping) else None
            if isinstance(found, str) and found:
                return found
        # Our own texts name these keys as they stand on the keyboard.
        if self._of_qt is None or (context == "QShortcut" and source in _MODIFIERS):
            return source
        return str(self._of_qt.translate(context, source, disambiguation, n) or source)


class Language:
    """The language that is spoken now; speaking another one takes the words of the former away."""

    def __init__(self) -> None:
        """Speak English."""
        self._spoken: list[QTranslator] = []

    def speak(self, wanted: str) -> str:
        """Speak a language, or the system's where that has words; return which it is."""
        application = QCoreApplication.instance()
        for translator in self._spoken:
            QCoreApplication.removeTranslator(translator)
        self._spoken = []
        language = chosen(wanted)
        if application is None or language == ENGLISH:
            return ENGLISH
        translator = Words(words_of(language), _of_qt(language))
        if QCoreApplication.installTranslator(translator):
            self._spoken.append(translator)
        return language


def chosen(wanted: str) -> str:
    """Return a language that there are words for: the wanted one, the system's, else English."""
    if wanted in SHIPPED or wanted == ENGLISH:
        return wanted
    of_system = QLocale.system().name().partition("_")[0]
    return of_system if of_system in SHIPPED else ENGLISH


def words_of(language: str) -> _Words:
    """Return a language's words by the English text, and tables of words for one place alone."""
    return dict(tomllib.loads(resources.text("translations", f"{language}.toml")))


def _of_qt(language: str) -> QTranslator:
    """Return Qt's own words, for the dialogs that are Qt's."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator.load(f"qtbase_{language}", folder)
    return translator
