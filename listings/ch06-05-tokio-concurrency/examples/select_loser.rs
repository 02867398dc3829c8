use std::time::Duration;
use tokio::time::{Instant, sleep};

fn log(start: Instant, text: &str) {
    println!("[{:>4} ms] {text}", start.elapsed().as_millis());
}

struct Pan(Instant, &'static str);

impl Drop for Pan {
    fn drop(&mut self) {
        log(self.0, &format!("{}: pan put away", self.1));
    }
}

async fn cook(start: Instant, dish: &'static str, ms: u64) {
    let _pan = Pan(start, dish);
    sleep(Duration::from_millis(ms)).await;
    log(start, &format!("{dish}: done"));
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    tokio::select! {
        () = cook(start, "soup", 1000) => log(start, "main: soup wins"),
        () = cook(start, "toast", 500) => log(start, "main: toast wins"),
    }
    sleep(Duration::from_secs(2)).await;
    log(start, "main: no soup");
}
