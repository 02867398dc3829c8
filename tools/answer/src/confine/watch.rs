//! A process is watched until it ends, or until it has used up a limit.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::{End, Ran, Walls};

impl Walls {
    /// Runs to the end, or to the first limit.
    pub(super) fn watch(
        self,
        mut command: Command,
        time: Duration,
        output: usize,
    ) -> Result<Ran> {
        let deadline = Instant::now() + time;
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().with_context(|| {
            format!("cannot start {}", command.get_program().display())
        })?;
        let (hear, heard) = mpsc::channel();
        let [stdout, stderr] = [0, 1].map(|_| Vec::new());
        let mut said = [stdout, stderr];
        reads(child.stdout.take(), 0, &hear);
        reads(child.stderr.take(), 1, &hear);
        drop(hear);
        let mut end = None;
        let mut until = deadline;
        loop {
            // No call of the system waits for a process and for what it prints.
            let next = until.min(Instant::now() + Duration::from_millis(2));
            let left = next.saturating_duration_since(Instant::now());
            match heard.recv_timeout(left) {
                Ok((stream, text)) => {
                    said[stream].extend(text);
                    if said[stream].len() > output {
                        said[stream].truncate(output);
                        end = end.or(Some(End::Output));
                        break;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) if end.is_some() => break,
                // It has closed its output, and may go on.
                Err(RecvTimeoutError::Disconnected) => thread::sleep(left),
            }
            if Instant::now() >= until {
                end = end.or(Some(End::Time));
                break;
            }
            if end.is_none()
                && let Some(status) = has_ended(&mut child)?
            {
                end = Some(End::Status(status));
                // The end of the first is the end of all: now the streams end, too,
                // unless somebody has left the group.
                self.end_others(&child);
                until = until.min(Instant::now() + Duration::from_secs(1));
            }
        }
        self.end_others(&child);
        child.kill()?;
        child.wait()?;
        let [stdout, stderr] =
            said.map(|text| String::from_utf8_lossy(&text).into_owned());
        Ok(Ran {
            end: end.unwrap_or(End::Time),
            stdout,
            stderr,
        })
    }

    /// Ends what a process has started. In a namespace, all end with the first;
    /// without one, what is in its group does.
    fn end_others(self, child: &Child) {
        // The child has not been waited for, so that its number is still its own,
        // and that of its group.
        #[cfg(target_os = "linux")]
        if self == Walls::Limits {
            use rustix::process::{Pid, Signal, kill_process_group};
            // A group without a living process is no fault.
            let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = child;
    }
}

/// Passes on what a stream holds, in pieces, until somebody no longer listens.
fn reads(
    stream: Option<impl Read + Send + 'static>,
    number: usize,
    hear: &Sender<(usize, Vec<u8>)>,
) {
    let hear = hear.clone();
    // It ends with the stream. Who keeps that open after its end, in a session of
    // its own and outside of namespaces, keeps this thread, and not the gate.
    thread::spawn(move || {
        let Some(mut stream) = stream else { return };
        let mut piece = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut piece) {
            if hear.send((number, piece[..length].to_vec())).is_err() {
                return;
            }
        }
    });
}

/// The status of a process that has ended, which is not waited for: its number
/// stays its own.
#[cfg(target_os = "linux")]
fn has_ended(child: &mut Child) -> io::Result<Option<i32>> {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let options =
        WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let ended = waitid(WaitId::Pid(Pid::from_child(child)), options)?;
    Ok(ended.map(|ended| {
        let signal = ended.terminating_signal().map(|number| 128 + number);
        ended.exit_status().or(signal).unwrap_or(-1)
    }))
}

#[cfg(not(target_os = "linux"))]
fn has_ended(child: &mut Child) -> io::Result<Option<i32>> {
    let ended = child.try_wait()?;
    Ok(ended.map(|status| status.code().unwrap_or(-1)))
}
