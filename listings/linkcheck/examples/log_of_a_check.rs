use linkcheck::{Control, Options, Paper, crawl};
use std::error::Error;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

const FILTER: &str = "linkcheck=debug";

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .without_time();
    let filter: Targets = FILTER.parse()?;
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .init();

    let options = Options {
        total: 1,
        rayon: false,
        ..Options::default()
    };
    let control = Control::default();
    let mut counts = control.counts.subscribe();
    let looks_on = tokio::spawn(async move {
        while counts.changed().await.is_ok() {
            println!("{}", *counts.borrow_and_update());
        }
    });
    crawl(Paper::start(), Paper { pages: 3 }, options, &control).await;
    drop(control);
    looks_on.await?;
    Ok(())
}
