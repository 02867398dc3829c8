use std::future::Future;

async fn letters(order: &str) -> usize {
    order.len()
}

fn letters_written_out(order: &str) -> impl Future<Output = usize> {
    async move { order.len() }
}

fn main() {
    let _ = (letters, letters_written_out);
}
