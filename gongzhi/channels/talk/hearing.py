"""What somebody says and what follows from it: a request, an addition, a grade, progress; or at most three questions; or a person."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from gongzhi.base.declined import Declined, NotPossible
from gongzhi.channels.message_files import shortened
from gongzhi.channels.talk import answers
from gongzhi.channels.talk.gathered import (
    CHOICE,
    FORM,
    MATTER,
    NAME,
    PICTURE,
    PLACE,
    WHOM,
    any_of,
    complained_of,
    in_words,
    lacks_whom,
    name_in,
)
from gongzhi.channels.talk.matters import Matter, add_to, is_petition, matters_of, rate, receive, register
from gongzhi.channels.talk.places import place_in
from gongzhi.channels.talk.progress import own_progress, progress_by_code
from gongzhi.channels.talk.words import SHORT, Meaning, Said, kept, normalised, understood
from gongzhi.domains.hotline.api import Submission
from gongzhi.kernel.notices import incoming
from gongzhi.kernel.notices.incoming import State, declines
from gongzhi.kernel.notices.models import Incoming
from gongzhi.kernel.people.persons import correct_person, person_for

QUESTIONS: Final = 3
SHORTEST_MATTER: Final = 6
LONGEST_NAME: Final = 8
LONGEST_WHOM: Final = 40
LONGEST_TEXT: Final = 1000
ADDS: Final = ("A", "补充")
ANOTHER: Final = ("B", "新", "新的", "新事", "另一件", "另一件事")
PLAIN: Final = {
    Meaning.HELP: answers.HELP,
    Meaning.THANKS: answers.THANKS,
    Meaning.MISTYPED: answers.NOT_A_CODE,
}
ALARMED: Final = {
    Meaning.URGENT: answers.URGENT,
    Meaning.DESPAIR: answers.COMFORT,
    Meaning.ANGER: answers.SORRY,
}
QUESTION: Final = {
    "matter": answers.WHAT,
    "place": answers.WHERE,
    "name": answers.NAME,
    "whom": answers.WHOM,
    "choice": answers.WHICH,
    "form": answers.FORM,
}
ASIDE: Final = "aside"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text as it was handed over; `reference` is the number it is known by. A phone only where the channel tells it.

    `media_id` is what the channel calls a picture; its words are then what call takers read in its place.
    """

    reference: str
    words: str
    region_code: str
    phone: str = ""
    media_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks and through which channel: the person, all persons that they are, and their phone if it is known.

    `known_as` is the person that a speaker without a phone has shown to be: what they ask is that person's. `named` says
    that we know that person's name.
    """

    person_id: int
    people: list[int]
    channel: str
    phone: str = ""
    known_as: int | None = None
    named: bool = False


@dataclass
class Turn:
    """One text in hand: who sent it, the row it became, and the talk it belongs to, if one is open."""

    speaker: Speaker
    row: Incoming
    talk: Incoming | None
    now: datetime

    @property
    def phone(self) -> str:
        """The phone of the speaker; empty when the channel does not tell it."""
        return self.speaker.phone

    @property
    def people(self) -> list[int]:
        """All persons that the speaker is: those who left one phone."""
        return self.speaker.people

    def asker(self, name: str, region_code: str) -> int:
        """Return whose request it is: of one phone the person of that name; else whom the speaker has shown to be, or the
        speaker, who have a name now; a name that we know stays.
        """
        if self.phone:
            return person_for(name=name, phone=self.phone, region_code=region_code, now=self.now)
        asker = self.speaker.known_as or self.speaker.person_id
        if name and not self.speaker.named:
            correct_person(asker, name=name)
        return asker

    @property
    def said(self) -> str:
        """The words in one width and in capitals, to be compared."""
        return normalised(self.row.text).upper()

    @property
    def key(self) -> str:
        """The key under which whatever this text does is done once."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.speaker.channel}:{self.row.reference}"))


def answered(speaker: Speaker, text: Text, now: datetime) -> tuple[Incoming | None, str]:
    """Take what somebody says, through whichever channel, and return its row and what to say back.

    No row when it was taken before; no words when a message of the fact tells them. Called within a transaction.
    """
    row = incoming.write_down(
        reference=text.reference,
        person_id=speaker.person_id,
        phone=speaker.phone,
        region_code=text.region_code,
        text=kept(text.words)[:LONGEST_TEXT],
        received_at=now,
        channel=speaker.channel,
    )
    if row is None:
        return None, ""
    turn = Turn(speaker, row, incoming.open_talk(speaker.person_id, now), now)
    if text.media_id:
        return row, _take_picture(turn, text.media_id)
    try:
        with transaction.atomic():
            return row, _answer(turn, understood(text.words))
    except Declined:
        return row, _to_person(turn)


