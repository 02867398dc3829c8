use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

fn log(start: Instant, text: &str) {
    println!("[{:>7} ms] {text}", start.elapsed().as_millis());
}

async fn fry(start: Instant, pan: &Mutex<()>, dish: &str) {
    let _pan = pan.lock().await;
    log(start, &format!("{dish} in the pan"));
}

async fn serve(start: Instant, pan: &Mutex<()>) {
    let mut eggs = pin!(fry(start, pan, "eggs"));
    tokio::select! {
        () = &mut eggs => {}
        () = sleep(Duration::from_millis(500)) => {
            log(start, "eggs are late, toast instead");
            fry(start, pan, "toast").await;
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let pan = Arc::new(Mutex::new(()));
    let washing = Arc::clone(&pan).lock_owned().await;
    tokio::spawn(async move {
        sleep(Duration::from_secs(5)).await;
        drop(washing);
        log(start, "the pan is clean and free");
    });

    let hour = Duration::from_secs(3600);
    let served = timeout(hour, serve(start, &pan)).await;
    log(start, &format!("served: {served:?}"));
}
