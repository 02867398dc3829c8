//! A future that needs one bowl holds one bowl.

#[cfg(feature = "mine")]
#[path = "../../mine/smaller_future.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use attempt::salad;

#[test]
fn the_salad_weighs_what_it_weighed() {
    let mut future = pin!(salad(3));
    let mut cx = Context::from_waker(Waker::noop());
    for polls in 1..=2 {
        exercises::same!(
            future.as_mut().poll(&mut cx),
            Poll::Pending,
            "this is what poll {polls} of `salad` answers, which waits twice: \
             once when it is washed, and once when it is cut"
        );
    }
    exercises::same!(
        future.as_mut().poll(&mut cx),
        Poll::Ready(3 * 1024),
        "after two waits the salad is weighed: this is what poll 3 answers. \
         Does the bowl hold 1,024 leaves, and does `salad` wait only twice?"
    );
}

#[test]
fn the_future_holds_one_bowl_and_little_more() {
    let size = size_of_val(&salad(3));
    assert!(
        size < 1100,
        "the future has {size} bytes, room for {} bowls of 1024. An argument \
         passed by value is stored by the one who passes it and by the one \
         who receives it",
        size / 1024
    );
    assert!(
        size > 1024,
        "the future has {size} bytes, too few for the bowl. The bowl must be \
         there while the future waits, and in the future itself"
    );
}
