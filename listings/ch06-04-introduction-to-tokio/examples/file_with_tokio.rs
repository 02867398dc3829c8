use std::env;
use std::ffi::{OsStr, OsString};
use std::io;
use std::process::ExitCode;

const MENU: &str = "listings/ch06-03-standard-async-await/menu.txt";

async fn read_file(path: OsString) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}

#[tokio::main]
async fn main() -> ExitCode {
    // A path need not be UTF-8, and `args` would panic.
    let args: Vec<_> = env::args_os().skip(1).collect();
    let path = match &args[..] {
        [] => OsStr::new(MENU),
        [path] if !path.as_encoded_bytes().starts_with(b"-") => path,
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
            eprintln!("cannot read {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}
