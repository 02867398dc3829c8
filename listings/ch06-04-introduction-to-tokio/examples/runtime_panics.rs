use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

fn bare() -> Runtime {
    Builder::new_current_thread()
        .build()
        .expect("needs no driver")
}

fn main() {
    panic::set_hook(Box::new(|_| ()));

    try_it("spawn outside", || drop(tokio::spawn(async {})));
    try_it("sleep outside", || drop(sleep(Duration::ZERO)));
    try_it("block_on in async", || {
        bare().block_on(async { Handle::current().block_on(async {}) });
    });
    try_it("block_on in spawn_blocking", || {
        bare().block_on(async {
            let job = || Handle::current().block_on(async {});
            spawn_blocking(job).await.expect("the job does not panic");
        });
    });
    try_it("drop a runtime in async", || {
        let inner = bare();
        bare().block_on(async { drop(inner) });
    });
    try_it("no timers enabled", || {
        bare().block_on(async { sleep(Duration::ZERO).await });
    });
}

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
