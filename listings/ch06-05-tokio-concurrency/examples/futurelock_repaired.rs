use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::JoinError;
use tokio::time::{Instant, sleep};

fn log(start: Instant, text: &str) {
    println!("[{:>4} ms] {text}", start.elapsed().as_millis());
}

async fn fry(start: Instant, pan: Arc<Mutex<()>>, dish: &str) {
    let _pan = pan.lock().await;
    log(start, &format!("{dish} in the pan"));
}

/// A clean pan in five seconds.
async fn pan_in_the_sink() -> Arc<Mutex<()>> {
    let pan = Arc::new(Mutex::new(()));
    let washing = Arc::clone(&pan).lock_owned().await;
    tokio::spawn(async move {
        sleep(Duration::from_secs(5)).await;
        drop(washing);
    });
    pan
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    println!("select! owns the future and drops it:");
    let (start, pan) = (Instant::now(), pan_in_the_sink().await);
    tokio::select! {
        () = fry(start, pan.clone(), "eggs") => {}
        () = sleep(Duration::from_millis(500)) => {
            fry(start, pan, "toast").await;
        }
    }

    println!("a task of its own goes on being polled:");
    let (start, pan) = (Instant::now(), pan_in_the_sink().await);
    let mut eggs = tokio::spawn(fry(start, pan.clone(), "eggs"));
    tokio::select! {
        fried = &mut eggs => fried?,
        () = sleep(Duration::from_millis(500)) => {
            fry(start, pan, "toast").await;
            eggs.await?;
        }
    }
    Ok(())
}
