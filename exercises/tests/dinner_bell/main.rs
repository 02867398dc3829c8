//! A bell that rings once is heard by everyone, in every order of events.
//!
//! Loom runs each test in every order in which the threads can take their
//! steps, as far as they take them on the types of `sync`.

#[cfg(feature = "mine")]
#[path = "../../mine/dinner_bell.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

/// In a crate of your own, `cfg(loom)` chooses between these and std's.
// An attempt need not use all of them.
#[allow(unused_imports)]
mod sync {
    pub use loom::sync::{Mutex, atomic};
}

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

use attempt::Bell;
use loom::thread;

/// A guest: polls the bell, and remembers to have been woken.
///
/// Its flag is std's, so that loom does not take it for one of the steps.
#[derive(Default)]
struct Guest(AtomicBool);

impl Wake for Guest {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Guest {
    fn is_pending(self: &Arc<Self>, bell: &Bell) -> bool {
        let waker = Waker::from(Arc::clone(self));
        bell.poll_rung(&mut Context::from_waker(&waker))
            .is_pending()
    }

    fn was_woken(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn who_comes_after_the_bell_does_not_wait() {
    loom::model(|| {
        let bell = Bell::new();
        bell.ring();
        assert!(
            !Arc::new(Guest::default()).is_pending(&bell),
            "the bell has rung, and the guest is told to wait"
        );
    });
}

#[test]
fn everyone_who_waits_is_woken() {
    loom::model(|| {
        let bell = Bell::new();
        let guests: [Arc<Guest>; 3] = Default::default();
        for guest in &guests {
            assert!(guest.is_pending(&bell), "no bell has rung yet");
        }
        bell.ring();
        let woken = guests.map(|guest| guest.was_woken());
        assert_eq!(
            woken, [true; 3],
            "three guests wait, the bell rings, and not all are woken. Has \
             the bell kept a waker for each?"
        );
    });
}

#[test]
fn the_latest_waker_of_a_guest_is_woken() {
    loom::model(|| {
        let bell = Bell::new();
        let (before, now) = <(Arc<Guest>, Arc<Guest>)>::default();
        assert!(before.is_pending(&bell) && now.is_pending(&bell));
        assert!(now.is_pending(&bell));
        bell.ring();
        assert!(
            now.was_woken(),
            "a guest who has moved to another task is not woken there"
        );
    });
}

#[test]
fn no_wake_up_is_lost() {
    loom::model(|| {
        let bell = Arc::new(Bell::new());
        let arrive = |bell: Arc<Bell>| {
            let guest = Arc::new(Guest::default());
            (guest.is_pending(&bell), guest)
        };
        let (ringing, arriving) = (Arc::clone(&bell), Arc::clone(&bell));
        let ringer = thread::spawn(move || ringing.ring());
        let other = thread::spawn(move || arrive(arriving));
        let guests = [arrive(bell), other.join().expect("a guest came")];
        ringer.join().expect("the bell rang");
        for (waits, guest) in guests {
            assert!(
                !waits || guest.was_woken(),
                "a lost wake-up: the bell rang between the guest's look at \
                 the bell and the moment when its waker was stored. Is both \
                 done under one lock?"
            );
        }
    });
}
