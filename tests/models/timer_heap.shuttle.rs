/// A clock that stands still until the thread of the timers waits.
mod clock {
    use std::ops::{Add, Sub};
    use std::time::Duration;

    use shuttle::sync::MutexGuard;
    use shuttle::sync::atomic::{AtomicBool, AtomicU64, Ordering};

    shuttle::lazy_static! {
        static ref NOW: AtomicU64 = AtomicU64::new(0);
        pub static ref OVER: AtomicBool = AtomicBool::new(false);
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub struct Instant(u64);

    impl Instant {
        pub fn now() -> Instant {
            Instant(NOW.load(Ordering::SeqCst))
        }

        pub fn elapsed(&self) -> Duration {
            Instant::now() - *self
        }
    }

    impl Add<Duration> for Instant {
        type Output = Instant;

        fn add(self, time: Duration) -> Instant {
            Instant(self.0 + u64::try_from(time.as_millis()).expect("short"))
        }
    }

    impl Sub for Instant {
        type Output = Duration;

        fn sub(self, from: Instant) -> Duration {
            Duration::from_millis(self.0 - from.0)
        }
    }

    /// In the place of `wait_timeout`: others may do anything, then it is `end`.
    pub fn wait(
        timers: MutexGuard<'_, super::Timers>,
        end: Instant,
    ) -> Result<(MutexGuard<'_, super::Timers>, ()), ()> {
        drop(timers);
        shuttle::thread::yield_now();
        NOW.fetch_max(end.0, Ordering::SeqCst);
        Ok((super::TIMERS.lock().expect("not poisoned"), ()))
    }
}

/// A waker that locks what sleeps lock, in all that it does: so may that of an
/// executor, whose tasks sleep, and drop with their last waker.
mod nosy {
    use std::task::{RawWaker, RawWakerVTable, Waker};

    static TABLE: RawWakerVTable = RawWakerVTable::new(clone, look, look, look);

    pub fn waker() -> Waker {
        // SAFETY: no function of the table uses the pointer.
        unsafe { Waker::new(std::ptr::null(), &TABLE) }
    }

    fn clone(nothing: *const ()) -> RawWaker {
        look(nothing);
        RawWaker::new(nothing, &TABLE)
    }

    fn look(_: *const ()) {
        drop(super::TIMERS.lock().expect("not poisoned"));
    }
}

fn end_of_time() {
    clock::OVER.store(true, Ordering::SeqCst);
    // Under the lock: the thread is not between its look and its wait.
    drop(TIMERS.lock().expect(NEVER_POISONED));
    CHANGED.notify_one();
}

fn main() {
    let ms = Duration::from_millis;
    let foreign_code = move || {
        let waker = nosy::waker();
        let mut cx = Context::from_waker(&waker);
        let mut given_up = Box::pin(sleep(ms(9)));
        assert!(given_up.as_mut().poll(&mut cx).is_pending());
        let mut to_the_end = Box::pin(sleep(ms(1)));
        while to_the_end.as_mut().poll(&mut cx).is_pending() {
            thread::yield_now();
        }
        drop(given_up);
        end_of_time();
    };
    let kitchen = move || {
        let other = thread::spawn(move || block_on(sleep(ms(2))));
        let start = Instant::now();
        // A sleep is started, and given up while its end is in the heap.
        let mut given_up = Box::pin(sleep(ms(1)));
        let mut cx = Context::from_waker(Waker::noop());
        let _ = given_up.as_mut().poll(&mut cx);
        block_on(join_all(vec![
            Box::pin(sleep(ms(3))),
            Box::pin(sleep(ms(1))),
        ]));
        assert!(start.elapsed() >= ms(3), "a sleep ended early");
        drop(given_up);
        other.join().expect("it only sleeps");
        let timers = TIMERS.lock().expect(NEVER_POISONED);
        assert_eq!(timers.wakers.len(), 0, "wakers left");
        drop(timers);
        end_of_time();
    };
    // The same schedules each time: a fault is found in every run or none.
    shuttle::check_random_with_seed(kitchen, 7, 300);
    shuttle::check_random_with_seed(foreign_code, 7, 300);
}
