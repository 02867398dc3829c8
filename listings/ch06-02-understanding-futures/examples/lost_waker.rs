use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[derive(Default)]
struct Hatch {
    plate: Option<&'static str>,
    waker: Option<Waker>,
}

type Place = Arc<Mutex<Hatch>>;

async fn forget(hatch: Place) -> &'static str {
    poll_fn(|_| {
        let plate = hatch.lock().expect("no panic").plate.take();
        plate.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

async fn promise(hatch: Place) -> &'static str {
    poll_fn(|cx| {
        let mut hatch = hatch.lock().expect("no panic");
        if let Some(plate) = hatch.plate.take() {
            return Poll::Ready(plate);
        }
        hatch.waker = Some(cx.waker().clone());
        Poll::Pending
    })
    .await
}

fn put_plate(name: &str, hatch: &Mutex<Hatch>) {
    let waker = {
        let mut hatch = hatch.lock().expect("no panic");
        hatch.plate = Some("toast");
        hatch.waker.take()
    };
    println!("a plate for {name}, a waker: {}", waker.is_some());
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (left, right) = (Place::default(), Place::default());
    let kept = tokio::spawn(promise(Arc::clone(&left)));
    let broken = tokio::spawn(forget(Arc::clone(&right)));
    // Both look at their hatch before anything lies there.
    sleep(Duration::from_millis(100)).await;
    put_plate("promise", &left);
    put_plate("forget", &right);

    println!("promise: {:?}", kept.await);
    let hour = Duration::from_secs(3600);
    println!("forget: {:?}", timeout(hour, broken).await);
}
