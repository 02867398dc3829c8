// ANCHOR: shown
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

async fn toast(slice: Option<u32>) {
    println!("toasting {slice:?}");
}

async fn breakfast(slices: Arc<Mutex<Vec<u32>>>) {
    toast({
        println!("looking for bread");
        slices.lock().expect("no panic").pop()
    })
    .await;
}

fn spawn<F>(job: F) -> JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    thread::spawn(move || block_on(job))
}

fn main() {
    let slices = Arc::new(Mutex::new(vec![1, 2]));
    spawn(breakfast(slices))
        .join()
        .expect("the job does not panic");
}
// ANCHOR_END: shown

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        // A flag, because park may return early, and because a poll that
        // parks for its own purposes may use up our unpark.
        while !signal.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Signal {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        // A swap, not a store: a second wake must not hide what the first
        // one has published.
        self.woken.swap(true, Ordering::Release);
        self.thread.unpark();
    }
}
