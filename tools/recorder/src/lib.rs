//! Records what the tasks of a listing do: polls, wakes, drops and prints.
//!
//! A listing stays as the page shows it. To record it, its source is compiled
//! once more with this crate in the place of `tokio`: it offers what Tokio
//! offers, and what it replaces (the runtime that `#[tokio::main]` builds,
//! [`spawn`], [`join!`], [`time::sleep`], [`time::timeout`]) calls the original
//! and notes what happened. A `println!` that notes what it prints comes from
//! here, too.
//!
//! What a [`Recording`] holds is exact and the same in every run as long as the
//! listing runs on the current-thread runtime with a paused clock and leaves
//! nothing to chance, such as the branch that an unbiased `select!` polls
//! first.

mod event;
mod log;
pub mod runtime;
pub mod time;
mod traced;

pub use event::{Cause, Event, Kind, ReadError, Recording, VERSION};
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
