use std::io::{self, ErrorKind};
use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use tokio::time::{Duration, timeout};

/// All that comes through a pipe, or an error if it is over `most` bytes.
async fn read(pipe: Option<impl AsyncRead>, most: u64) -> io::Result<Vec<u8>> {
    let pipe = std::pin::pin!(pipe.ok_or(ErrorKind::BrokenPipe)?);
    let mut said = Vec::new();
    // One byte more than is allowed tells that there was more.
    let mut pipe = pipe.take(most.saturating_add(1));
    match pipe.read_to_end(&mut said).await? as u64 > most {
        true => Err(io::Error::other(format!("says over {most} bytes"))),
        false => Ok(said),
    }
}

/// What a command of the shell says, of that at most `most` bytes, in time.
async fn ask(script: &str, most: u64, limit: Duration) -> io::Result<String> {
    let mut child = Command::new("sh")
        .args(["-c", script])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Without this, a child whose handle is dropped goes on.
        .kill_on_drop(true)
        .spawn()?;
    let pipes = (child.stdout.take(), child.stderr.take());
    let talk = async {
        // Both at once: a child whose pipe is full stands still.
        let (said, error) =
            tokio::try_join!(read(pipes.0, most), read(pipes.1, most))?;
        let status = child.wait().await?;
        if status.success() {
            // Bytes until here: the limit may cut a character in two.
            return String::from_utf8(said).map_err(io::Error::other);
        }
        let error = String::from_utf8_lossy(&error);
        Err(io::Error::other(format!("{status}: {}", error.trim_end())))
    };
    timeout(limit, talk).await?
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let limit = Duration::from_secs(1);
    let failed = "echo no eggs >&2; exit 3";
    for script in ["echo toast", failed, "exec yes", "exec sleep 60"] {
        match ask(script, 100, limit).await {
            Ok(said) => println!("{script}: {said:?}"),
            Err(error) => println!("{script}: {error}"),
        }
    }
}
