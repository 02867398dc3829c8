use std::io;

async fn print_menu() -> io::Result<()> {
    let menu = tokio::fs::read_to_string("no-such-menu.txt").await?;
    println!("{menu}");
    Ok(())
}

#[tokio::main]
async fn main() {
    match print_menu().await {
        Ok(()) => println!("menu printed"),
        Err(error) => eprintln!("error: {error}"),
    }
}
