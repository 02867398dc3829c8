use std::error::Error;
use std::process::ExitCode;

const ORDER: &str = "listings/ch06-08-advanced-topics/order.txt";

type AnyError = Box<dyn Error + Send + Sync>;

async fn read_order(path: String) -> Result<String, AnyError> {
    Ok(tokio::fs::read_to_string(path).await?)
}

#[tokio::main]
async fn main() -> Result<ExitCode, AnyError> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| ORDER.to_owned());
    if args.next().is_some() {
        eprintln!("usage: error_returned [FILE]");
        return Ok(ExitCode::from(2));
    }

    // One `?` for a task that panicked, one for a file that is not there.
    let order = tokio::spawn(read_order(path)).await??;
    println!("{} lines to cook", order.lines().count());
    Ok(ExitCode::SUCCESS)
}
