async fn stack_plates(plates: u32) -> u32 {
    if plates == 0 {
        return 0;
    }
    1 + stack_plates(plates - 1).await
}

fn main() {
    let order = stack_plates(3);
    println!("{} plates", futures::executor::block_on(order));
}
