use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinSet, yield_now};

fn runtimes() -> [(&'static str, Runtime); 2] {
    let current = Builder::new_current_thread().build();
    let multi = Builder::new_multi_thread().build();
    [("current", current), ("multi", multi)]
        .map(|(flavor, runtime)| (flavor, runtime.expect("a runtime")))
}

/// Whatever the kitchen has taken it answers, and the rest is refused; then it
/// ends, although every guest still has a way in.
async fn closes_in_the_rush(turns: usize) {
    const GUESTS: usize = 1000;
    let (closing, (orders, inbox)) =
        (CancellationToken::new(), mpsc::channel(8));
    let mut guests = JoinSet::new();
    for _ in 0..GUESTS {
        let orders = orders.clone();
        guests.spawn(async move {
            let (reply, answer) = oneshot::channel();
            let dish = "eggs";
            match orders.send(Order { dish, reply }).await {
                Ok(()) => {
                    let answer = answer.await;
                    assert!(answer.is_ok(), "taken and not answered");
                    true
                }
                Err(_) => false,
            }
        });
    }
    let kitchen = tokio::spawn(kitchen(closing.clone(), inbox));
    for _ in 0..turns {
        yield_now().await;
    }
    closing.cancel();
    kitchen.await.expect("no panic in the kitchen");
    let served = guests.join_all().await;
    assert_eq!(served.len(), GUESTS);
    assert!(orders.is_closed(), "a guest could still come in");
    while Handle::current().metrics().num_alive_tasks() > 0 {
        yield_now().await;
    }
}

/// A full inbox when it closes is served, and nothing more.
async fn a_full_inbox() {
    let (closing, (orders, inbox)) =
        (CancellationToken::new(), mpsc::channel(8));
    let mut answers = Vec::new();
    for _ in 0..8 {
        let (reply, answer) = oneshot::channel();
        let order = Order {
            dish: "soup",
            reply,
        };
        assert!(orders.try_send(order).is_ok());
        answers.push(answer);
    }
    closing.cancel();
    kitchen(closing, inbox).await;
    for answer in answers {
        assert!(answer.await.is_ok(), "taken and not answered");
    }
    assert!(orders.is_closed(), "a guest could still come in");
}

/// Without a token the last handle is the end.
async fn the_last_handle() {
    let (orders, inbox) = mpsc::channel(8);
    drop(orders);
    kitchen(CancellationToken::new(), inbox).await;
}

fn main() {
    for (flavor, runtime) in runtimes() {
        eprintln!("{flavor}");
        runtime.block_on(async {
            for turns in 0..30 {
                closes_in_the_rush(turns).await;
            }
            a_full_inbox().await;
            the_last_handle().await;
        });
    }
}
