use std::error::Error;

async fn read_order(path: &str) -> Result<String, Box<dyn Error>> {
    Ok(tokio::fs::read_to_string(path).await?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let task = tokio::spawn(read_order("order.txt"));
    println!("{}", task.await??);
    Ok(())
}
