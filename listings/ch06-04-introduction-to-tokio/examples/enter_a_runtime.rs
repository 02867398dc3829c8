use std::error::Error;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    println!("outside: {}", Handle::try_current().is_ok());

    let guard = runtime.enter();
    println!("inside:  {}", Handle::try_current().is_ok());
    let eggs = tokio::spawn(async { "eggs" });
    thread::sleep(Duration::from_millis(20));
    println!("eggs are ready: {}", eggs.is_finished());

    drop(guard);
    println!("after the guard: {}", Handle::try_current().is_ok());
    println!("block_on: {}", runtime.block_on(eggs)?);
    Ok(())
}
