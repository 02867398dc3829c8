async fn take_order() {
    let dish = read_ticket().await;
    println!("one order of {dish}");
}

fn main() {
    futures::executor::block_on(take_order());
}
