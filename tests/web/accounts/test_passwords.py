from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, cheap_passwords
from webmap.accounts.errors import WeakPassword
from webmap.accounts.passwords import Passwords, require_strong


def test_a_password_is_kept_as_argon2id_at_the_recommended_cost_and_salted() -> None:
    passwords = Passwords()
    kept = passwords.hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.hash(PASSWORD) != kept
    assert passwords.verify(kept, PASSWORD)
    assert not passwords.verify(kept, OTHER_PASSWORD)


@pytest.mark.parametrize("kept", [None, "", "plain text", "$argon2id$v=19$m=8,t=1,p=1$broken"])
def test_nothing_fits_where_no_hash_is_kept(kept: str | None) -> None:
    for password in ("", PASSWORD, "plain text"):
        assert not cheap_passwords().verify(kept, password)


def test_full_width_characters_of_a_chinese_keyboard_are_the_same_password() -> None:
    passwords = cheap_passwords()
    assert passwords.verify(passwords.hash("Boiler-2026 房"), "Ｂｏｉｌｅｒ－２０２６　房")


def test_a_hash_of_lower_cost_is_outdated() -> None:
    assert Passwords().is_outdated(cheap_passwords().hash(PASSWORD))
    assert not cheap_passwords().is_outdated(cheap_passwords().hash(PASSWORD))


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short 042",
        "1234567890",
        "password1234567890",
        "Wang.Li-2026",
        "ｗａｎｇ．ｌｉ　２０２６",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababab",
        "qwerty123456",
        "x" * 300,
        "long enough\x00 but not text",
    ],
)
def test_what_is_easy_to_guess_is_refused_with_a_reason(password: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        require_strong(password, name="wang.li")
    assert refused.value.title.zh
    assert refused.value.title.en


@pytest.mark.parametrize("password", [PASSWORD, OTHER_PASSWORD, "k7#Tq9!vZ2", "正月里下了一场大雪吧"])
def test_what_is_long_and_not_common_is_taken(password: str) -> None:
    require_strong(password, name="wang.li")


def test_few_hashes_are_computed_at_once() -> None:
    class Counting(PasswordHasher):
        running = most = 0
        lock = threading.Lock()

        def verify(self, *_: object, **__: object) -> bool:  # type: ignore[override]
            with self.lock:
                Counting.running += 1
                Counting.most = max(Counting.most, Counting.running)
            time.sleep(0.01)  # long enough for others to come in if they were let
            with self.lock:
                Counting.running -= 1
            return True

    passwords = Passwords(Counting(time_cost=1, memory_cost=8, parallelism=1))
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: passwords.verify("kept", PASSWORD), range(16)))
    assert Counting.most == 2