def _take_picture(turn: Turn, media_id: str) -> str:
    """Note a picture for the talk it is sent in, or for the one matter in hand; without either it is asked for later."""
    row, live = turn.row, _live(turn)
    row.taken_as = PICTURE
    if turn.talk is not None and turn.talk.asked == FORM:
        row.talk = turn.talk.pk
        row.save()
        return answers.PICTURE_IN_FORM
    if turn.talk is not None:
        row.talk, row.media_id = turn.talk.pk, media_id
    elif live is not None:
        row.case_id, row.media_id = live.case_id, media_id
    row.save()
    if turn.talk is not None:
        return answers.PICTURE_IN_TALK
    return answers.PICTURE_ADDED if live is not None else answers.PICTURE_LATER


def _answer(turn: Turn, said: Said) -> str:
    """Do what a text asks for and return what to text back; empty when a message goes out anyway."""
    if said.meaning in ALARMED:
        _to_person(turn)
        return ALARMED[said.meaning]
    if turn.talk is not None and _fits(turn.talk.asked, turn.said):
        return _go_on(turn)
    if turn.talk is not None and _is_aside(turn, said):
        return _repeat(turn, turn.talk)
    match said.meaning:
        case Meaning.STOP | Meaning.START:
            incoming.set_by_sms(turn.people, said.meaning is Meaning.START)
            return answers.STARTED if said.meaning is Meaning.START else answers.STOPPED
        case Meaning.PROGRESS if said.value:
            return progress_by_code(said.value, said.tail, phone=turn.phone, people=turn.people)
        case Meaning.PROGRESS:
            return own_progress(turn.people)
        case Meaning.RECEIVED if receive(turn.people, now=turn.now, key=turn.key):
            return answers.RECEIVED
        case Meaning.GRADE if rated := _rate(turn, int(said.value), said.tail):
            return rated
        case Meaning.GREETING:
            turn.row.taken_as = ASIDE
            return _ask(turn, turn.row, MATTER)
        case Meaning.CANCEL:
            return _cancel(turn)
        case Meaning.WORDS:
            return _go_on(turn) if turn.talk else _begin(turn)
    return PLAIN.get(said.meaning) or _to_person(turn)


def _fits(asked: str, said: str) -> bool:
    """Say whether so short a word is an answer to what we asked, though by itself it means nothing."""
    if asked == CHOICE:
        return said.startswith(ADDS) or said in ANOTHER
    if asked == WHOM:
        return declines(said)
    alone = len(said) == 1 and said.isalpha() and understood(said).meaning is Meaning.NOTHING
    return asked == NAME and (declines(said) or alone)


def _is_aside(turn: Turn, said: Said) -> bool:
    """Say whether a text in a talk is kind, or asks or rates what is not there, and so is no answer to our question."""
    matters = matters_of(turn.people)
    if said.meaning is Meaning.GRADE:
        return not said.tail and not any(one.may_rate for one in matters)
    if said.meaning is Meaning.PROGRESS:
        return not said.value and not matters
    return said.meaning in (Meaning.THANKS, Meaning.GREETING)


def _repeat(turn: Turn, talk: Incoming) -> str:
    """Ask once more what we asked: the words were kind, or said something else, and were no answer."""
    turn.row.talk, turn.row.taken_as = talk.pk, ASIDE
    turn.row.save()
    return QUESTION[talk.asked]


def _cancel(turn: Turn) -> str:
    """End the talk of who thinks better of it; what is registered already is taken back with a call taker."""
    if turn.talk is not None:
        turn.row.talk, turn.row.taken_as = turn.talk.pk, ASIDE
        turn.row.save()
        incoming.move(turn.talk, State.DONE, turn.now)
        return answers.CANCELLED
    return _to_person(turn) if any(one.is_live for one in matters_of(turn.people)) else answers.THANKS


def _rate(turn: Turn, grade: int, words: str) -> str:
    """Rate the answer that came last, with the words beside the grade; empty when none waits for one."""
    answered = [one for one in matters_of(turn.people) if one.may_rate]
    if not answered:
        return ""
    last = max(answered, key=lambda one: one.replied_at or one.opened_at)
    rate(last, grade=grade, words=words, now=turn.now, key=turn.key)
    return answers.RATED_BADLY if grade <= 2 else answers.RATED


def _begin(turn: Turn) -> str:
    turn.row.taken_as = MATTER
    if _belongs_to_waiting(turn):
        return answers.WITH_THE_FIRST
    if len(turn.row.text) < SHORTEST_MATTER and any(one.may_rate for one in matters_of(turn.people)):
        return _to_person(turn)  # what little is said after an answer is about that answer
    if _live(turn):
        return _ask(turn, turn.row, CHOICE)
    return _next(turn, turn.row)


def _belongs_to_waiting(turn: Turn) -> bool:
    """Put a little that is said further, and names no place, with what a call taker is about to read; say whether it was."""
    first = incoming.waiting_talk(turn.speaker.person_id, turn.now)
    text = turn.row.text
    if first is None or first.taken_as != MATTER or len(text) > SHORT or place_in(text, turn.row.region_code):
        return False
    turn.row.talk = first.pk
    turn.row.save()
    return True


