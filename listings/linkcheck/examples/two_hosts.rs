use linkcheck::{Hosts, Job};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep};

const TOTAL: usize = 4;
const PER_HOST: usize = 2;

async fn visit(job: Job) -> (&'static str, Job) {
    // The farm is far away.
    let (name, ms) = match job.url.contains("farm") {
        true => ("farm", 1000),
        false => ("bakery", 100),
    };
    sleep(Duration::from_millis(ms)).await;
    (name, job)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    let start = Instant::now();
    let mut hosts = Hosts::new(PER_HOST);
    for host in ["farm", "bakery"] {
        for page in 1..=8 {
            let url = format!("http://{host}/{page}").into();
            let from = "the menu".into();
            hosts.push(Job {
                url,
                from,
                tried: 0,
            });
        }
    }
    let (mut running, mut last) = (JoinSet::new(), BTreeMap::new());
    loop {
        while running.len() < TOTAL
            && let Some(job) = hosts.next(Instant::now())
        {
            running.spawn(visit(job));
        }
        let Some(done) = running.join_next().await else {
            break;
        };
        let (name, job) = done?;
        hosts.done(&job.url, Instant::now());
        last.insert(name, start.elapsed().as_millis());
    }
    for (name, ms) in last {
        println!("{name}: the last link after {ms} ms");
    }
    Ok(())
}
