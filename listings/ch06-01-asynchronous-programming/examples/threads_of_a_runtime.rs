use std::error::Error;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::Builder;

fn name() -> String {
    thread::current().name().unwrap_or("unnamed").to_owned()
}

fn main() -> Result<(), Box<dyn Error>> {
    let (start, starts) = mpsc::channel();
    // What `#[tokio::main]` builds, with a signal from each thread.
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .on_thread_start(move || start.send(()).expect("main still listens"))
        .build()?;
    let workers = runtime.metrics().num_workers();
    let processors = thread::available_parallelism()?.get();
    println!("one worker per processor: {}", workers == processors);

    // There is no task yet. Did a worker wait for one, this would never end.
    let running = starts.iter().take(workers).count();
    println!("running before any task:  {}", running == workers);

    runtime.block_on(async {
        println!("the body of main runs on: {}", name());
        let task = tokio::spawn(async { name() }).await?;
        println!("a spawned task runs on:   {task}");
        Ok(())
    })
}
