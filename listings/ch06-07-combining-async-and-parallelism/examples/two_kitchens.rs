use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::sync::mpsc::channel;

fn pool(name: &'static str) -> Result<ThreadPool, ThreadPoolBuildError> {
    let names = move |thread| format!("{name} {thread}");
    let builder = ThreadPoolBuilder::new().num_threads(1);
    builder.thread_name(names).build()
}

fn on_which_thread() -> String {
    let thread = std::thread::current();
    thread.name().unwrap_or("no name").to_owned()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let batch = pool("batch")?;
    let guests = pool("guests")?;
    let (eaten, until_eaten) = channel();
    let (done, until_done) = channel();
    // A stock simmers until a guest has eaten.
    batch.spawn(move || {
        let toast: Result<String, _> = until_eaten.recv();
        // Fails only when `main` has gone.
        let _ = done.send((toast, on_which_thread()));
    });
    let toast = guests.install(on_which_thread);
    eaten.send(toast)?;
    let (toast, stock) = until_done.recv()?;
    println!("toast: {}", toast?);
    println!("stock: {stock}");
    Ok(())
}
