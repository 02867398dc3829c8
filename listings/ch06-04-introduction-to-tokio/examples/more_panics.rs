// ANCHOR: shown
use std::future::{pending, ready};
use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{block_in_place, spawn_local};
use tokio::time::{interval, pause};

fn bare() -> Runtime {
    Builder::new_current_thread()
        .build()
        .expect("needs no driver")
}

fn default() -> Runtime {
    Runtime::new().expect("finds its threads and drivers")
}

fn main() {
    panic::set_hook(Box::new(|_| ()));

    try_it("blocking_recv in async", || {
        let (_tx, rx) = oneshot::channel::<()>();
        bare().block_on(async { drop(rx.blocking_recv()) });
    });
    try_it("block_in_place, one thread", || {
        bare().block_on(async { block_in_place(|| ()) });
    });
    try_it("a socket, no IO enabled", || {
        bare().block_on(async { drop(TcpListener::bind("[::1]:0").await) });
    });
    try_it("spawn_local, no local runtime", || {
        default().block_on(async { drop(spawn_local(ready(()))) });
    });
    try_it("pause, many threads", || {
        default().block_on(async { pause() });
    });
    try_it("select! with nothing left", || {
        default().block_on(async {
            tokio::select! { () = pending(), if false => {} }
        });
    });
    try_it("an interval of zero", || drop(interval(Duration::ZERO)));
    try_it("a channel of zero", || drop(mpsc::channel::<()>(0)));
}
// ANCHOR_END: shown

fn try_it(what: &str, action: impl FnOnce()) {
    let Err(panic) = panic::catch_unwind(AssertUnwindSafe(action)) else {
        println!("{what}: no panic");
        return;
    };
    let text = match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic
            .downcast_ref::<&str>()
            .map_or("(no text)".to_owned(), |text| text.to_string()),
    };
    println!("{what}:\n  {text}");
}
