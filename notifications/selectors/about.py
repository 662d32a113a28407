"""Letters about a kind of record, declared: subject, heading, some sentences. Its facts and its button come along."""

from collections.abc import Callable
from dataclasses import dataclass

from notifications.selectors.circles import Circle
from notifications.selectors.story import Letter, Story, reader_is
from partnerhub.states.asked import Words

Write = Callable[[Story], Letter]
WayTo = Callable[[Story], str]
"""(story) → a path below the tenant."""


@dataclass(frozen=True)
class LettersAbout:
    """What all letters about a kind of record have: `facts` (label, word of the story); `see`, the button to its page.

    Each sentence may name the words of the story. A fact that is empty is left out.
    """

    facts: tuple[tuple[Words, str], ...] = ()
    see: Words = ""

    def letter(
        self,
        subject: Words,
        heading: Words,
        *sentences: Words,
        facts: tuple[tuple[Words, str], ...] = (),
        quote: tuple[Words, str] | None = None,
        action: tuple[Words, WayTo] | None = None,
        is_final: bool = False,
        after: Words = "",
    ) -> Write:
        """`quote` (who writes, word of the story) is left out where nobody wrote. `action` takes the place of the
        button; a letter that `is_final` has none.
        """
        way = action or (self.see, _page)

        def write(story: Story) -> Letter:
            said = story.get(quote[1]) if quote else ""
            return Letter(
                subject=str(subject) % story,
                heading=str(heading) % story,
                paragraphs=[str(one) % story for one in sentences],
                facts=[(str(label), found) for label, word in (*self.facts, *facts) if (found := story.get(word))],
                quote=(str(quote[0]) % story, said) if quote and said else None,
                action=None if is_final else (str(way[0]), way[1](story)),
                after=str(after) % story,
            )

        return write


def by_reader(circle: Circle, theirs: Write, others: Write) -> Write:
    """The same event in other words for the people of one circle."""
    return lambda story: theirs(story) if reader_is(story, circle) else others(story)


def _page(story: Story) -> str:
    return story["url"]
