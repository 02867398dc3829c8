use tokio::runtime::{Builder, Runtime};

fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("a runtime")
}

/// However long the burst is, its last value is what comes, once, and not before
/// it has been quiet.
async fn bursts(count: u32) {
    let (says, mut hears) = mpsc::channel(8);
    let guest = tokio::spawn(async move {
        for burst in 0..3 {
            for number in 0..count {
                let word = (burst, number, Instant::now());
                says.send(word).await.expect("somebody listens");
                if number % (count / 8 + 1) == 0 {
                    sleep(QUIET / 2).await;
                }
            }
            sleep(QUIET * 3).await;
        }
    });
    for expected in 0..3 {
        let heard = debounced(&mut hears).await;
        let (burst, number, said) = heard.expect("three bursts");
        assert_eq!((burst, number), (expected, count - 1), "the last word");
        assert!(said.elapsed() >= QUIET, "{burst}: not quiet yet");
    }
    assert!(debounced(&mut hears).await.is_none());
    guest.await.expect("no panic");
}

/// Who says a word and leaves is heard.
async fn a_word_at_the_door() {
    let (says, mut hears) = mpsc::channel(8);
    says.send("eggs").await.expect("somebody listens");
    drop(says);
    assert_eq!(debounced(&mut hears).await, Some("eggs"));
    assert_eq!(debounced(&mut hears).await, None);
}

/// Values without an end: what comes is as new as can be, and not late.
async fn a_guest_who_never_rests(pause: Duration) {
    let (says, mut hears) = mpsc::channel(8);
    let start = Instant::now();
    let guest = tokio::spawn(async move {
        // Not for ever: a harness that hangs would say nothing.
        while start.elapsed() < LONGEST * 9 {
            if says.send(Instant::now()).await.is_err() {
                return;
            }
            sleep(pause).await;
        }
    });
    for _ in 0..3 {
        let begun = Instant::now();
        let said = debounced(&mut hears).await.expect("he never stops");
        let took = begun.elapsed();
        assert!(took <= LONGEST + QUIET, "{took:?} without a word");
        assert!(said.elapsed() <= pause.max(QUIET), "an old word");
    }
    drop(hears);
    guest.await.expect("no panic");
}

fn main() {
    let count = if cfg!(debug_assertions) {
        10_000
    } else {
        300_000
    };
    paused().block_on(bursts(1));
    paused().block_on(bursts(count));
    for pause in [1, 30, 99] {
        let pause = Duration::from_millis(pause);
        paused().block_on(a_guest_who_never_rests(pause));
    }
    paused().block_on(a_word_at_the_door());
    let multi = Builder::new_multi_thread().enable_time().build();
    multi.expect("a runtime").block_on(a_word_at_the_door());
}
