//! When what is fetched, on a clock that waits for nobody.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use linkcheck::{
    Control, Fault, Fetch, Options, Page, Paper, Report, Retry, Url, crawl,
};
use tokio::time::{Instant, sleep};

/// What the double has seen.
#[derive(Default)]
struct Seen {
    now: BTreeMap<String, usize>,
    most: BTreeMap<String, usize>,
    most_of_all: usize,
    /// Each visit: when, and which path.
    visits: Vec<(u128, String)>,
}

/// A web of `hosts` with `pages` each, all linked from the first page. An
/// answer takes 100 ms; of the host `slow`, an hour.
#[derive(Clone)]
struct Double {
    hosts: &'static [&'static str],
    pages: usize,
    start: Instant,
    seen: Arc<Mutex<Seen>>,
    fail: fn(&Url, usize) -> Option<Fault>,
}

impl Double {
    fn new(hosts: &'static [&'static str], pages: usize) -> Double {
        Double {
            hosts,
            pages,
            start: Instant::now(),
            seen: Arc::default(),
            fail: |_, _| None,
        }
    }

    fn seen<T>(&self, look: impl FnOnce(&mut Seen) -> T) -> T {
        look(&mut self.seen.lock().expect("nobody panics under it"))
    }
}

impl Fetch for Double {
    async fn get(&self, url: Url, read: bool) -> Result<Page, Fault> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let tried = self.seen(|seen| {
            let now = seen.now.entry(host.clone()).or_default();
            *now += 1;
            let most = seen.most.entry(host.clone()).or_default();
            *most = (*most).max(*now);
            seen.most_of_all = seen.most_of_all.max(seen.now.values().sum());
            let at = self.start.elapsed().as_millis();
            seen.visits.push((at, url.path().to_owned()));
            seen.visits.iter().filter(|v| v.1 == url.path()).count()
        });
        sleep(match host.as_str() {
            "slow" => Duration::from_secs(3600),
            _ => Duration::from_millis(100),
        })
        .await;
        self.seen(|seen| *seen.now.entry(host).or_default() -= 1);
        if let Some(fault) = (self.fail)(&url, tried) {
            return Err(fault);
        }
        let all = self.hosts.iter().flat_map(|host| {
            (0..self.pages).map(move |n| format!("<a href=http://{host}/{n}>"))
        });
        let html = read.then(|| all.collect::<String>().into_bytes());
        Ok(Page { url, html })
    }
}

fn options(total: usize, per_host: usize) -> Options {
    Options {
        total,
        per_host,
        external: true,
        rayon: false,
        seed: Some(1),
        ..Options::default()
    }
}

async fn check(double: &Double, options: Options, control: &Control) -> Report {
    let start = Url::parse("http://kitchen/0").expect("a URL");
    crawl(start, double.clone(), options, control).await
}

#[tokio::test(start_paused = true)]
async fn the_bounds_hold_and_are_used() {
    let double = Double::new(&["kitchen", "bakery"], 30);
    let report = check(&double, options(5, 3), &Control::default()).await;
    assert_eq!((report.checked, report.broken.len()), (60, 0));
    double.seen(|seen| {
        assert_eq!(seen.most_of_all, 5);
        assert!(seen.most.values().all(|most| *most == 3), "{:?}", seen.most);
        // The first page, then 59 links, five at a time: twelve rounds.
        assert_eq!(double.start.elapsed(), Duration::from_millis(1300));
    });
}

#[tokio::test(start_paused = true)]
async fn one_host_alone_gets_no_more_than_its_share() {
    let double = Double::new(&["kitchen"], 30);
    let report = check(&double, options(5, 3), &Control::default()).await;
    assert_eq!((report.checked, report.broken.len()), (30, 0));
    assert_eq!(double.seen(|seen| seen.most_of_all), 3);
}

