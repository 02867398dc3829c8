mod loom_std {
    pub mod thread {
        pub use loom::thread::*;
        pub use std::thread::Result;

        /// Loom has no clock, and tries what comes before what in any case.
        pub fn sleep(_: std::time::Duration) {}
    }
}

/// Two jobs end, each wakes, and neither takes a lock: what the poll sees of
/// them depends on the orderings of `wake` and of the loop alone.
fn main() {
    use loom::sync::atomic::AtomicBool;
    loom::model(|| {
        let plates = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let mut cooking = false;
        block_on(std::future::poll_fn(move |cx| {
            if !std::mem::replace(&mut cooking, true) {
                for cook in 0..plates.len() {
                    let plates = Arc::clone(&plates);
                    let waker = cx.waker().clone();
                    loom::thread::spawn(move || {
                        plates[cook].store(true, Ordering::Release);
                        waker.wake();
                    });
                }
            }
            let served = |plate: &AtomicBool| plate.load(Ordering::Acquire);
            // Both are looked at: `all` would stop at the first.
            match plates.iter().map(served).filter(|done| *done).count() {
                2 => Poll::Ready(()),
                _ => Poll::Pending,
            }
        }));
    });
}
