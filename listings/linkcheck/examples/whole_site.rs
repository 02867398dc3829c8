use linkcheck::demo::Demo;
use linkcheck::{Control, Limits, Options, Url, Web, crawl};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let demo = Demo::start().await?;
    // A thousand pages, of which each links to up to four.
    let url = Url::parse(&demo.url)?.join("tree/1000/0")?;
    let web = Web::new(Limits::default())?;
    let control = Control::default();
    let report = crawl(url, web, Options::default(), &control).await;
    println!("{}", report.human(&demo.url));

    let asked = demo.asked();
    let most = asked.values().max().copied().unwrap_or_default();
    println!("pages served: {}, each at most {most} time", asked.len());
    Ok(())
}
