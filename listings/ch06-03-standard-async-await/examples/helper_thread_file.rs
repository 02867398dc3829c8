// ANCHOR: shown
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::future::poll_fn;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread;

const MENU: &str = "listings/ch06-03-standard-async-await/menu.txt";

async fn read_file(path: OsString) -> io::Result<String> {
    on_thread(|| fs::read_to_string(path)).await
}

struct Slot<T> {
    result: Option<thread::Result<T>>,
    waker: Option<Waker>,
}

async fn on_thread<T, J>(job: J) -> T
where
    T: Send + 'static,
    J: FnOnce() -> T + Send + 'static,
{
    let ours = Arc::new(Mutex::new(Slot {
        result: None,
        waker: None,
    }));
    let theirs = Arc::clone(&ours);
    thread::spawn(move || {
        // A panic must arrive, too; without it the future would wait forever.
        let result = panic::catch_unwind(AssertUnwindSafe(job));
        let mut slot = theirs.lock().expect(NEVER_POISONED);
        slot.result = Some(result);
        let waker = slot.waker.take();
        // A waker is foreign code: it runs when the lock is free again.
        drop(slot);
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    poll_fn(|cx| {
        let mut slot = ours.lock().expect(NEVER_POISONED);
        let Some(result) = slot.result.take() else {
            // Under the lock that guards the result: the thread cannot
            // finish between the look and the note. And at every poll: the
            // future may have moved to another task.
            slot.waker = Some(cx.waker().clone());
            return Poll::Pending;
        };
        drop(slot);
        Poll::Ready(result.unwrap_or_else(|p| panic::resume_unwind(p)))
    })
    .await
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

fn main() -> ExitCode {
    // A path need not be UTF-8, and `args` would panic.
    let args: Vec<_> = env::args_os().skip(1).collect();
    let path = match &args[..] {
        [] => OsStr::new(MENU),
        [path] if !path.as_encoded_bytes().starts_with(b"-") => path,
        _ => {
            eprintln!("usage: helper_thread_file [PATH]");
            return ExitCode::from(2);
        }
    };
    match block_on(read_file(path.to_owned())) {
        Ok(text) => {
            print!("today: {text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot read {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}
// ANCHOR_END: shown

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake};
use std::thread::Thread;

fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        // A flag, because park may return early, and because a poll that
        // parks for its own purposes may use up our unpark.
        while !signal.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Signal {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        // A swap, not a store: a second wake must not hide what the first
        // one has published.
        self.woken.swap(true, Ordering::Release);
        self.thread.unpark();
    }
}
