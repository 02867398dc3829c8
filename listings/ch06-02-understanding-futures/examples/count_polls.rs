use std::future::{pending, poll_fn, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::task::{Context, Wake, Waker};
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[derive(Default)]
struct Tally {
    polls: AtomicU32,
    wakes: AtomicU32,
}

/// Counts a wake, then passes it on to the task.
struct Bell {
    tally: Arc<Tally>,
    task: Waker,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.tally.wakes.fetch_add(1, Relaxed);
        self.task.wake_by_ref();
    }
}

fn tallied<F: Future>(
    tally: Arc<Tally>,
    future: F,
) -> impl Future<Output = F::Output> {
    let mut future = Box::pin(future);
    poll_fn(move |cx| {
        tally.polls.fetch_add(1, Relaxed);
        let bell = Bell {
            tally: Arc::clone(&tally),
            task: cx.waker().clone(),
        };
        let waker = Waker::from(Arc::new(bell));
        future.as_mut().poll(&mut Context::from_waker(&waker))
    })
}

async fn count<F>(name: &str, future: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let tally = Arc::new(Tally::default());
    let task = tokio::spawn(tallied(Arc::clone(&tally), future));
    let end = timeout(Duration::from_secs(3600), task).await;
    let ready = if end.is_ok() { "" } else { ", not ready" };
    let polls = tally.polls.load(Relaxed);
    let wakes = tally.wakes.load(Relaxed);
    println!("{name:<18} polls {polls}, wakes {wakes}{ready}");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    count("ready at once", ready(())).await;
    count("50 minutes' sleep", sleep(Duration::from_secs(3000))).await;
    count("three short sleeps", async {
        for _ in 0..3 {
            sleep(Duration::from_secs(1)).await;
        }
    })
    .await;
    count("nothing wakes it", pending()).await;
}
