//! Futures and wakers that note what happens to them.

use std::any::type_name;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use tokio::task::JoinHandle;

use crate::event::Kind;
use crate::log;

/// A future with a lane of its own, if it is not a handle of one that has.
pub struct Traced<F> {
    lane: Option<usize>,
    over: bool,
    /// The waker it was given last, and the one it passes on.
    wakers: Option<(Waker, Waker)>,
    future: Pin<Box<F>>,
}

impl<F: Future> Traced<F> {
    /// Wraps `future`; its lane is called after the expression `name`.
    pub fn named(name: &str, line: u32, future: F) -> Traced<F> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        Traced::open(name, Some(line), future)
    }

    /// Wraps `future`; its lane is called after the function that made it.
    pub(crate) fn of(future: F, line: u32) -> Traced<F> {
        let of = type_name::<F>();
        if of.starts_with("tokio::runtime::task::join::JoinHandle<") {
            return Traced::in_lane(None, future);
        }
        Traced::open(future_name(of, line), Some(line), future)
    }

    pub(crate) fn open(
        name: String,
        line: Option<u32>,
        future: F,
    ) -> Traced<F> {
        Traced::in_lane(Some(log::open(name, line)), future)
    }

    fn in_lane(lane: Option<usize>, future: F) -> Traced<F> {
        Traced {
            lane,
            over: false,
            wakers: None,
            future: Box::pin(future),
        }
    }

    fn waker(&mut self, lane: usize, given: &Waker) -> Waker {
        match &self.wakers {
            Some((last, passed)) if last.will_wake(given) => passed.clone(),
            _ => {
                let passed = Waker::from(Arc::new(Noting {
                    lane,
                    inner: given.clone(),
                }));
                self.wakers = Some((given.clone(), passed.clone()));
                passed
            }
        }
    }
}

impl<F: Future> Future for Traced<F> {
    type Output = F::Output;

    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<F::Output> {
        let Some(lane) = self.lane else {
            return self.future.as_mut().poll(context);
        };
        let waker = self.waker(lane, context.waker());
        let inner = &mut Context::from_waker(&waker);
        let future = self.future.as_mut();
        let outcome = log::polled(lane, None, || future.poll(inner));
        self.over = outcome.is_ready();
        outcome
    }
}

impl<F> Drop for Traced<F> {
    fn drop(&mut self) {
        // What is borrowed lives on when the reference goes.
        let borrowed = type_name::<F>().starts_with("&mut ");
        if !self.over && !borrowed {
            log::note(self.lane, None, Kind::Dropped);
        }
    }
}

/// Notes that it was called, and by whom.
struct Noting {
    lane: usize,
    inner: Waker,
}

impl Wake for Noting {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        log::note(Some(self.lane), None, Kind::Woken { by: log::cause() });
        self.inner.wake_by_ref();
    }
}

/// As `tokio::spawn`, with a lane for the task.
///
/// # Panics
///
/// As the original: outside a runtime.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(Traced::of(future, Location::caller().line()))
}

/// What the figure calls a future of this type, created or polled at `line`.
///
/// `crate::fry::{{closure}}` is the future of `fry`. That of an async block has
/// one closure more, and no name but its line. Behind a `dyn` there is none.
pub(crate) fn future_name(type_name: &str, line: u32) -> String {
    let mut path = type_name;
    for wrapper in ["core::pin::Pin<", "alloc::boxed::Box<", "&mut "] {
        path = path.strip_prefix(wrapper).unwrap_or(path);
    }
    let path = path.split(['<', '>']).next().unwrap_or(path);
    let (closures, named): (Vec<&str>, Vec<&str>) =
        path.split("::").partition(|part| *part == "{{closure}}");
    match (closures.len(), named.last()) {
        (0 | 1, Some(name)) if !path.starts_with("dyn ") => (*name).to_owned(),
        _ => format!("line {line}"),
    }
}
