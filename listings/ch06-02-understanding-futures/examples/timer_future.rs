use std::cell::Cell;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

const WAIT: Duration = Duration::from_millis(100);

// ANCHOR: future
// What the future and its timer thread share.
#[derive(Default)]
struct Toaster {
    on: bool,
    done: bool,
    waker: Option<Waker>,
}

#[derive(Default)]
struct Toast {
    toaster: Arc<Mutex<Toaster>>,
}

impl Future for Toast {
    type Output = &'static str;

    fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        let mut toaster = self.toaster.lock().expect("nobody panics with it");
        if toaster.done {
            return Poll::Ready("toast");
        }
        // Without a poll, no thread.
        if !toaster.on {
            toaster.on = true;
            switch_on(Arc::clone(&self.toaster));
        }
        // Another task may poll this time: only the latest waker counts.
        toaster.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

fn switch_on(toaster: Arc<Mutex<Toaster>>) {
    thread::spawn(move || {
        thread::sleep(WAIT);
        let waker = {
            let mut toaster = toaster.lock().expect("nobody panics with it");
            toaster.done = true;
            toaster.waker.take()
        };
        // Unlocked first: whoever is woken may poll at once.
        if let Some(waker) = waker {
            waker.wake();
        }
    });
}
// ANCHOR_END: future

async fn heartbeat(beats: &Cell<u32>) {
    loop {
        tokio::time::sleep(WAIT / 10).await;
        beats.set(beats.get() + 1);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut context = Context::from_waker(Waker::noop());
    let answer = pin!(Toast::default()).poll(&mut context);
    println!("first poll: {answer:?}");

    let begun = Cell::new(0);
    let toast = async || {
        begun.set(begun.get() + 1);
        (Toast::default().await, begun.get())
    };
    let ((one, then), (other, _)) = tokio::join!(toast(), toast());
    println!("joined: {:?}", (one, other));
    println!("toasts begun when the first was done: {then}");

    let beats = Cell::new(0);
    let toast = async {
        let before = beats.get();
        Toast::default().await;
        beats.get() - before
    };
    let during = tokio::select! {
        biased;
        () = heartbeat(&beats) => 0,
        during = toast => during,
    };
    println!("the heart beat during one toast: {}", during > 0);
}
