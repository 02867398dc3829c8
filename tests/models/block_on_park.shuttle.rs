fn main() {
    // A job on another thread may end before, during or after the first poll.
    let job = || assert_eq!(block_on(on_thread(|| "toast")), "toast");
    // A poll that waits for another thread in the same way as `block_on`.
    let picky = || {
        use shuttle::sync::atomic::AtomicBool;
        let cold = Arc::new(AtomicBool::new(false));
        let mut waited = false;
        block_on(poll_fn(move |cx| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            let waker = cx.waker().clone();
            thread::spawn(move || waker.wake());
            let (main, fridge) = (thread::current(), Arc::clone(&cold));
            thread::spawn(move || {
                fridge.store(true, Ordering::Release);
                main.unpark();
            });
            while !cold.load(Ordering::Acquire) {
                thread::park();
            }
            Poll::Pending
        }));
    };
    // The same schedules each time: a fault is found in every run or none.
    shuttle::check_random_with_seed(job, 7, 300);
    shuttle::check_random_with_seed(picky, 7, 300);
}
