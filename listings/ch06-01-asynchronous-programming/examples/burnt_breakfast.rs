use std::error::Error;
use std::fmt;

use tokio::task::yield_now;

#[derive(Debug)]
struct Burnt;

impl fmt::Display for Burnt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the toast is burnt")
    }
}

impl Error for Burnt {}

async fn toast(minutes: u32) -> Result<String, Burnt> {
    if minutes > 3 {
        return Err(Burnt);
    }
    Ok("toast".to_owned())
}

async fn breakfast() -> Result<String, Burnt> {
    Ok(toast(5).await? + " with butter")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("awaited: {:?}", breakfast().await);
    println!("a task, asked: {:?}", tokio::spawn(breakfast()).await);

    let task = tokio::spawn(breakfast());
    while !task.is_finished() {
        yield_now().await;
    }
    drop(task);
    println!("a task that is not asked");
}
