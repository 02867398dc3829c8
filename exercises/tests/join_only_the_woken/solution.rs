use std::collections::BTreeSet;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// What the wakers of the futures tell the task that joins them.
struct News {
    woken: BTreeSet<usize>,
    /// Gone when it was called: one call is enough until the next poll.
    task: Option<Waker>,
}

/// The waker of one future.
struct Bell {
    number: usize,
    news: Arc<Mutex<News>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let mut news = self.news.lock().expect(NEVER_POISONED);
        news.woken.insert(self.number);
        // Taken, not cloned: a waker runs code of the executor, and that must
        // not happen under our lock.
        let task = news.task.take();
        drop(news);
        if let Some(task) = task {
            task.wake();
        }
    }
}

/// Awaits all futures; returns the results in their order.
pub async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let news = Arc::new(Mutex::new(News {
        // Everything is polled once.
        woken: (0..futures.len()).collect(),
        task: None,
    }));
    let bell = |number| {
        let news = Arc::clone(&news);
        Waker::from(Arc::new(Bell { number, news }))
    };
    let mut left = futures.len();
    let mut outputs: Vec<Option<F::Output>> = Vec::new();
    outputs.resize_with(futures.len(), || None);
    let mut waiting: Vec<Option<(Pin<Box<F>>, Waker)>> = futures
        .into_iter()
        .enumerate()
        .map(|(number, future)| Some((Box::pin(future), bell(number))))
        .collect();
    poll_fn(|cx| {
        let task = cx.waker().clone();
        let mut known = news.lock().expect(NEVER_POISONED);
        // Before the polls: a wake during a poll counts for the next one.
        let woken = mem::take(&mut known.woken);
        let old = known.task.replace(task);
        // To drop a waker runs its code, too.
        drop(known);
        drop(old);
        for number in woken {
            // A future that is finished can still be woken.
            if let Some((future, bell)) = &mut waiting[number]
                && let Poll::Ready(output) =
                    future.as_mut().poll(&mut Context::from_waker(bell))
            {
                outputs[number] = Some(output);
                waiting[number] = None;
                left -= 1;
            }
        }
        if left == 0 {
            Poll::Ready(outputs.drain(..).flatten().collect())
        } else {
            Poll::Pending
        }
    })
    .await
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
