fn main() {
    println!("toast");
}
