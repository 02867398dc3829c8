async fn three_times<F, Fut>(mut cook: F)
where
    F: FnMut(u32) -> Fut,
    Fut: Future<Output = ()>,
{
    for order in 1..=3 {
        cook(order).await;
    }
}

async fn lunch() {
    let mut plates = Vec::new();
    three_times(|order| async { plates.push(order) }).await;
    println!("plates: {plates:?}");
}

fn main() {
    let waker = std::task::Waker::noop();
    let mut cx = std::task::Context::from_waker(waker);
    assert!(std::pin::pin!(lunch()).poll(&mut cx).is_ready());
}
