//! Work on all cores, and a lock that nobody holds meanwhile.

#[cfg(feature = "mine")]
#[path = "../../mine/pan_in_hand.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use attempt::fry_all;
use rayon::{ThreadPool, ThreadPoolBuilder};

const NO_END: &str = "after ten seconds `fry_all` has not returned. Does a thread \
    that holds the pan ask for it once more?";

fn two_threads() -> ThreadPool {
    let pool = ThreadPoolBuilder::new().num_threads(2).build();
    pool.expect("two threads can be started")
}

#[test]
fn everything_is_fried_and_keeps_its_place() {
    exercises::ends_or(NO_END, || {
        let pan = Mutex::new((0..100).collect::<Vec<u32>>());
        two_threads().install(|| fry_all(&pan, |egg| egg + 1000));
        let pan = pan.into_inner().expect("nothing has panicked");
        exercises::same!(
            pan,
            (1000..1100).collect::<Vec<u32>>(),
            "a hundred eggs, numbered from 0, and to each frying adds 1000. This is \
             in the pan",
        );
    });
}

#[test]
fn nobody_holds_the_pan_while_something_fries() {
    exercises::ends_or(NO_END, || {
        let pan = Mutex::new(vec![1, 2, 3, 4]);
        // One asks at a time, so that no two of them disturb each other.
        let held = Mutex::new(0);
        two_threads().install(|| {
            fry_all(&pan, |egg: u32| {
                let mut held = held.lock().expect("nothing panics");
                *held += u32::from(pan.try_lock().is_err());
                egg
            })
        });
        let held = held.into_inner().expect("nothing panics");
        exercises::same!(
            held,
            0,
            "so many of four eggs were fried while somebody held the pan. A thread \
             of Rayon that waits runs other jobs meanwhile: one that wants the pan \
             would wait for its own thread. What can be taken out of the pan before \
             it is let go?",
        );
    });
}

#[test]
fn what_comes_in_meanwhile_stays_behind_the_rest() {
    exercises::ends_or(NO_END, || {
        let pan = Mutex::new(vec![1, 2, 3, 4]);
        let turn = Mutex::new(());
        two_threads().install(|| {
            fry_all(&pan, |egg: u32| {
                let _turn = turn.lock().expect("nothing panics");
                if egg == 3
                    && let Ok(mut pan) = pan.try_lock()
                {
                    pan.push(77);
                }
                egg + 1000
            })
        });
        let pan = pan.into_inner().expect("nothing has panicked");
        exercises::same!(
            pan,
            [1001, 1002, 1003, 1004, 77],
            "while four eggs were fried, a guest put an egg with the number 77 into \
             the pan. It is not fried yet, and has its place behind the others. What \
             is in the pan when the fried ones come back?",
        );
    });
}

#[test]
fn two_are_fried_at_once() {
    exercises::ends_or(NO_END, || {
        let pan = Mutex::new(vec![1, 2]);
        let inside = Arc::new((Mutex::new(0), Condvar::new()));
        let together = Mutex::new(0);
        two_threads().install(|| {
            fry_all(&pan, |egg: u32| {
                let (count, changed) = &*inside;
                let mut count = count.lock().expect("nothing panics");
                *count += 1;
                changed.notify_all();
                // The other thread comes, however busy the machine is.
                let patience = Duration::from_secs(3);
                let (count, waited) = changed
                    .wait_timeout_while(count, patience, |count| *count < 2)
                    .expect("nothing panics");
                drop(count);
                let mut together = together.lock().expect("nothing panics");
                *together += u32::from(!waited.timed_out());
                egg
            })
        });
        let together = together.into_inner().expect("nothing panics");
        exercises::same!(
            together,
            2,
            "two eggs on two threads, and each waits until the other is in the \
             pan, too. So many of them saw the other. Is it still Rayon that fries?",
        );
    });
}
