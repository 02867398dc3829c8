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
}

fn main() {}
