// ANCHOR: shown
async fn three_times(mut cook: impl AsyncFnMut(u32)) {
    for order in 1..=3 {
        cook(order).await;
    }
}

async fn lunch() -> Vec<u32> {
    let mut plates = Vec::new();
    three_times(async |order| plates.push(order)).await;
    plates
}

async fn serve(taste: impl AsyncFn(&str) -> usize) -> usize {
    let dish = String::from("soup");
    taste(&dish).await
}

async fn letters(dish: &str) -> usize {
    dish.len()
}

fn main() {
    println!("plates: {:?}", block_on(lunch()));
    println!("letters: {}", block_on(serve(letters)));
}
// ANCHOR_END: shown

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

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
