fn main() {
    // None ends early, the longest is started first.
    let sleeps = [30, 20, 0].map(|ms| async move {
        let (start, time) = (Instant::now(), Duration::from_millis(ms));
        sleep(time).await;
        assert!(start.elapsed() >= time, "a sleep ended early");
    });
    block_on(join_all(sleeps.into_iter().map(Box::pin).collect()));

    let time = Duration::from_millis(50);
    block_on(join_all((0..10_000).map(|_| sleep(time)).collect()));
    assert_eq!(ALIVE.load(Ordering::Relaxed), 1);

    // Dropped, a sleep keeps no waker; the others ring as ever. The ends that
    // are left belong to sleeps that nobody waits for.
    let kept = || TIMERS.lock().expect(NEVER_POISONED).wakers.len();
    assert_eq!(kept(), 0, "wakers left");
    let hour = Duration::from_secs(3600);
    let mut cancelled: Vec<_> =
        (0..100).map(|_| Box::pin(sleep(hour))).collect();
    let mut cx = Context::from_waker(Waker::noop());
    for sleep in &mut cancelled {
        assert!(sleep.as_mut().poll(&mut cx).is_pending());
    }
    assert_eq!(kept(), 100, "wakers left");
    cancelled.truncate(1);
    assert_eq!(kept(), 1, "wakers left");
    drop(cancelled);
    assert_eq!(kept(), 0, "wakers left");
    block_on(sleep(time));

    // A waker that is used after its sleep has ended does nothing.
    let late = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&late));
    let mut cx = Context::from_waker(&waker);
    let mut ended = Box::pin(sleep(time));
    while ended.as_mut().poll(&mut cx).is_pending() {
        while !late.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
    drop(ended);
    waker.wake();
    assert_eq!(kept(), 0, "wakers left");
}
