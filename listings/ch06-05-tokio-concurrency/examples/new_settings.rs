use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

#[derive(Debug, PartialEq)]
struct Settings {
    degrees: u32,
}

/// Settings that an oven cannot take are not sent on.
fn set(current: &watch::Sender<Arc<Settings>>, degrees: u32) -> bool {
    current.send_if_modified(|settings| {
        let change = degrees != settings.degrees && degrees <= 250;
        if change {
            *settings = Arc::new(Settings { degrees });
        }
        change
    })
}

async fn bake(start: Instant, mut current: watch::Receiver<Arc<Settings>>) {
    loop {
        // A clone of the Arc: nothing is locked while the bread is baked.
        let settings = current.borrow_and_update().clone();
        println!("[{:>3} ms] {settings:?}", start.elapsed().as_millis());
        sleep(Duration::from_millis(100)).await;
        if current.changed().await.is_err() {
            return; // nobody is left who could change them
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), tokio::task::JoinError> {
    let first = Arc::new(Settings { degrees: 180 });
    let (current, settings) = watch::channel(first);
    let baker = tokio::spawn(bake(Instant::now(), settings));

    sleep(Duration::from_millis(10)).await;
    for degrees in [200, 900, 220] {
        println!("{degrees} degrees: {}", set(&current, degrees));
    }
    sleep(Duration::from_millis(300)).await;
    println!("220 degrees: {}", set(&current, 220));
    drop(current);
    baker.await
}
