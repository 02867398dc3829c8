use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::timeout;

#[derive(Default)]
struct Hatch {
    plate: Option<&'static str>,
    waker: Option<Waker>,
}

fn keep_first(kept: &mut Option<Waker>, offered: &Waker) {
    kept.get_or_insert_with(|| offered.clone());
}

fn keep_latest(kept: &mut Option<Waker>, offered: &Waker) {
    *kept = Some(offered.clone());
}

fn put_plate(hatch: &Mutex<Hatch>) {
    let waker = {
        let mut hatch = hatch.lock().expect("nobody panics with it");
        hatch.plate = Some("toast");
        hatch.waker.take()
    };
    if let Some(waker) = waker {
        waker.wake();
    }
}

async fn serve(name: &str, keep: fn(&mut Option<Waker>, &Waker)) {
    let hatch = Arc::new(Mutex::new(Hatch::default()));
    let place = Arc::clone(&hatch);
    let mut order = poll_fn(move |cx| {
        let mut hatch = place.lock().expect("nobody panics with it");
        if let Some(plate) = hatch.plate.take() {
            return Poll::Ready(plate);
        }
        keep(&mut hatch.waker, cx.waker());
        Poll::Pending
    });

    let answer = futures::poll!(&mut order);
    println!("{name}: {answer:?} in the first task");
    let second = tokio::spawn(order);
    yield_now().await;

    put_plate(&hatch);
    let answer = timeout(Duration::from_secs(3600), second).await;
    println!("{name}: {answer:?} in the second task");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    serve("first waker", keep_first).await;
    serve("latest waker", keep_latest).await;
}
