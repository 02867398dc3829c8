use std::process::ExitCode;
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;
use tokio::time::sleep;

#[expect(clippy::await_holding_lock, reason = "the lint is right")]
async fn cook(pan: &Mutex<Vec<&str>>, dish: &'static str) {
    let mut pan = pan.lock().expect("no cook panics");
    sleep(Duration::from_millis(10)).await;
    pan.push(dish);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn kitchen() -> usize {
    let pan = Mutex::new(Vec::new());
    tokio::join!(cook(&pan, "eggs"), cook(&pan, "toast"));
    pan.into_inner().expect("no cook panics").len()
}

fn main() -> ExitCode {
    let (done, watchdog) = mpsc::channel();
    thread::spawn(move || done.send(kitchen()));

    match watchdog.recv_timeout(Duration::from_millis(200)) {
        Err(error @ mpsc::RecvTimeoutError::Timeout) => {
            println!("the kitchen does not answer: {error}");
            ExitCode::SUCCESS
        }
        other => {
            eprintln!("no deadlock, but {other:?}");
            ExitCode::FAILURE
        }
    }
}
