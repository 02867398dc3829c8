use linkcheck::demo::Demo;
use linkcheck::{Control, Limits, Options, Retry, Url, Web, crawl};
use std::error::Error;
use std::time::Duration;

const START: &str = "faults";
const WHOLE: Duration = Duration::from_secs(50);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let demo = Demo::start().await?;
    let limits = Limits {
        whole: WHOLE,
        body: 64 << 10,
        ..Limits::default()
    };
    let once = Retry {
        tries: 1,
        ..Retry::default()
    };
    let options = Options {
        external: true,
        retry: once,
        ..Options::default()
    };
    let web = Web::new(limits)?;
    let url = Url::parse(&demo.url)?.join(START)?;
    let report = crawl(url, web, options, &Control::default()).await;
    println!("{}", report.human(&demo.url));
    Ok(())
}
