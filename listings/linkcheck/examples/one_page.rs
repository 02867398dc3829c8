use linkcheck::demo::Demo;
use linkcheck::{Fetch, Limits, Url, Web, links};
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // A small site on this machine.
    let demo = Demo::start().await?;
    let web = Web::new(Limits::default())?;
    let page = web.get(Url::parse(&demo.url)?, true).await?;
    let html = page.html.ok_or("the menu is no HTML")?;
    for link in links(&html, &page.url).links {
        match web.get(link.clone(), false).await {
            Ok(_) => println!("{}: good", link.path()),
            Err(fault) => println!("{}: {fault}", link.path()),
        }
    }
    Ok(())
}
