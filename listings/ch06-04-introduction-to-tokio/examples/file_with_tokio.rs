use std::env;
use std::io;
use std::process::ExitCode;

const MENU: &str = "listings/ch06-03-standard-async-await/menu.txt";

async fn read_file(path: String) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let path = match &args[..] {
        [] => MENU,
        [path] if !path.starts_with('-') => path,
        _ => {
            eprintln!("usage: file_with_tokio [PATH]");
            return ExitCode::from(2);
        }
    };
    match read_file(path.to_owned()).await {
        Ok(text) => {
            print!("today: {text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot read {path}: {error}");
            ExitCode::FAILURE
        }
    }
}
