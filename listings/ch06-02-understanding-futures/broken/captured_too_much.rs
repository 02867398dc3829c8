fn letters_counted(order: &str) -> impl Future<Output = usize> {
    let letters = order.len();
    async move { letters }
}

fn main() {
    let order = String::from("eggs");
    let counted = letters_counted(&order);
    drop(order);
    println!("{}", futures::executor::block_on(counted));
}
