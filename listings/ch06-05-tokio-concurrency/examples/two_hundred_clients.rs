use fastrand::Rng;
use futures::future::join_all;
use std::cell::RefCell;
use std::time::Duration;
use tokio::time::{Instant, sleep};

const CLIENTS: u64 = 200;
const FIRST_CAP_MS: u64 = 100;
const LAST_CAP_MS: u64 = 1000;
/// The supplier counts its calls in windows of time, and has room for few.
const WINDOW_MS: usize = 100;
const WINDOWS: usize = 20;
const ROOM: u32 = 20;

struct Supplier {
    open: Instant,
    calls: RefCell<Vec<u32>>,
}

impl Supplier {
    fn call(&self) -> bool {
        let window = self.open.elapsed().as_millis() as usize / WINDOW_MS;
        let mut calls = self.calls.borrow_mut();
        if calls.len() <= window {
            calls.resize(window + 1, 0);
        }
        calls[window] += 1;
        calls[window] <= ROOM
    }
}

async fn client(supplier: &Supplier, mut rng: Option<Rng>) {
    let mut cap = FIRST_CAP_MS;
    while !supplier.call() {
        let pause = match &mut rng {
            Some(rng) => rng.u64(0..=cap),
            None => cap,
        };
        sleep(Duration::from_millis(pause)).await;
        cap = (cap * 2).min(LAST_CAP_MS);
    }
}

async fn calls(jitter: bool) -> Vec<u32> {
    let (open, calls) = (Instant::now(), RefCell::default());
    let supplier = Supplier { open, calls };
    join_all(
        (0..CLIENTS).map(|seed| {
            client(&supplier, jitter.then(|| Rng::with_seed(seed)))
        }),
    )
    .await;
    supplier.calls.into_inner()
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (fixed, drawn) = (calls(false).await, calls(true).await);
    println!("time (ms)  fixed pauses  drawn pauses");
    for window in 0..WINDOWS {
        let count = |calls: &[u32]| calls.get(window).copied().unwrap_or(0);
        let (fixed, drawn) = (count(&fixed), count(&drawn));
        println!("{:<9}  {fixed:>12}  {drawn:>12}", window * WINDOW_MS);
    }
}
