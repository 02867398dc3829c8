#[tokio::main]
async fn main() {
    let order = String::from("eggs");
    let cooking = tokio::spawn(async {
        println!("{order}");
    });
    println!("ends well: {}", cooking.await.is_ok());
}
