use linkcheck::{Control, Options, Paper, crawl};
use std::error::Error;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    let options = Options {
        rayon: false,
        ..Options::default()
    };
    let site = Paper { pages: 10 };
    let control = Control::default();
    let report = crawl(Paper::start(), site, options, &control).await;
    println!("{}", report.human(Paper::SITE));
    println!("{}", report.json()?);
    println!("status {}", report.status());
    Ok(())
}
