use futures::executor::block_on;

async fn stack_boxed_plates(plates: u32) -> u32 {
    if plates == 0 {
        return 0;
    }
    1 + Box::pin(stack_boxed_plates(plates - 1)).await
}

fn main() {
    let order = stack_boxed_plates(1_000);
    println!("{} bytes", size_of_val(&order));
    println!("{} plates", block_on(order));
}
