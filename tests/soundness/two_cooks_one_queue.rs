use tokio::runtime::{Builder, Runtime};

fn paused() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    builder.build().expect("a runtime")
}

/// Each order goes to one cook, all cooks work, and all go home.
async fn rush(count: usize, orders: usize, room: usize) {
    let start = Instant::now();
    let (counter, inbox) = mpsc::channel(room);
    let inbox = Arc::new(Mutex::new(inbox));
    let mut cooks = JoinSet::new();
    for _ in 0..count {
        cooks.spawn(cook(Arc::clone(&inbox)));
    }
    for _ in 0..orders {
        counter.send("eggs").await.expect("the cooks are there");
    }
    drop(counter);
    let dishes: usize = cooks.join_all().await.into_iter().sum();
    assert_eq!(dishes, orders, "each order is cooked once");
    let rounds = orders.div_ceil(count) as u128;
    let ms = start.elapsed().as_millis();
    assert_eq!(ms, rounds * 100, "{count} cooks do not work together");
}

/// A cook who is stopped while it waits, first or later in the queue of the
/// lock, takes no order along.
async fn stopped(number: usize) {
    let (counter, inbox) = mpsc::channel(8);
    let inbox = Arc::new(Mutex::new(inbox));
    let cooks: Vec<_> = (0..3)
        .map(|_| tokio::spawn(cook(Arc::clone(&inbox))))
        .collect();
    sleep(Duration::from_millis(1)).await;
    cooks[number].abort();
    for _ in 0..8 {
        counter.send("eggs").await.expect("two are left");
    }
    drop(counter);
    let mut dishes = 0;
    for cook in cooks {
        dishes += cook.await.unwrap_or(0);
    }
    assert_eq!(dishes, 8, "an order is lost with cook {number}");
}

fn main() {
    for (count, orders, room) in [(1, 5, 1), (2, 7, 2), (7, 7000, 1)] {
        paused().block_on(rush(count, orders, room));
    }
    for number in 0..3 {
        paused().block_on(stopped(number));
    }
}
