use std::env;
use std::io::{self, ErrorKind};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, stdin};
use tokio::process::Command;
use tokio::time::{Duration, timeout};

const IN_THE_KITCHEN: &str = "IN_THE_KITCHEN";

/// Asks for an order, and gives up in time.
#[tokio::main(flavor = "current_thread")]
async fn kitchen() -> io::Result<()> {
    let (mut input, mut order) = (stdin(), [0; 100]);
    let read = input.read(&mut order);
    let order = timeout(Duration::from_millis(50), read).await;
    println!("an order in time: {}, main returns", order.is_ok());
    Ok(())
}

/// Starts the kitchen, with a guest at its standard input who says nothing.
#[tokio::main(flavor = "current_thread")]
async fn guest() -> io::Result<()> {
    let mut kitchen = Command::new(env::current_exe()?)
        .env(IN_THE_KITCHEN, "yes")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let silent = kitchen.stdin.take().ok_or(ErrorKind::BrokenPipe)?;
    let said = kitchen.stdout.take().ok_or(ErrorKind::BrokenPipe)?;
    let mut line = String::new();
    BufReader::new(said.take(100)).read_line(&mut line).await?;
    print!("{line}");

    let ended = timeout(Duration::from_secs(1), kitchen.wait()).await;
    println!("the process ends by itself: {}", ended.is_ok());
    drop(silent);
    println!("the guest has left: {}", kitchen.wait().await?);
    Ok(())
}

fn main() -> io::Result<()> {
    match env::var_os(IN_THE_KITCHEN) {
        Some(_) => kitchen(),
        None => guest(),
    }
}