#[tokio::test(start_paused = true)]
async fn a_slow_host_holds_up_nobody_else() {
    let double = Double::new(&["slow", "kitchen"], 30);
    let control = Control::default();
    let stop = control.stop.clone();
    tokio::spawn(async move {
        sleep(Duration::from_secs(10)).await;
        stop.cancel();
    });
    let report = check(&double, options(6, 3), &control).await;
    assert_eq!((report.checked, report.left), (30, 30));
    assert_eq!(report.status(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_report_comes_within_the_deadline() {
    for at in [0, 1, 50, 100, 150, 1000, 1001] {
        let double = Double::new(&["slow", "kitchen"], 200);
        let control = Control {
            grace: Duration::from_secs(2),
            ..Control::default()
        };
        let stop = control.stop.clone();
        let start = Instant::now();
        let stopper = tokio::spawn(async move {
            sleep(Duration::from_millis(at)).await;
            stop.cancel();
        });
        let report = check(&double, options(6, 3), &control).await;
        stopper.await.expect("no panic");
        let limit = Duration::from_millis(at) + control.grace;
        assert!(start.elapsed() <= limit + Duration::from_millis(1));
        // Of what was found, nothing is forgotten.
        let found = if report.pages == 0 { 1 } else { 400 };
        assert_eq!(report.checked + report.left, found, "stopped at {at}");
        assert!(report.left > 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_busy_host_is_left_alone_until_it_said() {
    let mut double = Double::new(&["kitchen"], 10);
    double.fail = |url, tried| {
        let busy = url.path() == "/3" && tried == 1;
        busy.then(|| Fault::Status(429, Some(Duration::from_secs(7))))
    };
    let report = check(&double, options(2, 2), &Control::default()).await;
    assert_eq!((report.checked, report.broken.len()), (10, 0));
    double.seen(|seen| {
        let [first, second] = [0, 1].map(|nth| {
            let of = |v: &&(u128, String)| v.1 == "/3";
            seen.visits.iter().filter(of).nth(nth).map(|v| v.0)
        });
        let told = first.expect("a visit") + 100;
        assert!(second >= Some(told + 7000));
        let rude = |v: &&(u128, String)| v.0 > told && v.0 < told + 7000;
        assert_eq!(seen.visits.iter().find(rude), None);
    });
}

#[tokio::test(start_paused = true)]
async fn tries_follow_the_class() {
    let mut double = Double::new(&["kitchen"], 6);
    double.fail = |url, _| match url.path() {
        "/1" => Some(Fault::Timeout),
        "/2" => Some(Fault::Status(404, None)),
        "/3" => Some(Fault::Status(503, None)),
        "/4" => Some(Fault::Status(429, Some(Duration::from_secs(3600)))),
        "/5" => Some(Fault::Unsupported("gopher".to_owned())),
        _ => None,
    };
    let options = Options {
        retry: Retry {
            tries: 3,
            ..Retry::default()
        },
        ..options(4, 4)
    };
    let report = check(&double, options, &Control::default()).await;
    let broken = report.broken.iter().chain(&report.not_checked);
    let tried: Vec<u32> = broken.map(|problem| problem.tried).collect();
    assert_eq!(tried, [3, 1, 3, 1, 1]);
    assert_eq!((report.checked, report.status()), (5, 1));
}

// ANCHOR: room
/// A link that is due while all places are taken must not keep the run busy:
/// on this clock, it would never end.
#[tokio::test(start_paused = true)]
async fn a_link_that_is_due_waits_for_room() {
    let mut double = Double::new(&["kitchen"], 20);
    double.fail = |url, tried| {
        (url.path() == "/1" && tried < 3).then_some(Fault::Timeout)
    };
    let report = check(&double, options(1, 1), &Control::default()).await;
    assert_eq!((report.checked, report.broken.len()), (20, 0));
}
// ANCHOR_END: room

/// A site is wider than it is deep, and only the marks of its links are kept.
#[tokio::test(start_paused = true)]
async fn what_waits_does_not_grow_with_the_site() {
    for pages in [2_000, 20_000] {
        let control = Control::default();
        let mut counts = control.counts.subscribe();
        let most = tokio::spawn(async move {
            let mut most = 0;
            while counts.changed().await.is_ok() {
                most = most.max(counts.borrow_and_update().waiting);
            }
            most
        });
        let (start, site) = (Paper::start(), Paper { pages });
        let report = crawl(start, site, options(16, 4), &control).await;
        assert_eq!(report.pages as u64, pages);
        drop(control);
        let most = most.await.expect("no panic");
        assert!((10..100).contains(&most), "{most} of {pages} pages wait");
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_costs_one_link() {
    let mut double = Double::new(&["kitchen"], 5);
    double.fail = |url, _| match url.path() {
        "/3" => panic!("the soup is cold"),
        _ => None,
    };
    let report = check(&double, options(2, 2), &Control::default()).await;
    assert_eq!(report.broken.len(), 1);
    assert_eq!(report.checked, 5);
}
