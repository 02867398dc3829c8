use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Runtime};

fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("a runtime")
}

/// However many calls have failed, the cap stays where the constants say.
fn the_cap_of_every_attempt() {
    let mut last = 0;
    let few = 1..200;
    for attempt in few.chain([1 << 16, u32::MAX - 1, u32::MAX]) {
        // Where arithmetic overflows, it may also panic.
        let draw = || pause_and_cap(attempt, &mut Rng::with_seed(7));
        let drawn = catch_unwind(AssertUnwindSafe(draw));
        let (pause, cap) = drawn.unwrap_or((0, 0));
        assert!(cap >= FIRST_CAP_MS, "a hot loop at attempt {attempt}");
        assert!(cap >= last && cap <= LAST_CAP_MS, "a cap of {cap} ms");
        assert!(pause <= cap, "waits {pause} of {cap} ms");
        last = cap;
    }
    assert_eq!(last, LAST_CAP_MS);
}

/// Pauses fill the range; clients that failed together do not come back together,
/// whatever the seed is.
fn a_million_draws() {
    for seed in [0, 1, 42, u64::MAX] {
        let mut rng = Rng::with_seed(seed);
        let mut counts = [0; 10];
        for draw in 0..250_000 {
            let (pause, cap) = pause_and_cap(4 + draw % 9, &mut rng);
            assert!(pause <= cap, "waits {pause} of {cap} ms");
            counts[(pause * 10 / (cap + 1)) as usize] += 1;
        }
        for count in counts {
            let even = (22_500..27_500).contains(&count);
            assert!(even, "the same pause again and again: {counts:?}");
        }
    }
    let (mut one, mut two) = (Rng::with_seed(0), Rng::with_seed(1));
    let same = (0..1000)
        .filter(|_| {
            pause_and_cap(9, &mut one).0 == pause_and_cap(9, &mut two).0
        })
        .count();
    assert!(same < 20, "the same pause {same} times of two clients");
}

/// Calls of one `retry`, and how it ended, after how long.
fn calls<T, F: Future<Output = Result<T, Failure>>>(
    tries: u32,
    call: impl Fn(u32) -> F,
) -> (u32, Result<T, Failure>, Duration) {
    paused().block_on(async {
        let (start, count) = (Instant::now(), Cell::new(0));
        let counted = |attempt| {
            count.set(count.get() + 1);
            assert_eq!(attempt, count.get(), "the attempts are numbered");
            call(attempt)
        };
        let ended = retry(tries, &mut Rng::with_seed(3), counted).await;
        (count.get(), ended, start.elapsed())
    })
}

fn every_end() {
    let (count, ended, took) =
        calls(9, |_| async { Err::<(), _>(Failure::NoSuchDish) });
    let once = (1, Err(Failure::NoSuchDish));
    assert_eq!((count, ended), once, "permanent, but repeated");
    assert_eq!(took, Duration::ZERO);
    for tries in 0..4 {
        let (count, ended, _) =
            calls(tries, |_| async { Err::<(), _>(Failure::Busy) });
        assert_eq!((count, ended), (tries.max(1), Err(Failure::Busy)));
    }
    let (count, ended, _) = calls(u32::MAX, |attempt| async move {
        if attempt < 4 {
            Err(Failure::Busy)
        } else {
            Ok("eggs")
        }
    });
    assert_eq!((count, ended), (4, Ok("eggs")));

    // Busy for ever: the number of tries is no limit here.
    let (count, ended, took) = calls(u32::MAX, |attempt| async move {
        assert!(attempt < 1000, "tried beyond its patience");
        Err::<(), _>(Failure::Busy)
    });
    assert_eq!(ended, Err(Failure::Busy));
    assert!(took < PATIENCE && count > 4, "{count} calls in {took:?}");

    // Silent once, and then it answers.
    for silent in [1, 3] {
        let (count, ended, took) = calls(u32::MAX, |attempt| async move {
            match attempt {
                _ if attempt == silent => std::future::pending().await,
                5 => Ok("eggs"),
                _ => Err(Failure::Busy),
            }
        });
        let answer = (5, Ok("eggs"));
        assert_eq!((count, ended), answer, "one silent call costs too much");
        assert!(took >= LONGEST_CALL && took < PATIENCE, "{took:?}");
    }
    // Silent for ever.
    let (count, ended, took) =
        calls(u32::MAX, |_| std::future::pending::<Result<(), _>>());
    assert_eq!(ended, Err(Failure::NoAnswer));
    assert!(took <= PATIENCE && count > 1, "{count} calls in {took:?}");
    let (_, ended, took) =
        calls(1, |_| std::future::pending::<Result<(), _>>());
    assert_eq!((ended, took), (Err(Failure::NoAnswer), LONGEST_CALL));
}

/// A call in progress ends with its `retry`; what was drawn stays drawn.
fn dropped_at_each_await() {
    struct Call<'a>(&'a Cell<u32>);
    impl Drop for Call<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() - 1);
        }
    }
    paused().block_on(async {
        let mut rng = Rng::with_seed(9);
        let under_way = Cell::new(0);
        for polls in 0..40 {
            let call = |_| async {
                under_way.set(under_way.get() + 1);
                let _call = Call(&under_way);
                sleep(Duration::from_millis(10)).await;
                Err::<(), _>(Failure::Busy)
            };
            {
                let mut retry = pin!(retry(u32::MAX, &mut rng, call));
                let mut cx = Context::from_waker(Waker::noop());
                for _ in 0..polls {
                    if retry.as_mut().poll(&mut cx).is_ready() {
                        break;
                    }
                    assert!(under_way.get() <= 1, "one call at a time");
                    tokio::time::advance(Duration::from_millis(50)).await;
                }
            }
            assert_eq!(under_way.get(), 0, "a call goes on without its retry");
        }
        let answer = retry(1, &mut rng, |_| async { Ok("eggs") }).await;
        assert_eq!(answer, Ok("eggs"));
    });
}

/// It comes out where the caller sees it, and the next retry works.
fn a_panic_in_a_call() {
    let mut rng = Rng::with_seed(5);
    let burnt = retry(9, &mut rng, |attempt| async move {
        assert_eq!(attempt, 1, "burnt");
        Err(Failure::Busy)
    });
    let run = || paused().block_on(burnt);
    let ended: Result<Result<(), _>, _> = catch_unwind(AssertUnwindSafe(run));
    assert!(ended.is_err(), "the panic is lost");
    let answer =
        paused().block_on(retry(9, &mut rng, |_| async { Ok("eggs") }));
    assert_eq!(answer, Ok("eggs"));
}

/// Real time, real threads: each client with its own dice.
fn on_many_threads() {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let mut clients = tokio::task::JoinSet::new();
        for seed in 0..1000 {
            clients.spawn(async move {
                let mut rng = Rng::with_seed(seed);
                // Of those that begin together, some wait less than 100 ms.
                let busy_once = |attempt| async move {
                    match attempt {
                        1 => Err(Failure::Busy),
                        _ => Ok(seed),
                    }
                };
                retry(2, &mut rng, busy_once).await
            });
        }
        let mut sum = 0;
        while let Some(answer) = clients.join_next().await {
            sum += answer.expect("no panic").expect("the second call");
        }
        assert_eq!(sum, 1000 * 999 / 2);
    });
}

fn main() {
    the_cap_of_every_attempt();
    a_million_draws();
    every_end();
    dropped_at_each_await();
    a_panic_in_a_call();
    on_many_threads();
}
