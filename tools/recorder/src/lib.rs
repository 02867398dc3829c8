//! Records what the tasks of a listing do: polls, wakes, drops and prints.
//!
//! A listing stays as the page shows it. To record it, its source is compiled
//! once more with this crate in the place of `tokio` and of `std`: it offers
//! what they offer, and what it replaces calls the original and notes what
//! happened. There are three ways:
//!
//! - A listing that runs on Tokio: the runtime that `#[tokio::main]` builds,
//!   [`spawn`], [`join!`], [`time::sleep`], [`time::timeout`] and `println!`
//!   are replaced, and a thread that sleeps moves virtual time ([`tasks`]).
//! - A listing that is its own executor: its calls of `poll` and `wake` become
//!   those of [`tasks::RecordedPoll`] and [`tasks::RecordedWake`].
//! - A listing about threads: scoped threads and mutexes are replaced
//!   ([`threads`]).
//!
//! What a [`Recording`] of tasks holds is exact and the same in every run, as
//! long as the listing runs on one thread and leaves nothing to chance, such as
//! the branch that an unbiased `select!` polls first. What a recording of
//! threads holds happened once, on one machine.

mod event;
mod log;
pub mod runtime;
pub mod tasks;
pub mod threads;
pub mod time;
mod traced;

pub use event::{Cause, Clock, Event, Kind, ReadError, Recording};
pub use log::say;
/// Everything that is not replaced is Tokio's own.
pub use tokio::*;
pub use traced::{Traced, spawn};

/// `tokio::task` with a [`spawn`] that is recorded.
pub mod task {
    pub use crate::spawn;
    pub use tokio::task::*;
}

/// As Tokio's `join!`; each future gets a lane named after its expression.
#[macro_export]
macro_rules! join {
    (biased; $($future:expr),+ $(,)?) => {
        $crate::__join!(biased; $($future),+)
    };
    ($($future:expr),+ $(,)?) => {
        $crate::__join!($($future),+)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __join {
    ($(biased $semi:tt)? $($future:expr),+) => {
        $crate::__tokio::join!(
            $(biased $semi)?
            $($crate::Traced::named(
                ::core::stringify!($future),
                ::core::line!(),
                $future,
            )),+
        )
    };
}

/// As Tokio's `select!`. With `biased;` and a comma behind each branch, each
/// future gets a lane named after its expression; the one that another branch
/// outruns is dropped there.
#[macro_export]
macro_rules! select {
    (biased; $($branch:pat = $future:expr => $then:expr),+ $(,)?) => {
        $crate::__tokio::select! {
            biased;
            $($branch = $crate::Traced::named(
                ::core::stringify!($future),
                ::core::line!(),
                $future,
            ) => { $then },)+
        }
    };
    ($($branches:tt)*) => {
        $crate::__tokio::select! { $($branches)* }
    };
}

#[doc(hidden)]
pub use tokio as __tokio;

/// As the standard `println!`, and noted in the recording.
#[macro_export]
macro_rules! println {
    () => { $crate::say(::core::line!(), ::std::string::String::new()) };
    ($($part:tt)*) => {
        $crate::say(::core::line!(), ::std::format!($($part)*))
    };
}
