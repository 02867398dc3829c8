use std::panic::{set_hook, take_hook};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("a runtime")
}

/// How often a task was started that panics each time after so long, whether it
/// was given up, and after how long.
fn starts(life: Duration, patience: Duration) -> (usize, bool, Duration) {
    paused().block_on(async {
        let (count, opened) = (AtomicUsize::new(0), Instant::now());
        let ended = timeout(
            patience,
            supervise(|| {
                count.fetch_add(1, Relaxed);
                async move {
                    sleep(life).await;
                    panic!("no oven")
                }
            }),
        );
        let ended: Result<Result<(), _>, _> = ended.await;
        (count.into_inner(), ended.is_ok(), opened.elapsed())
    })
}

fn every_pace() {
    let hour = Duration::from_secs(3600);
    let (count, given_up, took) = starts(Duration::ZERO, hour);
    let all = FORGIVEN.0 + 1;
    assert!(
        given_up && count == all,
        "started {count} times, {all} are enough"
    );
    let pauses = PAUSE * 2_u32.pow(FORGIVEN.0 as u32) - PAUSE;
    assert!(took == pauses, "the pauses took {took:?}, not {pauses:?}");
    // So seldom that each is forgotten before the next but one.
    let (count, given_up, _) = starts(FORGIVEN.1, hour);
    assert!(!given_up, "given up after {count} panics that are long ago");
    assert!(count > 300, "started {count} times in an hour");
}

/// What it returns, an abort, and the end of the caller.
fn every_end() {
    paused().block_on(async {
        let answer = supervise(|| async { 7 }).await;
        assert_eq!(answer.expect("no panic"), 7);

        let pot = Arc::new(());
        let ever = || {
            let pot = Arc::clone(&pot);
            supervise(move || {
                let pot = Arc::clone(&pot);
                async move {
                    std::future::pending::<()>().await;
                    drop(pot);
                }
            })
        };
        let late = timeout(Duration::from_secs(1), ever()).await;
        assert!(late.is_err());
        tokio::task::yield_now().await;
        let held = Arc::strong_count(&pot) - 1;
        assert!(held == 0, "the caller has gone, and its task still works");
    });
    // A runtime that goes away is no panic: nothing is started again.
    let runtime = paused();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    runtime.spawn(supervise(move || {
        counted.fetch_add(1, Relaxed);
        std::future::pending::<()>()
    }));
    runtime.block_on(tokio::task::yield_now());
    drop(runtime);
    let count = count.load(Relaxed);
    assert!(
        count <= 1,
        "started {count} times on a runtime that has ended"
    );
}

fn main() {
    let usual = take_hook();
    // Hundreds of panics, all of them meant.
    set_hook(Box::new(move |panic| {
        if panic.payload_as_str() != Some("no oven") {
            usual(panic);
        }
    }));
    every_pace();
    every_end();
}
