use std::env;
use std::process::ExitCode;

const MENU: &str = "listings/ch06-04-introduction-to-tokio/menu.txt";

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let path = args.next().unwrap_or(MENU.to_owned());
    if args.next().is_some() || path.starts_with('-') {
        eprintln!("usage: read_file [FILE]");
        return ExitCode::from(2);
    }
    match tokio::fs::read_to_string(&path).await {
        Ok(menu) => {
            println!("{} dishes: {menu:?}", menu.lines().count());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: cannot read {path}: {error}");
            ExitCode::FAILURE
        }
    }
}
