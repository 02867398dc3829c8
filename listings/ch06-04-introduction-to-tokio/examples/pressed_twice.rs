use std::io;

use tokio::process::Command;
use tokio::signal::ctrl_c;

/// In the place of somebody at the keyboard.
async fn press_ctrl_c() -> io::Result<()> {
    let kill = ["-c", "kill -INT $PPID"];
    Command::new("sh").args(kill).status().await?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    tokio::try_join!(ctrl_c(), press_ctrl_c())?;
    println!("heard: last orders");

    press_ctrl_c().await?;
    println!("and once more: the kitchen is still open");
    Ok(())
}
