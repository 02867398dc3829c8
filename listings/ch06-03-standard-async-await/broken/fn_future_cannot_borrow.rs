async fn serve<F, Fut>(taste: F)
where
    F: Fn(&str) -> Fut,
    Fut: Future<Output = usize>,
{
    let dish = String::from("soup");
    println!("{}", taste(&dish).await);
}

async fn letters(dish: &str) -> usize {
    dish.len()
}

async fn lunch() {
    serve(letters).await;
}

fn main() {
    let waker = std::task::Waker::noop();
    let mut cx = std::task::Context::from_waker(waker);
    assert!(std::pin::pin!(lunch()).poll(&mut cx).is_ready());
}
