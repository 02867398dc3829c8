use std::io;
use std::num::ParseIntError;
use std::process::ExitCode;

use thiserror::Error;

const ORDER: &str = "listings/ch06-08-advanced-topics/order.txt";

#[derive(Debug, Error)]
enum OrderError {
    // The cause is not repeated here: whoever reports walks the chain.
    #[error("cannot read {path}")]
    Read { path: String, source: io::Error },
    #[error("no count in line {line}")]
    Count { line: usize, source: ParseIntError },
}

async fn portions(path: String) -> Result<u32, OrderError> {
    let text = match tokio::fs::read_to_string(&path).await {
        Ok(text) => text,
        Err(source) => return Err(OrderError::Read { path, source }),
    };
    let mut sum = 0;
    for (index, line) in text.lines().enumerate() {
        let count = line.split(' ').nth(1).unwrap_or_default();
        sum += count.parse::<u32>().map_err(|source| OrderError::Count {
            line: index + 1,
            source,
        })?;
    }
    Ok(sum)
}

async fn run(path: String) -> anyhow::Result<u32> {
    Ok(tokio::spawn(portions(path)).await??)
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| ORDER.to_owned());
    if args.next().is_some() {
        eprintln!("usage: derived_layers [FILE]");
        return ExitCode::from(2);
    }
    match run(path).await {
        Ok(sum) => println!("{sum} portions"),
        Err(error) => {
            eprintln!("error: {error}");
            for inner in error.chain().skip(1) {
                eprintln!("  because: {inner}");
            }
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
