use tokio::runtime::{Builder, Runtime};

const QUIET: Duration = Duration::from_millis(100);

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
                if number % 1000 == 0 {
                    sleep(QUIET / 2).await;
                }
            }
            sleep(QUIET * 3).await;
        }
    });
    for expected in 0..3 {
        let heard = debounced(&mut hears, QUIET).await;
        let (burst, number, said) = heard.expect("three bursts");
        assert_eq!((burst, number), (expected, count - 1), "the last word");
        assert!(said.elapsed() >= QUIET, "{burst}: not quiet yet");
    }
    assert!(debounced(&mut hears, QUIET).await.is_none());
    guest.await.expect("no panic");
}

/// Who says a word and leaves is heard.
async fn a_word_at_the_door() {
    let (says, mut hears) = mpsc::channel(8);
    says.send("eggs").await.expect("somebody listens");
    drop(says);
    assert_eq!(debounced(&mut hears, QUIET).await, Some("eggs"));
    assert_eq!(debounced(&mut hears, QUIET).await, None);
}

fn main() {
    let count = if cfg!(debug_assertions) { 10_000 } else { 300_000 };
    paused().block_on(bursts(1));
    paused().block_on(bursts(count));
    paused().block_on(a_word_at_the_door());
    let multi = Builder::new_multi_thread().enable_time().build();
    multi.expect("a runtime").block_on(a_word_at_the_door());
}
