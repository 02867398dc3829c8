use std::io::{self, ErrorKind};
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

/// A child that takes with it all that it has started.
struct Family(Child);

impl Family {
    fn start(command: &mut Command) -> io::Result<Family> {
        // A group of its own, whose number is that of the child.
        command.process_group(0).spawn().map(Family)
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        // Once somebody has waited for the child there is no number: the
        // system may have given it to another process.
        let id = self.0.id().and_then(|id| id.try_into().ok());
        if let Some(group) = id.and_then(Pid::from_raw) {
            // It can fail if the child runs as another user; nobody is
            // left who could be told.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let mut shell = Family::start(
        Command::new("sh")
            .args(["-c", "exec 3<&0; cat <&3 & wait"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped()),
    )?;
    let pipes = (shell.0.stdin.take(), shell.0.stdout.take());
    let (Some(mut to_cat), Some(mut from_cat)) = pipes else {
        return Err(ErrorKind::BrokenPipe.into());
    };
    let mut word = [0; 3];
    to_cat.write_all(b"tea").await?;
    from_cat.read_exact(&mut word).await?;
    println!("cat says: {:?}", str::from_utf8(&word));

    drop(shell);
    println!("and then: {} bytes", from_cat.read(&mut word).await?);
    Ok(())
}
