use linkcheck::{Control, Options, Paper, crawl};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const GRACE: Duration = Duration::from_secs(1);

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let options = Options {
        rayon: false,
        ..Options::default()
    };
    let control = Control {
        grace: GRACE,
        ..Control::default()
    };
    let stop = control.stop.clone();
    // In the place of a signal.
    tokio::spawn(async move {
        sleep(Duration::from_millis(450)).await;
        stop.cancel();
    });
    let start = Instant::now();
    let site = Paper { pages: 1000 };
    let report = crawl(Paper::start(), site, options, &control).await;
    println!("{}", report.human(Paper::SITE));
    let ms = start.elapsed().as_millis();
    println!("status {}, after {ms} ms", report.status());
}
