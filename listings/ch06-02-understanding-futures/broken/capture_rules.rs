use std::future::Future;

async fn letters(order: &str) -> usize {
    order.len()
}

fn letters_written_out(order: &str) -> impl Future<Output = usize> {
    async move { order.len() }
}

fn main() {
    let waker = std::task::Waker::noop();
    let mut context = std::task::Context::from_waker(waker);
    let order = std::pin::pin!(letters("eggs"));
    println!("{:?}", order.poll(&mut context));
    let order = std::pin::pin!(letters_written_out("eggs"));
    println!("{:?}", order.poll(&mut context));
}
