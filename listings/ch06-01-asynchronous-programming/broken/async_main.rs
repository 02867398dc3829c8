async fn main() {
    println!("the kitchen is open");
}
