mod loom_std {
    pub mod thread {
        pub use loom::thread::*;
    }
}

/// Two cooks put a plate down and ring, and take no lock that the task takes:
/// the one who finds the task in the queue tells it of the plate with the flag
/// alone.
fn main() {
    let mut every_order = loom::model::Builder::new();
    every_order.preemption_bound = Some(2);
    every_order.check(|| {
        let executor = Executor::new();
        let plates = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let mut cooking = false;
        let handle = executor.spawn(poll_fn(move |cx| {
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
        executor.run(handle);
    });
}
