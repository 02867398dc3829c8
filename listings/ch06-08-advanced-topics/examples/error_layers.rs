use std::error::Error;
use std::num::ParseIntError;
use std::process::ExitCode;
use std::{fmt, io};

const ORDER: &str = "listings/ch06-08-advanced-topics/order.txt";

#[derive(Debug)]
enum OrderError {
    Read { path: String, source: io::Error },
    Count { line: usize, source: ParseIntError },
}

impl fmt::Display for OrderError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // The cause is not repeated here: whoever reports walks the chain.
        match self {
            Self::Read { path, .. } => write!(f, "cannot read {path}"),
            Self::Count { line, .. } => write!(f, "no count in line {line}"),
        }
    }
}

impl Error for OrderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::Count { source, .. } => Some(source),
        }
    }
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

async fn run(path: String) -> Result<u32, Box<dyn Error>> {
    Ok(tokio::spawn(portions(path)).await??)
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| ORDER.to_owned());
    if args.next().is_some() {
        eprintln!("usage: error_layers [FILE]");
        return ExitCode::from(2);
    }
    match run(path).await {
        Ok(sum) => println!("{sum} portions"),
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(inner) = cause {
                eprintln!("  because: {inner}");
                cause = inner.source();
            }
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
