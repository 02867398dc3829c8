async fn order() -> u32 {
    7
}

fn main() {
    println!("{}", order().await);
}
