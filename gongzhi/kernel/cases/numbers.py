"""How a case is called: the number officials use and the code with which a person finds it again."""

import secrets

from gongzhi.base.declined import NotPossible

PER_COUNTY = 10**13
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, 1, I, L, O: read aloud and written by hand
CODE_LENGTH = 12


def county_key(region_code: str) -> int:
    """Return the leading part of a case's key: the county of *region_code*, cities and provinces filled up."""
    return int(region_code[:6].ljust(6, "0")) * PER_COUNTY


def county_of_case(case_id: int) -> str:
    """Return the county in which a case arose, read from its key."""
    return f"{case_id // PER_COUNTY:06d}"


def case_number(case_id: int) -> str:
    """Write a case's key as people read it: 410523-0001234."""
    county, sequence = divmod(case_id, PER_COUNTY)
    return f"{county:06d}-{sequence:07d}"


def case_id_of(number: str) -> int:
    """Read a number that a person typed; raise NotPossible when it is not one."""
    county, dash, sequence = number.strip().replace("－", "-").partition("-")
    if not (dash and len(county) == 6 and county.isascii() and sequence.isascii()):
        raise NotPossible("编号形如 410523-0001234。请核对后再输入。")
    if not (county.isdigit() and sequence.isdigit() and len(sequence) <= 13):
        raise NotPossible("编号形如 410523-0001234。请核对后再输入。")
    return int(county) * PER_COUNTY + int(sequence)


def new_query_code(region_code: str) -> str:
    """Return a code for a person to find a case: four digits of the city, eight signs drawn at random."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 4))
    return region_code[:4].ljust(4, "0") + drawn


def spaced(query_code: str) -> str:
    """Write a query code in groups of four, as on the receipt."""
    return " ".join(query_code[at : at + 4] for at in range(0, len(query_code), 4))
