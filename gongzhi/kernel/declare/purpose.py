"""What a domain lets personal data be looked at for: a closed list, in words the person concerned will read."""

from dataclasses import dataclass

from gongzhi.kernel.declare.words import Words


@dataclass(frozen=True, slots=True)
class Purpose:
    """One lawful purpose (个人信息保护法 art. 6): chosen by whoever looks, read by the person."""

    key: str
    label: Words