def _go_on(turn: Turn) -> str:
    """Take the text as the answer to what we asked last."""
    talk, row = turn.talk, turn.row
    assert talk is not None  # noqa: S101 - asked only within a talk
    row.talk, row.taken_as = talk.pk, MATTER
    said = turn.said
    match talk.asked:
        case "choice" if said.startswith(ADDS):
            return _add(turn, talk)
        case "choice" if said in ANOTHER:
            row.taken_as = CHOICE
        case "place":
            row.taken_as = PLACE
        case "name" if declines(said) or (len(said) <= LONGEST_NAME and not any(map(str.isdigit, said))):
            row.taken_as = NAME
        case "whom" if len(said) <= LONGEST_WHOM:
            row.taken_as = WHOM
    row.save()
    if talk.taken_as == ASIDE and talk.asked == MATTER and _live(turn):
        return _ask(turn, talk, CHOICE)
    return _next(turn, talk)


def _add(turn: Turn, talk: Incoming) -> str:
    """Add what was said in this talk to the one matter in hand."""
    live = _live(turn)
    if live is None:
        raise NotPossible("这件事已经办结，请工作人员处理。")
    turn.row.taken_as = CHOICE if len(turn.row.text) <= SHORTEST_MATTER else MATTER
    turn.row.save()
    add_to(live, note=in_words(incoming.words_of(talk), MATTER), now=turn.now, key=turn.key)
    incoming.move(talk, State.DONE, turn.now, case_id=live.case_id)
    return answers.ADDED


def _next(turn: Turn, talk: Incoming) -> str:
    """Ask for what is still missing; register the request once nothing is, or have a person look."""
    if talk is turn.row:
        talk.save()
    said = incoming.words_of(talk)
    asked_for_place = any(row.taken_as == PLACE for row in said)
    matter = in_words(said, MATTER)
    region_code = place_in(in_words(said, PLACE) or matter, talk.region_code) or place_in(
        matter, talk.region_code
    )
    petition = is_petition(matter)
    if petition and not turn.phone and turn.speaker.known_as is None:
        return _ask(turn, talk, FORM)
    if len(matter) < SHORTEST_MATTER and talk.asked != MATTER and not asked_for_place:
        return _ask(turn, talk, MATTER)
    if not region_code and not asked_for_place and talk.questions < QUESTIONS:
        return _ask(turn, talk, PLACE)
    if not region_code:
        return _to_person(turn)
    if asked := _ask_who(turn, talk, said, petition=petition):
        return asked
    return _register(turn, talk, said, region_code)


def _ask_who(turn: Turn, talk: Incoming, said: list[Incoming], *, petition: bool) -> str:
    """Ask whom a complaint is about and how the person is called, a petition the name first; empty when neither is missing."""
    if talk.questions >= QUESTIONS:
        return ""
    nameless = turn.speaker.known_as is None or (petition and not turn.speaker.named)
    asks_name = nameless and talk.asked != NAME and not any_of(said, NAME)
    asks_whom = talk.asked != WHOM and lacks_whom(said)
    if asks_whom and not (petition and asks_name):
        return _ask(turn, talk, WHOM)
    if not asks_name:
        return ""
    asked = _ask(turn, talk, NAME)
    return answers.NAME_OF_PETITION if petition else asked


def _register(turn: Turn, talk: Incoming, said: list[Incoming], region_code: str) -> str:
    """Register the request; that it is registered, with its code, is told by the message of that fact."""
    text = in_words(said, MATTER, PLACE)
    whom = complained_of(said)
    submission = Submission(
        kind="complaint" if whom else "help",
        category="",
        title=shortened(text),
        text=text,
        region_code=region_code,
        place=in_words(said, PLACE)[:120],
        name=name_in(said),
        phone=turn.phone,
        channel=turn.speaker.channel,
        complained_of=whom,
        asked_by_id=None if turn.phone else turn.speaker.known_as or turn.speaker.person_id,
    )
    asker = turn.asker(submission.name, region_code)
    incoming.set_by_sms([asker], True)  # who asks by text wants to be answered by text
    case_id = register(submission, received_at=talk.received_at, now=turn.now, key=turn.key)
    incoming.move(talk, State.DONE, turn.now, case_id=case_id)
    return ""


def _ask(turn: Turn, talk: Incoming, what: str) -> str:
    incoming.move(talk, State.ASKED, turn.now, asked=what)
    return QUESTION[what]


def _to_person(turn: Turn) -> str:
    """Put the text, with the talk it belongs to, on the list of the call takers."""
    if turn.talk is not None:
        turn.row.talk = turn.talk.pk
        turn.row.taken_as = turn.row.taken_as or MATTER
        turn.row.save()
    incoming.move(turn.talk or turn.row, State.WAITING, turn.now)
    return answers.TO_PERSON


def _live(turn: Turn) -> Matter | None:
    """Return the matter in hand to which one may add, when there is exactly one."""
    live = [one for one in matters_of(turn.people) if one.is_live]
    return live[0] if len(live) == 1 else None
