use linkcheck::{Control, Fault, Fetch, Options, Page, Url, crawl};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep};

struct Bakery {
    start: Instant,
    sent_away: AtomicBool,
}

impl Fetch for Bakery {
    async fn get(&self, url: Url, _: bool) -> Result<Page, Fault> {
        let now = self.start.elapsed().as_millis();
        println!("[{now:>5} ms] {}", url.path());
        sleep(Duration::from_millis(100)).await;
        let html = match url.path() {
            "/" => "<a href=bread><a href=cake><a href=rolls><a href=tart>",
            // Too many orders: come back in seven seconds.
            "/rolls" if !self.sent_away.swap(true, Ordering::Relaxed) => {
                let asked = Some(Duration::from_secs(7));
                return Err(Fault::Status(429, asked));
            }
            "/cake" => return Err(Fault::Status(404, None)),
            "/bread" => return Err(Fault::Timeout),
            _ => "",
        };
        let html = Some(html.into());
        Ok(Page { url, html })
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bakery = Bakery {
        start: Instant::now(),
        sent_away: AtomicBool::new(false),
    };
    let options = Options {
        total: 1,
        rayon: false,
        seed: Some(42),
        ..Options::default()
    };
    let url = Url::parse(&format!("http://{}/", "bakery"))?;
    let report = crawl(url, bakery, options, &Control::default()).await;
    println!("{}", report.human(&format!("http://{}", "bakery")));
    Ok(())
}
