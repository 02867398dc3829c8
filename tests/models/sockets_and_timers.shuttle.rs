/// A poller without sockets: what is left is that `notify` ends a `wait`, the one
/// under way or the next.
mod fake {
    use shuttle::sync::{Condvar, Mutex};
    use std::io;
    use std::time::Duration;

    #[derive(Clone, Copy)]
    pub struct Event {
        pub key: usize,
    }

    impl Event {
        pub fn none(key: usize) -> Event {
            Event { key }
        }

        pub fn readable(key: usize) -> Event {
            Event { key }
        }
    }

    pub struct Events;

    impl Events {
        pub fn new() -> Events {
            Events
        }

        pub fn clear(&mut self) {}

        pub fn iter(&self) -> impl Iterator<Item = Event> {
            std::iter::empty()
        }
    }

    pub trait AsSource {
        fn source(&self) {}
    }

    impl<T> AsSource for T {}

    pub struct Poller(Mutex<bool>, Condvar);

    impl Poller {
        pub fn new() -> io::Result<Poller> {
            Ok(Poller(Mutex::new(false), Condvar::new()))
        }

        pub unsafe fn add<T>(&self, _: T, _: Event) -> io::Result<()> {
            Ok(())
        }

        pub fn modify<T>(&self, _: T, _: Event) -> io::Result<()> {
            Ok(())
        }

        pub fn delete<T>(&self, _: T) -> io::Result<()> {
            Ok(())
        }

        pub fn wait(
            &self,
            _: &mut Events,
            _: Option<Duration>,
        ) -> io::Result<usize> {
            let mut notified = self.0.lock().expect("no panic");
            while !*notified {
                notified = self.1.wait(notified).expect("no panic");
            }
            *notified = false;
            Ok(0)
        }

        pub fn notify(&self) -> io::Result<()> {
            *self.0.lock().expect("no panic") = true;
            self.1.notify_one();
            Ok(())
        }
    }
}

/// A bell rings on another thread, once.
#[derive(Default)]
struct Bell(Mutex<(bool, Option<Waker>)>);

impl Bell {
    fn ring(&self) {
        let mut bell = self.0.lock().expect("no panic");
        bell.0 = true;
        let waker = bell.1.take();
        drop(bell);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    async fn heard(&self) {
        poll_fn(|cx| {
            let mut bell = self.0.lock().expect("no panic");
            if bell.0 {
                return Poll::Ready(());
            }
            bell.1 = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// Bells ring while the loop waits, polls, or takes what was woken.
fn bells_ring_on_other_threads() {
    let bells: [Arc<Bell>; 3] = Default::default();
    let ringers = bells
        .clone()
        .map(|bell| shuttle::thread::spawn(move || bell.ring()));
    block_on(async move |runtime| {
        let [first, second, third] = bells;
        runtime.spawn(async move {
            first.heard().await;
            second.heard().await;
        });
        third.heard().await;
        runtime.fewer_tasks_than(1).await;
    })
    .expect("a poller");
    for ringer in ringers {
        ringer.join().expect("a bell that rings does not panic");
    }
}

/// Most of the time, the loop waits when the bell rings.
fn the_loop_waits() {
    let bell: Arc<Bell> = Arc::default();
    let late = Arc::clone(&bell);
    let ringer = shuttle::thread::spawn(move || {
        for _ in 0..20 {
            shuttle::thread::yield_now();
        }
        late.ring();
    });
    block_on(async move |runtime| {
        runtime.spawn(async move { bell.heard().await });
        runtime.fewer_tasks_than(1).await;
    })
    .expect("a poller");
    ringer.join().expect("a bell that rings does not panic");
}

/// Two threads wake one task, which is woken a second time while it is polled.
fn two_threads_wake_one_task() {
    let bells: [Arc<Bell>; 2] = Default::default();
    let both = bells.clone();
    let ringers = bells.map(|bell| shuttle::thread::spawn(move || bell.ring()));
    block_on(async move |_| {
        for bell in both {
            bell.heard().await;
        }
    })
    .expect("a poller");
    for ringer in ringers {
        ringer.join().expect("a bell that rings does not panic");
    }
}

/// The runtime has ended, and a bell still holds a waker of it.
fn a_bell_rings_when_the_runtime_is_gone() {
    let bell: Arc<Bell> = Arc::default();
    let waiting = Arc::clone(&bell);
    let ringer = block_on(async move |runtime| {
        runtime.spawn(async move { waiting.heard().await });
        runtime.spawn(async {});
        runtime.fewer_tasks_than(2).await;
        shuttle::thread::spawn(move || bell.ring())
    });
    let ringer = ringer.expect("a poller");
    ringer.join().expect("a bell that rings does not panic");
}

fn main() {
    for model in [
        bells_ring_on_other_threads,
        the_loop_waits,
        two_threads_wake_one_task,
        a_bell_rings_when_the_runtime_is_gone,
    ] {
        // The same schedules each time: a fault is found in every run or none.
        shuttle::check_random_with_seed(model, 7, 300);
    }
}
