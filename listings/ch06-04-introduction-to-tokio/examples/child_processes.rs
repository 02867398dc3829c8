use std::io::{self, ErrorKind};
use std::process::Stdio;

use tokio::io::AsyncReadExt;
use tokio::process::Command;
use tokio::time::{Duration, timeout};

/// What a command of the shell says, of that at most `most` bytes, in time.
async fn ask(script: &str, most: u64, limit: Duration) -> io::Result<String> {
    let mut child = Command::new("sh")
        .args(["-c", script])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // Without this, a child whose handle is dropped goes on.
        .kill_on_drop(true)
        .spawn()?;
    let pipe = child.stdout.take().ok_or(ErrorKind::BrokenPipe)?;
    let talk = async {
        let mut said = String::new();
        // One byte more than is allowed tells that there was more.
        pipe.take(most + 1).read_to_string(&mut said).await?;
        if said.len() as u64 > most {
            return Err(io::Error::other(format!("says over {most} bytes")));
        }
        let status = child.wait().await?;
        match status.success() {
            true => Ok(said),
            false => Err(io::Error::other(status.to_string())),
        }
    };
    timeout(limit, talk).await?
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let limit = Duration::from_secs(1);
    for script in ["echo toast", "exit 3", "exec yes", "exec sleep 60"] {
        match ask(script, 100, limit).await {
            Ok(said) => println!("{script}: {said:?}"),
            Err(error) => println!("{script}: {error}"),
        }
    }
}
