"""In which language does the window speak? English is in the code; others are lists of words."""

import tomllib
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ptimer import resources

SYSTEM = "system"
ENGLISH = "en"
SHIPPED = ("es",)
"""Languages with words in `resources/translations`."""


class Words(QTranslator):
    """A language's words by the English text; what it lacks stays English."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take the words."""
        super().__init__()
        self._words = words

    def isEmpty(self) -> bool:  # noqa: N802  (Qt's own)
        """Return whether there is nothing to say."""
        return not self._words

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return the words for an English text, or that text where there are none.

        Nothing can't be said from Python: Qt would take it for a text without letters.
        """
        del context, disambiguation, n
        return self._words.get(source) or source


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
        # The last one is asked first, and what Qt does not know comes to ours.
        for translator in (Words(words_of(language)), _of_qt(language)):
            if QCoreApplication.installTranslator(translator):
                self._spoken.append(translator)
        return language


def chosen(wanted: str) -> str:
    """Return a language that there are words for: the wanted one, the system's, else English."""
    if wanted in SHIPPED or wanted == ENGLISH:
        return wanted
    of_system = QLocale.system().name().partition("_")[0]
    return of_system if of_system in SHIPPED else ENGLISH


def words_of(language: str) -> dict[str, str]:
    """Return a language's words by the English text."""
    return dict(tomllib.loads(resources.text("translations", f"{language}.toml")))


def _of_qt(language: str) -> QTranslator:
    """Return Qt's own words, for the dialogs that are Qt's."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator.load(f"qtbase_{language}", folder)
    return translator
