use std::error::Error;

async fn read_order(path: &str) -> Result<String, Box<dyn Error>> {
    Ok(tokio::fs::read_to_string(path).await?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match read_order("no-such-order.txt").await {
        Ok(order) => println!("cooking {}", order.trim()),
        Err(error) => eprintln!("cannot read the order: {error}"),
    }
    Ok(())
}
