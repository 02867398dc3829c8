use std::error::Error;
use std::thread;

use tokio::runtime::Handle;

fn name() -> String {
    thread::current().name().unwrap_or("unnamed").to_owned()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let workers = Handle::current().metrics().num_workers();
    let cores = thread::available_parallelism()?.get();
    println!("one worker per core: {}", workers == cores);

    println!("the body of main runs on: {}", name());
    let task = tokio::spawn(async { name() }).await?;
    println!("a spawned task runs on:   {task}");
    Ok(())
}
