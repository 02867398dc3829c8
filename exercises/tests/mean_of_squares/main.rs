//! A loop, Rayon and tasks agree, for every length and at the edges.

#[cfg(feature = "mine")]
#[path = "../../mine/mean_of_squares.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::panic::{AssertUnwindSafe, catch_unwind};

use attempt::{by_a_loop, by_rayon, by_tasks};
use tokio::runtime::Builder;

/// What one way says, or that it panics.
type Said = Result<Option<u64>, &'static str>;

const TASKS: usize = 4;

/// The three ways, with what each says of these numbers.
fn ways(numbers: &[u64]) -> [(&'static str, Said); 3] {
    let with_tasks = || {
        Builder::new_current_thread()
            .build()
            .expect("a runtime without sockets can be built")
            .block_on(by_tasks(numbers.to_vec(), TASKS))
    };
    let ways: [(&str, &dyn Fn() -> Option<u64>); 3] = [
        ("by_a_loop", &|| by_a_loop(numbers)),
        ("by_rayon", &|| by_rayon(numbers)),
        ("by_tasks", &with_tasks),
    ];
    ways.map(|(name, way)| {
        let mut said = Err("it panics");
        // On this thread, a panic would be printed; what it says is not needed.
        let _ = exercises::caught(|| {
            let way = catch_unwind(AssertUnwindSafe(way));
            said = way.map_err(|_| "it panics");
        });
        (name, said)
    })
}

#[test]
fn every_small_length() {
    exercises::ends(|| {
        for length in 0..=100 {
            // The last weighs more than all others.
            let mut numbers: Vec<u64> = (0..length).collect();
            numbers.extend((length > 0).then_some(1000));
            let squares = numbers.iter().map(|number| number * number);
            let sum: u64 = squares.sum();
            let expected = sum.checked_div(numbers.len() as u64);
            for (name, said) in ways(&numbers) {
                exercises::same!(
                    said,
                    Ok(expected),
                    "`{name}` says this of {} numbers, for {TASKS} tasks. Try \
                     every length: what becomes of a part that is shorter, of \
                     no numbers, and of more tasks than numbers?",
                    numbers.len()
                );
            }
        }
    });
}

#[test]
fn what_does_not_fit() {
    exercises::ends(|| {
        for (numbers, expected) in [
            (vec![u64::from(u32::MAX)], Some(u64::from(u32::MAX).pow(2))),
            (vec![1 << 32], None),
            (vec![u64::from(u32::MAX); 2], None),
            (vec![3, 5, 1 << 40, 7], None),
        ] {
            for (name, said) in ways(&numbers) {
                exercises::same!(
                    said,
                    Ok(expected),
                    "`{name}` says this of {numbers:?}. In a debug build an \
                     overflow panics, in a release build it is a wrong number"
                );
            }
        }
    });
}
