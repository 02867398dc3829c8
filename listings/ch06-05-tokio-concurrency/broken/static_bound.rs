async fn cook(order: &str) {
    println!("{order}");
}

#[tokio::main]
async fn main() {
    let order = String::from("eggs");
    tokio::spawn(cook(&order));
}
