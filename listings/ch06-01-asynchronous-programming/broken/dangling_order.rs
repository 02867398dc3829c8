async fn cook(order: &str) {
    println!("cooking {order}");
}

fn main() {
    let dish = cook(&String::from("eggs and toast"));
    futures::executor::block_on(dish);
}
