use std::env;
use std::process::ExitCode;

const MENU: &str = "listings/ch06-04-introduction-to-tokio/menu.txt";

#[tokio::main]
async fn main() -> ExitCode {
    // A path need not be UTF-8; `args` would panic.
    let mut args = env::args_os().skip(1);
    let path = args.next().unwrap_or(MENU.into());
    let option = path.as_encoded_bytes().starts_with(b"-");
    if args.next().is_some() || option {
        eprintln!("usage: read_file [FILE]");
        return ExitCode::from(2);
    }
    match tokio::fs::read_to_string(&path).await {
        Ok(menu) => {
            println!("{} dishes: {menu:?}", menu.lines().count());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: cannot read {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}
