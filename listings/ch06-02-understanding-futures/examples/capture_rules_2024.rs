use futures::executor::block_on;

async fn letters(order: &str) -> usize {
    order.len()
}

#[expect(clippy::manual_async_fn, reason = "the long form is the point")]
fn letters_written_out(order: &str) -> impl Future<Output = usize> {
    async move { order.len() }
}

fn letters_counted(order: &str) -> impl Future<Output = usize> + use<> {
    let letters = order.len();
    async move { letters }
}

fn main() {
    let order = String::from("eggs");
    println!("{}", block_on(letters(&order)));
    println!("{}", block_on(letters_written_out(&order)));
    let counted = letters_counted(&order);
    drop(order);
    println!("{}", block_on(counted));
}
