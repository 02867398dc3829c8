use std::io;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::task::JoinError;

fn main() -> io::Result<()> {
    let body = async {
        where_am_i("body");
        tokio::spawn(async { where_am_i("task") }).await?;
        let workers = Handle::current().metrics().num_workers();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        println!("  one worker per core: {}", workers == cores);
        Ok::<(), JoinError>(())
    };
    println!("#[tokio::main]");
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(body)?;

    let body = async {
        where_am_i("body");
        tokio::spawn(async { where_am_i("task") }).await
    };
    println!("#[tokio::main(flavor = \"current_thread\")]");
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(body)?;
    Ok(())
}

fn where_am_i(who: &str) {
    let thread = thread::current();
    println!("  {who} on thread `{}`", thread.name().unwrap_or("-"));
}
