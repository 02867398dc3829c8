async fn fry() -> &'static str {
    "eggs"
}

async fn cook() {
    let mut order = fry();
    println!("{}", (&mut order).await);
}

fn main() {
    let waker = std::task::Waker::noop();
    let mut context = std::task::Context::from_waker(waker);
    let _ = std::pin::pin!(cook()).poll(&mut context);
}
