use std::io::{self, ErrorKind};
use std::process::Stdio;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    // The shell starts `cat`, which sends back what it reads, and waits.
    let mut shell = Command::new("sh")
        .args(["-c", "exec 3<&0; cat <&3 & wait"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut to_cat = shell.stdin.take().ok_or(ErrorKind::BrokenPipe)?;
    let mut from_cat = shell.stdout.take().ok_or(ErrorKind::BrokenPipe)?;
    let mut word = [0; 3];

    to_cat.write_all(b"tea").await?;
    from_cat.read_exact(&mut word).await?;
    println!("cat says: {:?}", str::from_utf8(&word));

    shell.kill().await?;
    println!("the shell: {}", shell.wait().await?);
    to_cat.write_all(b"egg").await?;
    from_cat.read_exact(&mut word).await?;
    println!("cat says: {:?}", str::from_utf8(&word));

    // At the end of its input `cat` ends, and the pipe with it.
    drop(to_cat);
    println!("and then: {} bytes", from_cat.read(&mut word).await?);
    Ok(())
}
