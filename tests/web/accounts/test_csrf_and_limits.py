from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.accounts.conftest import Clock
from webmap.accounts.csrf import form_secret, masked, new_secret, proves
from webmap.accounts.limits import Buckets, Rate


def test_a_proof_is_another_text_each_time_and_proves_one_secret() -> None:
    secret, other = new_secret(), new_secret()
    proofs = {masked(secret) for _ in range(20)}
    assert len(proofs) == 20
    assert all(proves(proof, secret) for proof in proofs)
    assert not any(proves(proof, other) for proof in proofs)


@pytest.mark.parametrize("given", [None, "", "x", "0" * 64, "é" * 64, "=" * 88, "AAAA"])
def test_what_is_no_proof_proves_nothing(given: str | None) -> None:
    assert not proves(given, new_secret())
    assert not proves(masked(new_secret()), "")


@settings(max_examples=100)
@given(st.text())
def test_no_text_breaks_the_check(text: str) -> None:
    assert not proves(text, "ab" * 32)


def test_a_forms_secret_needs_the_cookie_and_the_signing_key() -> None:
    secret = form_secret("key", "cookie")
    assert form_secret("key", "cookie") == secret
    assert len({secret, form_secret("key", "other"), form_secret("other", "cookie"), new_secret()}) == 4


def test_a_bucket_gives_a_burst_and_then_as_much_as_flows_in(clock: Clock) -> None:
    buckets = Buckets(Rate(burst=3, per_second=0.5))
    assert [buckets.take("a", clock.now) for _ in range(5)] == [0, 0, 0, 2, 2]
    assert buckets.take("b", clock.now) == 0
    clock.pass_(seconds=1)
    assert buckets.take("a", clock.now) == 1
    clock.pass_(seconds=1)
    assert [buckets.take("a", clock.now) for _ in range(2)] == [0, 2]
    clock.pass_(days=1)
    assert [buckets.take("a", clock.now) for _ in range(4)] == [0, 0, 0, 2]


def test_a_clock_that_is_set_back_locks_nobody_out(clock: Clock) -> None:
    buckets = Buckets(Rate(burst=1, per_second=1))
    assert buckets.take("a", clock.now) == 0
    clock.pass_(days=-1)
    assert buckets.take("a", clock.now) == 1
    assert buckets.take("a", clock.pass_(seconds=1)) == 0


def test_many_at_once_take_no_more_than_there_is(clock: Clock) -> None:
    buckets = Buckets(Rate(burst=50, per_second=1))
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: buckets.take("a", clock.now), range(200)))
    assert waits.count(0) == 50


def test_keys_kept_are_bounded(clock: Clock) -> None:
    buckets = Buckets(Rate(burst=1, per_second=1), kept=10)
    for number in range(1000):
        buckets.take(number, clock.now)
    assert len(buckets._buckets) == 10
